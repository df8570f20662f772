// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/ScoreCam.h"

#include "core/explain/ActivationMap.h"

#include <algorithm>
#include <cmath>

namespace hilum {

ScoreCam::ScoreCam(const Plane<float> &input, std::vector<Plane<float>> channels)
    : m_input(input)
    , m_channels(std::move(channels))
{
    for (std::size_t c = 0; c < m_channels.size(); ++c) {
        const auto [low, high] = std::ranges::minmax(m_channels[c].samples());
        if (high > low)
            m_lively.push_back(c);
    }
}

Plane<float> ScoreCam::input(int index) const
{
    Plane<float> mask = spreadOver(m_channels[m_lively[static_cast<std::size_t>(index)]], m_input.width(),
                                   m_input.height());
    const auto [low, high] = std::ranges::minmax(mask.samples());
    const float scale = high > low ? 1 / (high - low) : 0.0F;
    for (std::size_t i = 0; i < mask.samples().size(); ++i)
        mask.samples()[i] = (mask.samples()[i] - low) * scale * m_input.samples()[i];
    return mask;
}

std::vector<double> ScoreCam::weights(std::span<const Logits> readings, int classIndex)
{
    const auto logit
        = [&](const Logits &all) { return static_cast<double>(all[static_cast<std::size_t>(classIndex)]); };
    double most = -INFINITY;
    for (const Logits &all : readings)
        most = std::max(most, logit(all));
    std::vector<double> weights;
    double sum = 0;
    for (const Logits &all : readings)
        sum += weights.emplace_back(std::exp(logit(all) - most));
    for (double &weight : weights)
        weight /= sum;
    return weights;
}

Plane<float> ScoreCam::map(std::span<const Logits> readings, int classIndex) const
{
    const std::vector<double> all = weights(readings, classIndex);
    Plane<float> map(m_channels.front().width(), m_channels.front().height());
    for (std::size_t k = 0; k < all.size(); ++k) {
        const Plane<float> &channel = m_channels[m_lively[k]];
        for (std::size_t i = 0; i < map.samples().size(); ++i)
            map.samples()[i] += static_cast<float>(all[k]) * channel.samples()[i];
    }
    return map;
}

} // namespace hilum
