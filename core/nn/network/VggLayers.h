// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// VggLayers: what VGG16 has with and without norms.
//
// Source:  Simonyan, Zisserman 2014 (arXiv:1409.1556), configuration D; initialisation as torchvision's.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include <torch/nn/modules/container/sequential.h>

namespace hilum {

// The convolutions of configuration D, each with its ReLU, a norm before it if wanted, and the poolings.
[[nodiscard]] torch::nn::Sequential vgg16Layers(int channels, bool norms);
inline constexpr int vgg16Channels = 512; // of the last convolution

// He's initialisation; biases 0.
void initialiseConvolutions(torch::nn::Sequential &layers);

inline constexpr int vgg16Blocks = 5;

// One block up to its last ReLU, beginning with the pooling of the block before.
[[nodiscard]] torch::Tensor vgg16Block(torch::nn::Sequential &layers, int block, const torch::Tensor &input);
[[nodiscard]] torch::Tensor lastPooling(torch::nn::Sequential &layers, const torch::Tensor &activation);

} // namespace hilum
