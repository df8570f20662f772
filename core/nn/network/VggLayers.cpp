// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/network/VggLayers.h"

#include "core/nn/Architecture.h"

#include <torch/nn/init.h>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/pooling.h>

namespace hilum {

namespace nn = torch::nn;

nn::Sequential vggLayers(int depth, int channels, bool norms)
{
    const auto convolutions = vggConvolutions(depth);
    nn::Sequential layers;
    for (std::size_t block = 0; block < convolutions.size(); ++block) {
        const int width = vggWidths[block];
        for (int i = 0; i < convolutions[block]; ++i) {
            layers->push_back(nn::Conv2d(nn::Conv2dOptions(channels, width, 3).padding(1)));
            if (norms)
                layers->push_back(nn::BatchNorm2d(width));
            layers->push_back(nn::ReLU(nn::ReLUOptions(true)));
            channels = width;
        }
        layers->push_back(nn::MaxPool2d(nn::MaxPool2dOptions(2).stride(2)));
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

torch::Tensor vggBlock(nn::Sequential &layers, int block, const torch::Tensor &input)
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
