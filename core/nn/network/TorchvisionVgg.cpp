// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/network/TorchvisionVgg.h"

#include <torch/nn/init.h>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/dropout.h>
#include <torch/nn/modules/linear.h>

namespace hilum {

namespace {

namespace nn = torch::nn;

constexpr int pooledSide = 7;
constexpr int denseWidth = 4096;

} // namespace

TorchvisionVgg::TorchvisionVgg(int classes, int depth, VggNorms norms, const NetworkOptions &options)
    : m_features(vggLayers(depth, options.channels, norms == VggNorms::Batch))
{
    const double dropout = options.dropout.value_or(0.5);
    m_classifier = nn::Sequential(nn::Linear(vggChannels * pooledSide * pooledSide, denseWidth), nn::ReLU(),
                                  nn::Dropout(dropout), nn::Linear(denseWidth, denseWidth), nn::ReLU(),
                                  nn::Dropout(dropout), nn::Linear(denseWidth, classes));
    register_module("features", m_features);
    register_module("classifier", m_classifier);

    initialiseConvolutions(m_features);
    for (const auto &module : m_classifier->children()) {
        if (auto *linear = module->as<nn::Linear>()) {
            nn::init::normal_(linear->weight, 0, 0.01);
            nn::init::zeros_(linear->bias);
        }
    }
}

torch::Tensor TorchvisionVgg::stage(int index, const torch::Tensor &input)
{
    return vggBlock(m_features, index, input); // [N, 64 to 512, H, W], then halved stage by stage
}

torch::Tensor TorchvisionVgg::head(const torch::Tensor &activation)
{
    const torch::Tensor last = lastPooling(m_features, activation); // [N, 512, H/32, W/32]
    const torch::Tensor pooled = torch::adaptive_avg_pool2d(last, {pooledSide, pooledSide}); // [N, 512, 7, 7]
    return m_classifier->forward(pooled.flatten(1)); // [N, classes]
}

} // namespace hilum
