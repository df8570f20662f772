// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Randomise: the maps of a network whose weights become random, from the head down.
//
// Weights (not biases, not norms) are drawn anew with the spread of the trained ones, so that activations
// keep their size. A map that stays the same shows the film, not what the network learned.
//
// Errors:  Cancelled; what the method fails with.
// Threads: works on a network of its own.
// Source:  Adebayo et al. 2018 (arXiv:1810.03292), cascading randomisation.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/explain/Explainer.h"
#include "core/explain/MapQuality.h"

namespace hilum {

// `network` is changed: hand in a copy. The first map is that of a random head, the last that of a network
// without a trained weight.
[[nodiscard]] Result<std::vector<RandomisedMap>>
randomisedMaps(Network &network, const std::vector<std::string> &stages, double temperature,
               const Plane<float> &input, const ExplainRequest &request, const Progress &progress,
               const std::stop_token &stop);

} // namespace hilum
