// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/Anatomy.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hilum {

std::int64_t Anatomy::parameters() const
{
    return std::accumulate(
        stages.begin(), stages.end(), headParameters,
        [](std::int64_t sum, const StageAnatomy &stage) { return sum + stage.parameters; });
}

std::vector<int> strongestChannels(const std::vector<Plane<float>> &activation, int count)
{
    std::vector<double> strengths;
    for (const Plane<float> &channel : activation)
        strengths.push_back(
            std::transform_reduce(channel.samples().begin(), channel.samples().end(), 0.0, std::plus<>(),
                                  [](float value) { return std::abs(static_cast<double>(value)); }));
    std::vector<int> order(activation.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::ranges::greater(),
                             [&](int channel) { return strengths[static_cast<std::size_t>(channel)]; });
    order.resize(std::min(order.size(), static_cast<std::size_t>(std::max(count, 0))));
    return order;
}

} // namespace hilum
