// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Optimiser: AdamW, Adam, SGD with momentum and RMSprop, with their state by parameter name, so that a
// checkpoint can hold it. One pass over the weights a step.
//
// Source:  AdamW: Loshchilov, Hutter 2019 (arXiv:1711.05101), decoupled weight decay; biases and norms
//          (one-dimensional parameters) are not decayed. Adam: Kingma, Ba 2015 (arXiv:1412.6980).
//          RMSprop: Tieleman, Hinton 2012, with Keras' decay of 0.9.
// Threads: the training thread.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/nn/Safetensors.h"
#include "core/train/Recipe.h"

#include <map>
#include <string>
#include <torch/nn/module.h>
#include <vector>

namespace hilum {

class Optimiser {
public:
    explicit Optimiser(const OptimiserRule &rule);

    // Parameters that need no gradient are left out.
    void watch(const torch::nn::Module &module, const std::string &prefix);

    void zeroGradients();
    // Scales the gradients so that their common norm is at most `limit`.
    void clip(double limit);
    void step(double learningRate);

    std::vector<torch::Tensor> gradients() const; // those that there are
    std::vector<torch::Tensor> state() const; // means and squares
    void setSteps(std::int64_t steps) { m_steps = steps; }

    void save(std::map<std::string, NamedArray> &arrays) const;
    [[nodiscard]] Result<void> load(const std::map<std::string, NamedArray> &arrays, std::int64_t steps,
                                    const std::string &where);

private:
    struct Slot {
        std::string name;
        torch::Tensor parameter;
        torch::Tensor mean; // momentum, for SGD
        torch::Tensor square; // undefined for SGD
    };
    void update(Slot &slot, const torch::Tensor &gradient, double learningRate);

    OptimiserRule m_rule;
    std::vector<Slot> m_slots;
    std::int64_t m_steps = 0;
};

} // namespace hilum
