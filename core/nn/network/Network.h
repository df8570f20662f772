// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Network: a convolutional classifier in two halves, so that a map needs gradients only through the second.
//
// Shape:   features: [N, 1, H, W] to [N, C, h, w], the activation of the last convolution;
//          head: [N, C, h, w] to logits [N, classes]. forward is head after features.
// Errors:  makeNetwork: ModelMismatch for a name that we don't know, or an input too small for it.
// Threads: not thread-safe; inference or training thread.
// Source:  parameter names and initialisation are those of the Python original, except one grey input
// channel.
//
// Sees LibTorch: include from .cpp files of nn, explain and train only.
#pragma once

#include "core/base/Result.h"

#include <memory>
#include <optional>
#include <string>
#include <torch/nn/module.h>

namespace hilum {

struct NetworkOptions {
    int inputSize = 224; // where the head depends on it
    int channels = 1;
    std::optional<double> dropout = {}; // before the last layer; the architecture's own when empty
};

// Where the cells of an activation lie on the input: the middle of cell i is pixel first + i * step.
struct CellGrid {
    double first = 0;
    double step = 1;
};

class Network : public torch::nn::Module {
public:
    virtual torch::Tensor features(const torch::Tensor &input) = 0;
    virtual torch::Tensor head(const torch::Tensor &activation) = 0;
    // Parameters and buffers of the head; all others belong to the features.
    virtual bool isOfHead(const std::string &name) const { return name.starts_with("classifier."); }
    // Empty: the cells share the input evenly.
    virtual std::optional<CellGrid> cells() const { return {}; }
    torch::Tensor forward(const torch::Tensor &input) { return head(features(input)); }
};

using NetworkPtr = std::shared_ptr<Network>;

[[nodiscard]] Result<NetworkPtr> makeNetwork(const std::string &architecture, int classes,
                                             const NetworkOptions &options = {});

} // namespace hilum
