// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PlainVgg16: VGG16 without norms, average pooling and one small dense layer: the head that three student
// projects put on frozen ImageNet features.
//
// Shape:   for 224 x 224: features gives [N, 512, 14, 14], after the last ReLU and before the last pooling;
//          the head pools to 7 x 7, then by its own pooling (4 x 4 gives 1 x 1, 2 x 2 gives 3 x 3), flattens,
//          dense layer, ReLU, dropout 0.5, dense layer.
// Source:  Simonyan, Zisserman 2015 (arXiv:1409.1556), configuration D; names of torchvision's vgg16.
//          The head is Keras': pooling of a stride as large as itself, Glorot's weights.
#pragma once

#include "core/nn/network/Network.h"
#include "core/nn/network/VggLayers.h"

#include <torch/nn/modules/container/sequential.h>

namespace hilum {

class PlainVgg16 : public Network {
public:
    PlainVgg16(int classes, int pooling, int headWidth, const NetworkOptions &options);

    int stages() const override { return vggBlocks; }
    torch::Tensor stage(int index, const torch::Tensor &input) override;
    torch::Tensor head(const torch::Tensor &activation) override;

private:
    torch::nn::Sequential m_features;
    torch::nn::Sequential m_classifier;
    int m_pooling;
};

} // namespace hilum
