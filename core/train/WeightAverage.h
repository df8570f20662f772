// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// WeightAverage: the weights that are evaluated and saved: an average over the steps, or the network's own.
//
// Source:  exponential: Polyak, Juditsky 1992; stochastic: Izmailov et al. 2018 (arXiv:1803.05407), here
//          over every step after `from`.
// Threads: the training thread.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/nn/network/Network.h"
#include "core/train/Recipe.h"

#include <map>

namespace hilum {

class WeightAverage {
public:
    WeightAverage() = default;
    // `twin` is of the same architecture; it takes the average. Not used for Averaging::None.
    WeightAverage(const AveragingRule &rule, NetworkPtr network, NetworkPtr twin, int allSteps);

    void update(int step); // after step number `step`, counted from 0
    Network &network() const { return m_rule.kind == Averaging::None ? *m_network : *m_twin; }
    bool isOwn() const { return m_rule.kind != Averaging::None; }

private:
    AveragingRule m_rule;
    NetworkPtr m_network;
    NetworkPtr m_twin;
    int m_from = 0;
};

} // namespace hilum
