// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Dissection: a network taken apart: its anatomy, and what its stages make of an input.
//
// Shape:   activationsOf: input [1, 1, size, size]; one plane for each channel of the stage.
// Errors:  LibTorch's exceptions; guard it.
// Threads: as Network.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/nn/Anatomy.h"
#include "core/nn/Architecture.h"
#include "core/nn/network/Network.h"

namespace hilum {

// A stage's parameters are those that its activation depends on: found by asking autograd.
[[nodiscard]] Anatomy anatomyOf(Network &network, const Architecture &architecture, int inputSize,
                                int classes);

[[nodiscard]] std::vector<Plane<float>> channelsOf(const torch::Tensor &activation); // [1, C, h, w]
[[nodiscard]] std::vector<Plane<float>> activationsOf(Network &network, const torch::Tensor &input,
                                                      int stage);

} // namespace hilum
