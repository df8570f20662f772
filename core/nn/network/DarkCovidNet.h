// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DarkCovidNet: the network of the 125/500/500 benchmark: seventeen convolutions after Darknet-19, leaky
// ReLUs, five poolings, and a last convolution to as many channels as classes.
//
// Its 1 x 1 convolutions are padded by one pixel, as in the original, so that the grid grows beyond the film:
// cells() says where the cells lie.
//
// Shape:   for 256 x 256: features gives [N, 256, 13, 13], after the sixteenth convolution; the head has the
//          last one (ReLU before its norm), flattens 13 x 13 x classes, linear layer.
// Source:  Ozturk, Talo et al. 2020 (doi:10.1016/j.compbiomed.2020.103792) and its notebook; parameter names
//          of that Sequential.
#pragma once

#include "core/nn/network/Network.h"

#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/linear.h>
#include <vector>

namespace hilum {

class DarkCovidNet : public Network {
public:
    DarkCovidNet(int classes, const NetworkOptions &options);

    int stages() const override { return static_cast<int>(m_features.size()); }
    torch::Tensor stage(int index, const torch::Tensor &input) override;
    torch::Tensor head(const torch::Tensor &activation) override;
    bool isOfHead(const std::string &name) const override
    {
        return name.starts_with("13.") || name.starts_with("15.");
    }
    // Each padded 1 x 1 convolution moves the grid by one cell of its level.
    std::optional<CellGrid> cells(int stage) const override;

    struct Layer;

private:
    std::vector<std::shared_ptr<Layer>> m_features; // the first five with a pooling after each
    torch::nn::Sequential m_last;
    torch::nn::Linear m_linear{nullptr};
};

} // namespace hilum
