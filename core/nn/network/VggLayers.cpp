// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/network/VggLayers.h"

#include <array>
#include <torch/nn/init.h>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/pooling.h>

namespace hilum {

namespace {

namespace nn = torch::nn;

// Widths of configuration D; 0 is a 2 x 2 max pooling.
constexpr std::array layout{64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0};

} // namespace

nn::Sequential vgg16Layers(int channels, bool norms)
{
    nn::Sequential layers;
    for (const int width : layout) {
        if (width == 0) {
            layers->push_back(nn::MaxPool2d(nn::MaxPool2dOptions(2).stride(2)));
            continue;
        }
        layers->push_back(nn::Conv2d(nn::Conv2dOptions(channels, width, 3).padding(1)));
        if (norms)
            layers->push_back(nn::BatchNorm2d(width));
        layers->push_back(nn::ReLU(nn::ReLUOptions(true)));
        channels = width;
    }
    return layers;
}

void initialiseConvolutions(nn::Sequential &layers)
{
    for (const auto &module : layers->children()) {
        if (auto *conv = module->as<nn::Conv2d>()) {
            nn::init::kaiming_normal_(conv->weight, 0, torch::kFanOut, torch::kReLU);
            nn::init::zeros_(conv->bias);
        }
    }
}

torch::Tensor vgg16Block(nn::Sequential &layers, int block, const torch::Tensor &input)
{
    torch::Tensor x = input;
    int poolings = 0;
    for (auto layer = layers->begin(); layer != layers->end(); ++layer) {
        if (layer->ptr()->as<nn::MaxPool2d>() != nullptr)
            ++poolings;
        if (poolings > block)
            break;
        if (poolings == block)
            x = layer->forward(x);
    }
    return x;
}

torch::Tensor lastPooling(nn::Sequential &layers, const torch::Tensor &activation)
{
    return (layers->end() - 1)->forward(activation); // [N, 512, H/32, W/32]
}

} // namespace hilum
