// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Vgg16: thirteen 3 x 3 convolutions with batch norm in five blocks, global average pooling, one
// linear layer.
//
// Shape:   for 224 x 224: features gives [N, 512, 14, 14], after the last ReLU and before the last
//          pooling; the head pools, averages and classifies.
// Source:  Simonyan, Zisserman 2015 (arXiv:1409.1556), configuration D; parameter names of
//          torchvision's vgg16_bn, whose three-layer classifier is here its first layer alone.
#pragma once

#include "core/nn/network/Network.h"
#include "core/nn/network/VggLayers.h"

#include <torch/nn/modules/container/sequential.h>

namespace hilum {

class Vgg16 : public Network {
public:
    Vgg16(int classes, const NetworkOptions &options);

    int stages() const override { return vggBlocks; }
    torch::Tensor stage(int index, const torch::Tensor &input) override;
    torch::Tensor head(const torch::Tensor &activation) override;

private:
    torch::nn::Sequential m_features;
    torch::nn::Sequential m_classifier;
    double m_dropout;
};

} // namespace hilum
