// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Network: a convolutional classifier in two halves, so that a map needs gradients only through the second.
//
// Shape:   features: [N, 1, H, W] to [N, C, h, w], the activation of the last convolution;
//          head: [N, C, h, w] to logits [N, classes]. forward is head after features.
// Errors:  makeNetwork: ModelMismatch for a name that we don't know.
// Threads: not thread-safe; inference or training thread.
// Source:  parameter names and initialisation are torchvision's, except one grey input channel.
//
// Sees LibTorch: include from .cpp files of nn, explain and train only.
#pragma once

#include "core/base/Result.h"

#include <memory>
#include <string>
#include <torch/nn/module.h>

namespace hilum {

class Network : public torch::nn::Module {
public:
    virtual torch::Tensor features(const torch::Tensor &input) = 0;
    virtual torch::Tensor head(const torch::Tensor &activation) = 0;
    torch::Tensor forward(const torch::Tensor &input) { return head(features(input)); }
};

using NetworkPtr = std::shared_ptr<Network>;

[[nodiscard]] Result<NetworkPtr> makeNetwork(const std::string &architecture, int classes);

} // namespace hilum
