// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Optimiser: AdamW with its state by parameter name, so that a checkpoint can hold it.
//
// Source:  Loshchilov, Hutter 2019 (arXiv:1711.05101), decoupled weight decay; biases and norms
//          (one-dimensional parameters) are not decayed.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/nn/Safetensors.h"

#include <map>
#include <string>
#include <torch/nn/module.h>
#include <vector>

namespace hilum {

class AdamW {
public:
    AdamW(const torch::nn::Module &module, double weightDecay);

    void zeroGradients();
    void step(double learningRate);

    void save(std::map<std::string, NamedArray> &arrays) const;
    void load(const std::map<std::string, NamedArray> &arrays, std::int64_t steps);

private:
    struct Slot {
        std::string name;
        torch::Tensor parameter;
        torch::Tensor mean;
        torch::Tensor square;
    };
    std::vector<Slot> m_slots;
    double m_weightDecay;
    std::int64_t m_steps = 0;
};

} // namespace hilum
