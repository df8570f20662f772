// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// VggLayers: what VGGs of every depth have, with and without norms.
//
// Source:  Simonyan, Zisserman 2014 (arXiv:1409.1556), configurations A, B, D and E; initialisation as
//          torchvision's.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include <torch/nn/modules/container/sequential.h>

namespace hilum {

// The convolutions, each with its ReLU, a norm before it if wanted, and the poolings.
[[nodiscard]] torch::nn::Sequential vggLayers(int depth, int channels, bool norms);
inline constexpr int vggChannels = 512; // of the last convolution

// He's initialisation; biases 0.
void initialiseConvolutions(torch::nn::Sequential &layers);

inline constexpr int vggBlocks = 5;

// One block up to its last ReLU, beginning with the pooling of the block before.
[[nodiscard]] torch::Tensor vggBlock(torch::nn::Sequential &layers, int block, const torch::Tensor &input);
[[nodiscard]] torch::Tensor lastPooling(torch::nn::Sequential &layers, const torch::Tensor &activation);

} // namespace hilum
