// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/network/SmallCnn.h"

#include <torch/nn/init.h>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/dropout.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/pooling.h>

namespace hilum {

namespace {

namespace nn = torch::nn;

constexpr double poolingDropout = 0.25;
constexpr int lastWidth = 128;
constexpr int denseWidth = 64;

void convolve(nn::Sequential &layers, int in, int out)
{
    layers->push_back(nn::Conv2d(nn::Conv2dOptions(in, out, 3)));
    layers->push_back(nn::ReLU(nn::ReLUOptions(true)));
}

void pool(nn::Sequential &layers)
{
    layers->push_back(nn::MaxPool2d(nn::MaxPool2dOptions(2)));
    layers->push_back(nn::Dropout(poolingDropout));
}

// Side of the last pooling's result.
int sideFor(int size)
{
    const int first = (size - 4) / 2;
    const int second = (first - 2) / 2;
    return (second - 2) / 2;
}

} // namespace

SmallCnn::SmallCnn(int classes, const NetworkOptions &options)
{
    convolve(m_features, options.channels, 32);
    convolve(m_features, 32, 64);
    pool(m_features);
    convolve(m_features, 64, 64);
    pool(m_features);
    convolve(m_features, 64, lastWidth);
    const int side = sideFor(options.inputSize);
    m_classifier->push_back(nn::Linear(lastWidth * side * side, denseWidth));
    m_classifier->push_back(nn::ReLU());
    m_classifier->push_back(nn::Dropout(options.dropout.value_or(0.5)));
    m_classifier->push_back(nn::Linear(denseWidth, classes));
    register_module("features", m_features);
    register_module("classifier", m_classifier);

    for (const auto &module : modules(false)) {
        if (auto *conv = module->as<nn::Conv2d>()) {
            nn::init::xavier_uniform_(conv->weight);
            nn::init::zeros_(conv->bias);
        } else if (auto *linear = module->as<nn::Linear>()) {
            nn::init::xavier_uniform_(linear->weight);
            nn::init::zeros_(linear->bias);
        }
    }
}

// Convolutions up to the next pooling; each stage but the first begins with the pooling before it.
torch::Tensor SmallCnn::stage(int index, const torch::Tensor &input)
{
    torch::Tensor x = input;
    int poolings = 0;
    for (auto layer = m_features->begin(); layer != m_features->end() && poolings <= index; ++layer) {
        if (layer->ptr()->as<nn::MaxPool2d>() != nullptr)
            ++poolings;
        if (poolings == index)
            x = layer->forward(x);
    }
    return x; // for 224 x 224: [N, 64, 220, 220], [N, 64, 108, 108], [N, 128, 52, 52]
}

torch::Tensor SmallCnn::head(const torch::Tensor &activation)
{
    const torch::Tensor pooled = torch::max_pool2d(activation, 2); // [N, 128, 26, 26]
    const torch::Tensor flat = torch::dropout(pooled, poolingDropout, is_training()).flatten(1);
    return m_classifier->forward(flat); // [N, classes]
}

} // namespace hilum
