// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Cam: maps from an activation and its gradient.
//
// Shape:   activation and gradient [1, C, h, w]; map [h, w], not scaled.
// Units:   not negative: what speaks for the score whose gradient it is. The gradient of the negated score
//          gives what speaks against it.
// Source:  MapMethod.cpp.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/base/Progress.h"
#include "core/base/Result.h"
#include "core/explain/MapMethod.h"
#include "core/film/Plane.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <torch/types.h>

namespace hilum {

using Head = std::function<torch::Tensor(const torch::Tensor &)>; // activation to logits [N, classes]

struct Gradient {
    torch::Tensor logits; // [1, classes]
    torch::Tensor values; // of the class's logit, by the activation
    int classIndex = 0;
};

// From an activation that was computed without a graph: only `head` is differentiated. Without a class: the
// top one.
[[nodiscard]] Gradient gradientOf(const torch::Tensor &activation, const Head &head,
                                  std::optional<int> classIndex);

[[nodiscard]] Plane<float> planeOf(const torch::Tensor &map); // [h, w], from any device

// Grad-CAM, Grad-CAM++, HiResCAM, LayerCAM.
[[nodiscard]] torch::Tensor gradientCam(MapMethod method, const torch::Tensor &activation,
                                        const torch::Tensor &gradient);

// The activation's first principal direction over places, without centring, as the paper; its sign is that of
// most activation.
[[nodiscard]] torch::Tensor eigenCam(const torch::Tensor &activation);

// Channels added with weights between -1 and 1 that come from the seed alone.
[[nodiscard]] torch::Tensor randomCam(const torch::Tensor &activation, std::uint64_t seed);

// What a layer that learned nothing makes of an input [1, 1, H, W]: filters from the seed, in patches side by
// side, for a random map of a network whose own stages can't be read.
[[nodiscard]] torch::Tensor randomFilters(const torch::Tensor &input, std::uint64_t seed);

// Each channel's weight is the share of the logit that goes with it; signed. Cancelled when stopped.
[[nodiscard]] Result<torch::Tensor> ablationCam(const torch::Tensor &activation, const Head &head,
                                                int classIndex, const Progress &progress,
                                                const std::stop_token &stop);

} // namespace hilum
