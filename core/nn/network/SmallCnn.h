// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SmallCnn: the network of a student project: four 3 x 3 convolutions without padding, three poolings, a
// dense layer of 64 that holds 98 % of the weights.
//
// Shape:   for 224 x 224: features gives [N, 128, 52, 52], after the last ReLU and before the last pooling;
//          the head pools to 26 x 26, flattens 86,528 values, dense 64, ReLU, dropout 0.5, dense layer.
// Source:  the project's Keras model of 5,668,097 parameters (three colours, one output); dropout 0.25 after
//          each pooling, Glorot's weights.
#pragma once

#include "core/nn/network/Network.h"

#include <torch/nn/modules/container/sequential.h>

namespace hilum {

class SmallCnn : public Network {
public:
    SmallCnn(int classes, const NetworkOptions &options);

    int stages() const override { return 3; }
    torch::Tensor stage(int index, const torch::Tensor &input) override;
    torch::Tensor head(const torch::Tensor &activation) override;
    // Two convolutions, pooling, convolution, pooling, convolution, none padded.
    std::optional<CellGrid> cells(int stage) const override
    {
        static constexpr CellGrid grids[] = {{2, 1}, {4.5, 2}, {9.5, 4}};
        return grids[stage];
    }

private:
    torch::nn::Sequential m_features;
    torch::nn::Sequential m_classifier;
};

} // namespace hilum
