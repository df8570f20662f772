// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TorchvisionVgg: VGG11, 13, 16 and 19 as torchvision has them, so that weights published for them load
// as they are.
//
// Shape:   for 224 x 224: features gives [N, 512, 14, 14], after the last ReLU and before the last pooling;
//          the head pools, averages to 7 x 7, flattens, and has three linear layers of 4096, 4096 and the
//          classes, with ReLU and dropout 0.5 between them.
// Source:  Simonyan, Zisserman 2015 (arXiv:1409.1556), configurations A, B, D and E; parameter names and
//          initialisation of torchvision's vgg11 to vgg19_bn.
#pragma once

#include "core/nn/network/Network.h"
#include "core/nn/network/VggLayers.h"

#include <torch/nn/modules/container/sequential.h>

namespace hilum {

enum class VggNorms { None, Batch };

class TorchvisionVgg : public Network {
public:
    TorchvisionVgg(int classes, int depth, VggNorms norms, const NetworkOptions &options);

    int stages() const override { return vggBlocks; }
    torch::Tensor stage(int index, const torch::Tensor &input) override;
    torch::Tensor head(const torch::Tensor &activation) override;

private:
    torch::nn::Sequential m_features;
    torch::nn::Sequential m_classifier;
};

} // namespace hilum
