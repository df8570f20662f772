// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/network/PlainVgg.h"

#include <torch/nn/init.h>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/dropout.h>
#include <torch/nn/modules/linear.h>

namespace hilum {

namespace nn = torch::nn;

PlainVgg16::PlainVgg16(int classes, int pooling, int headWidth, const NetworkOptions &options)
    : m_features(vggLayers(16, options.channels, false))
    , m_pooling(pooling)
{
    const int side = options.inputSize / 32 / pooling;
    m_classifier->push_back(nn::Linear(vggChannels * side * side, headWidth));
    m_classifier->push_back(nn::ReLU());
    m_classifier->push_back(nn::Dropout(options.dropout.value_or(0.5)));
    m_classifier->push_back(nn::Linear(headWidth, classes));
    register_module("features", m_features);
    register_module("classifier", m_classifier);

    initialiseConvolutions(m_features);
    for (const auto &module : m_classifier->children()) {
        if (auto *linear = module->as<nn::Linear>()) {
            nn::init::xavier_uniform_(linear->weight);
            nn::init::zeros_(linear->bias);
        }
    }
}

torch::Tensor PlainVgg16::stage(int index, const torch::Tensor &input)
{
    return vggBlock(m_features, index, input); // [N, 64 to 512, H, W], then halved stage by stage
}

torch::Tensor PlainVgg16::head(const torch::Tensor &activation)
{
    const torch::Tensor last = lastPooling(m_features, activation); // [N, 512, H/32, W/32]
    const torch::Tensor pooled = torch::avg_pool2d(last, m_pooling, m_pooling); // [N, 512, s, s]
    return m_classifier->forward(pooled.flatten(1)); // [N, classes]
}

} // namespace hilum
