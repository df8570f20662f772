// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/network/DarkCovidNet.h"

#include <torch/nn/init.h>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>

namespace hilum {

namespace {

namespace nn = torch::nn;

constexpr double leak = 0.1;
constexpr int poolings = 5;
constexpr int lastWidth = 256;

nn::Conv2d convolution(int in, int out, int kernel)
{
    return nn::Conv2d(nn::Conv2dOptions(in, out, kernel).padding(1).bias(false));
}

} // namespace

struct DarkCovidNet::Layer : nn::Module {
    virtual torch::Tensor forward(const torch::Tensor &input) = 0;
};

namespace {

// Conv-BN-leaky ReLU.
struct Block final : DarkCovidNet::Layer {
    Block(int in, int out, int kernel = 3)
        : conv(register_module("0", convolution(in, out, kernel)))
        , norm(register_module("1", nn::BatchNorm2d(out)))
    {
    }

    torch::Tensor forward(const torch::Tensor &input) override
    {
        torch::Tensor x = norm(conv(input));
        return torch::leaky_relu_(x, leak);
    }

    nn::Conv2d conv;
    nn::BatchNorm2d norm;
};

// Wide, narrow (1 x 1), wide.
struct Triple final : DarkCovidNet::Layer {
    Triple(int in, int out)
        : first(register_module("0", std::make_shared<Block>(in, out)))
        , second(register_module("1", std::make_shared<Block>(out, in, 1)))
        , third(register_module("2", std::make_shared<Block>(in, out)))
    {
    }

    torch::Tensor forward(const torch::Tensor &input) override
    {
        return third->forward(second->forward(first->forward(input)));
    }

    std::shared_ptr<Block> first;
    std::shared_ptr<Block> second;
    std::shared_ptr<Block> third;
};

// Side of the grid that the last convolution sees.
int sideFor(int size)
{
    int side = size / 4;
    for (int level = 2; level < poolings; ++level)
        side = (side + 2) / 2; // a triple adds two
    return side + 4;
}

} // namespace

DarkCovidNet::DarkCovidNet(int classes, const NetworkOptions &options)
{
    m_features.push_back(register_module("0", std::make_shared<Block>(options.channels, 8)));
    m_features.push_back(register_module("2", std::make_shared<Block>(8, 16)));
    m_features.push_back(register_module("4", std::make_shared<Triple>(16, 32)));
    m_features.push_back(register_module("6", std::make_shared<Triple>(32, 64)));
    m_features.push_back(register_module("8", std::make_shared<Triple>(64, 128)));
    m_features.push_back(register_module("10", std::make_shared<Triple>(128, lastWidth)));
    m_features.push_back(register_module("11", std::make_shared<Block>(lastWidth, 128, 1)));
    m_features.push_back(register_module("12", std::make_shared<Block>(128, lastWidth)));
    m_last = nn::Sequential(convolution(lastWidth, classes, 3), nn::ReLU(nn::ReLUOptions(true)),
                            nn::BatchNorm2d(classes));
    register_module("13", m_last);
    const int side = sideFor(options.inputSize);
    m_linear = register_module("15", nn::Linear(classes * side * side, classes));
    nn::init::kaiming_normal_(m_last[0]->as<nn::Conv2d>()->weight);
}

torch::Tensor DarkCovidNet::stage(int index, const torch::Tensor &input)
{
    const bool isPooled = index > 0 && index <= poolings;
    const torch::Tensor x = isPooled ? torch::max_pool2d(input, 2, 2) : input;
    return m_features[static_cast<std::size_t>(index)]->forward(
        x); // the last: [N, 256, 13, 13] for 256 x 256
}

std::optional<CellGrid> DarkCovidNet::cells(int stage) const
{
    CellGrid grid{0, 1};
    for (int index = 1; index <= stage; ++index) {
        if (index <= poolings) {
            grid.first += grid.step / 2;
            grid.step *= 2;
        }
        const bool hasPaddedPoint = (index > 1 && index <= poolings) || index == poolings + 1;
        if (hasPaddedPoint)
            grid.first -= grid.step;
    }
    return grid;
}

torch::Tensor DarkCovidNet::head(const torch::Tensor &activation)
{
    return m_linear(m_last->forward(activation).flatten(1)); // [N, classes]
}

} // namespace hilum
