// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Network: a convolutional classifier in stages and a head, so that a map needs gradients only through what
// comes after the stage that it is read at.
//
// Shape:   stage 0: [N, 1, H, W] to [N, C, h, w]; each further stage takes what the one before gave;
//          features: all stages, [N, 1, H, W] to the activation of the last convolution;
//          head: that activation to logits [N, classes]. forward is head after features.
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
    // As many as Architecture.h names.
    virtual int stages() const = 0;
    virtual torch::Tensor stage(int index, const torch::Tensor &input) = 0;
    virtual torch::Tensor head(const torch::Tensor &activation) = 0;
    // Parameters and buffers of the head; all others belong to the features.
    virtual bool isOfHead(const std::string &name) const { return name.starts_with("classifier."); }
    // Of a stage's activation. Empty: the cells share the input evenly.
    virtual std::optional<CellGrid> cells(int /*stage*/) const { return {}; }

    torch::Tensor features(const torch::Tensor &input) { return run(0, stages(), input); }
    torch::Tensor forward(const torch::Tensor &input) { return head(features(input)); }
    // The stages from `first` up to, not with, `end`.
    torch::Tensor run(int first, int end, const torch::Tensor &input)
    {
        torch::Tensor x = input;
        for (int index = first; index < end; ++index)
            x = stage(index, x);
        return x;
    }
};

using NetworkPtr = std::shared_ptr<Network>;

[[nodiscard]] Result<NetworkPtr> makeNetwork(const std::string &architecture, int classes,
                                             const NetworkOptions &options = {});

} // namespace hilum
