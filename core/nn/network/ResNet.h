// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ResNet18: four stages of two basic blocks, one linear layer; at torchvision's width, or at one of our own
// with a lighter stem (5 x 5, stride 2, and 2 x 2 pooling) and dropout 0.3 before the last layer.
//
// Shape:   for 224 x 224: features gives [N, 8 width, 7, 7], after the last ReLU; the head averages and
//          classifies.
// Source:  He et al. 2016 (arXiv:1512.03385); parameter names of torchvision's resnet18.
#pragma once

#include "core/nn/network/Network.h"

#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <vector>

namespace hilum {

class ResNet18 : public Network {
public:
    // width 0: torchvision's, 64 and its stem.
    ResNet18(int classes, int width, const NetworkOptions &options);

    int stages() const override { return static_cast<int>(m_stages.size()); }
    torch::Tensor stage(int index, const torch::Tensor &input) override;
    torch::Tensor head(const torch::Tensor &activation) override;
    bool isOfHead(const std::string &name) const override { return name.starts_with("fc."); }

private:
    bool m_isLight;
    double m_dropout;
    torch::nn::Conv2d m_stem{nullptr};
    torch::nn::BatchNorm2d m_norm{nullptr};
    std::vector<torch::nn::Sequential> m_stages;
    torch::nn::Linear m_linear{nullptr};
};

} // namespace hilum
