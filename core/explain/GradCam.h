// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// GradCam: Grad-CAM over the activation of the last convolution, gradients through the head only.
//
// Shape:   activation [1, C, h, w]; map [h, w], not negative, not scaled.
// Source:  Selvaraju et al. 2017 (arXiv:1610.02391): channel weights are the mean gradients, the map is
//          the ReLU of the weighted sum.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include <functional>
#include <optional>
#include <torch/types.h>

namespace hilum {

using Head = std::function<torch::Tensor(const torch::Tensor &)>;

struct RawMap {
    torch::Tensor logits; // [1, classes]
    torch::Tensor map; // [h, w]
    int classIndex = 0;
};

// The map of a class, the top class when none is given, from an activation that was computed without
// a graph: only `head` is differentiated.
[[nodiscard]] RawMap gradCam(const torch::Tensor &activation, const Head &head,
                             std::optional<int> classIndex);

} // namespace hilum
