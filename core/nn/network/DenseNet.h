// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DenseNet: DenseNet121, 169 and 201: four dense blocks (6, 12, 24 and 16 layers in 121), growth 32, one
// linear layer, or the head that a student project describes: 128 and 64 units with ELU, dropout 0.25, 0.5,
// 0.5.
//
// Shape:   for 224 x 224: features gives [N, 1024, 7, 7] (169: 1664, 201: 1920 channels), after the ReLU that
//          follows norm5; the head averages and classifies.
// Source:  Huang et al. 2017 (arXiv:1608.06993); parameter names of torchvision's.
#pragma once

#include "core/nn/network/Network.h"

#include <torch/nn/modules/container/sequential.h>

namespace hilum {

enum class DenseNetHead { Linear, Elu };

class DenseNet : public Network {
public:
    DenseNet(int classes, int depth, DenseNetHead head, const NetworkOptions &options);

    int stages() const override { return 4; }
    torch::Tensor stage(int index, const torch::Tensor &input) override;
    torch::Tensor head(const torch::Tensor &activation) override;

private:
    torch::nn::Sequential m_features;
    std::shared_ptr<torch::nn::Module> m_classifier;
    DenseNetHead m_kind;
    double m_dropout;
};

} // namespace hilum
