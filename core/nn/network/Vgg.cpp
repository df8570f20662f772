// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/network/Vgg.h"

#include <array>
#include <torch/nn/init.h>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/pooling.h>

namespace hilum {

namespace {

namespace nn = torch::nn;

// Widths of configuration D; 0 is a 2 x 2 max pooling.
constexpr std::array layout{64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0};

} // namespace

Vgg16::Vgg16(int classes, const NetworkOptions &options)
    : m_dropout(options.dropout.value_or(0))
{
    int channels = options.channels;
    for (const int width : layout) {
        if (width == 0) {
            m_features->push_back(nn::MaxPool2d(nn::MaxPool2dOptions(2).stride(2)));
            continue;
        }
        m_features->push_back(nn::Conv2d(nn::Conv2dOptions(channels, width, 3).padding(1)));
        m_features->push_back(nn::BatchNorm2d(width));
        m_features->push_back(nn::ReLU(nn::ReLUOptions(true)));
        channels = width;
    }
    m_classifier->push_back(nn::Linear(channels, classes));
    register_module("features", m_features);
    register_module("classifier", m_classifier);

    for (const auto &module : m_features->children()) {
        if (auto *conv = module->as<nn::Conv2d>()) {
            nn::init::kaiming_normal_(conv->weight, 0, torch::kFanOut, torch::kReLU);
            nn::init::zeros_(conv->bias);
        }
    }
    auto *linear = m_classifier[0]->as<nn::Linear>();
    nn::init::normal_(linear->weight, 0, 0.01);
    nn::init::zeros_(linear->bias);
}

torch::Tensor Vgg16::features(const torch::Tensor &input)
{
    torch::Tensor x = input;
    for (auto layer = m_features->begin(); layer != m_features->end() - 1; ++layer)
        x = layer->forward(x);
    return x; // [N, 512, H/16, W/16]
}

torch::Tensor Vgg16::head(const torch::Tensor &activation)
{
    const torch::Tensor pooled = (m_features->end() - 1)->forward(activation); // [N, 512, H/32, W/32]
    const torch::Tensor mean = pooled.mean(at::IntArrayRef{2, 3}); // [N, 512]
    return m_classifier->forward(torch::dropout(mean, m_dropout, is_training())); // [N, classes]
}

} // namespace hilum
