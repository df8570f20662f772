// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/WeightAverage.h"

#include "core/nn/Weights.h"

#include <ATen/ATen.h>
#include <algorithm>

namespace hilum {

WeightAverage::WeightAverage(const AveragingRule &rule, NetworkPtr network, NetworkPtr twin, int allSteps)
    : m_rule(rule)
    , m_network(std::move(network))
    , m_twin(std::move(twin))
    , m_from(static_cast<int>(rule.from * allSteps))
{
    if (!isOwn())
        return;
    const at::NoGradGuard noGradients;
    auto average = stateOf(*m_twin);
    for (const auto &[name, value] : stateOf(*m_network))
        average.at(name).copy_(value);
}

void WeightAverage::update(int step)
{
    if (!isOwn())
        return;
    const at::NoGradGuard noGradients;
    double keep = 0;
    if (m_rule.kind == Averaging::Ema) // a young average must not cling to its random start
        keep = std::min(m_rule.decay, (1.0 + step) / (10.0 + step));
    else if (step > m_from)
        keep = 1.0 * (step - m_from) / (step - m_from + 1);
    auto average = stateOf(*m_twin);
    for (const auto &[name, value] : stateOf(*m_network)) {
        if (value.is_floating_point() && keep > 0)
            average.at(name).lerp_(value, 1 - keep);
        else
            average.at(name).copy_(value);
    }
}

} // namespace hilum
