// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/network/PlainVgg.h"

#include <array>
#include <torch/nn/init.h>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/dropout.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/pooling.h>

namespace hilum {

namespace {

namespace nn = torch::nn;

// Widths of configuration D; 0 is a 2 x 2 max pooling.
constexpr std::array layout{64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0};

} // namespace

PlainVgg16::PlainVgg16(int classes, int pooling, int headWidth, const NetworkOptions &options)
    : m_pooling(pooling)
{
    int channels = options.channels;
    for (const int width : layout) {
        if (width == 0) {
            m_features->push_back(nn::MaxPool2d(nn::MaxPool2dOptions(2).stride(2)));
            continue;
        }
        m_features->push_back(nn::Conv2d(nn::Conv2dOptions(channels, width, 3).padding(1)));
        m_features->push_back(nn::ReLU(nn::ReLUOptions(true)));
        channels = width;
    }
    const int side = options.inputSize / 32 / pooling;
    m_classifier->push_back(nn::Linear(channels * side * side, headWidth));
    m_classifier->push_back(nn::ReLU());
    m_classifier->push_back(nn::Dropout(options.dropout.value_or(0.5)));
    m_classifier->push_back(nn::Linear(headWidth, classes));
    register_module("features", m_features);
    register_module("classifier", m_classifier);

    for (const auto &module : m_features->children()) {
        if (auto *conv = module->as<nn::Conv2d>()) {
            nn::init::kaiming_normal_(conv->weight, 0, torch::kFanOut, torch::kReLU);
            nn::init::zeros_(conv->bias);
        }
    }
    for (const auto &module : m_classifier->children()) {
        if (auto *linear = module->as<nn::Linear>()) {
            nn::init::xavier_uniform_(linear->weight);
            nn::init::zeros_(linear->bias);
        }
    }
}

torch::Tensor PlainVgg16::features(const torch::Tensor &input)
{
    torch::Tensor x = input;
    for (auto layer = m_features->begin(); layer != m_features->end() - 1; ++layer)
        x = layer->forward(x);
    return x; // [N, 512, H/16, W/16]
}

torch::Tensor PlainVgg16::head(const torch::Tensor &activation)
{
    const torch::Tensor last = (m_features->end() - 1)->forward(activation); // [N, 512, H/32, W/32]
    const torch::Tensor pooled = torch::avg_pool2d(last, m_pooling, m_pooling); // [N, 512, s, s]
    return m_classifier->forward(pooled.flatten(1)); // [N, classes]
}

} // namespace hilum
