// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/network/Vgg.h"

#include <torch/nn/init.h>
#include <torch/nn/modules/linear.h>

namespace hilum {

namespace nn = torch::nn;

Vgg16::Vgg16(int classes, const NetworkOptions &options)
    : m_features(vggLayers(16, options.channels, true))
    , m_dropout(options.dropout.value_or(0))
{
    m_classifier->push_back(nn::Linear(vggChannels, classes));
    register_module("features", m_features);
    register_module("classifier", m_classifier);

    initialiseConvolutions(m_features);
    auto *linear = m_classifier[0]->as<nn::Linear>();
    nn::init::normal_(linear->weight, 0, 0.01);
    nn::init::zeros_(linear->bias);
}

torch::Tensor Vgg16::stage(int index, const torch::Tensor &input)
{
    return vggBlock(m_features, index, input); // [N, 64 to 512, H, W], then halved stage by stage
}

torch::Tensor Vgg16::head(const torch::Tensor &activation)
{
    const torch::Tensor pooled = lastPooling(m_features, activation); // [N, 512, H/32, W/32]
    const torch::Tensor mean = pooled.mean(at::IntArrayRef{2, 3}); // [N, 512]
    return m_classifier->forward(torch::dropout(mean, m_dropout, is_training())); // [N, classes]
}

} // namespace hilum
