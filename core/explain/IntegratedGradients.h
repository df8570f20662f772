// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// IntegratedGradients: each pixel's share of how a logit changes on the straight way from a reference to the
// film.
//
// Shape:   [size, size], signed.
// Units:   logits; over all pixels the map sums to the change of the logit, up to the error of the steps.
// Errors:  Cancelled.
// Source:  Sundararajan et al. 2017 (arXiv:1703.01365); the middle of each step.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/explain/Cam.h"

namespace hilum {

struct PathShares {
    torch::Tensor map; // [h, w]
    double change = 0; // of the logit, from the reference to the film
    double completenessError = 0; // (sum of the map - change) / |change|; 0 where nothing changes
};

// input and reference [1, 1, h, w]; forward gives logits [N, classes].
[[nodiscard]] Result<PathShares> integratedGradients(const torch::Tensor &input,
                                                     const torch::Tensor &reference, const Head &forward,
                                                     int classIndex, int steps, const Progress &progress,
                                                     const std::stop_token &stop);

} // namespace hilum
