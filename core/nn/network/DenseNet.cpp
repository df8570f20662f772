// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/network/DenseNet.h"

#include "core/nn/Architecture.h"

#include <torch/nn/init.h>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/dropout.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/pooling.h>

namespace hilum {

namespace {

namespace nn = torch::nn;

constexpr int growth = 32;
constexpr int bottleneck = 4; // times growth
constexpr int firstWidth = 64;

nn::Conv2d convolution(int in, int out, int kernel, int stride, int padding)
{
    return nn::Conv2d(nn::Conv2dOptions(in, out, kernel).stride(stride).padding(padding).bias(false));
}

// BN-ReLU-Conv1x1-BN-ReLU-Conv3x3: [N, C, H, W] to [N, growth, H, W].
struct DenseLayer : nn::Module {
    explicit DenseLayer(int channels)
        : norm1(register_module("norm1", nn::BatchNorm2d(channels)))
        , conv1(register_module("conv1", convolution(channels, bottleneck * growth, 1, 1, 0)))
        , norm2(register_module("norm2", nn::BatchNorm2d(bottleneck * growth)))
        , conv2(register_module("conv2", convolution(bottleneck * growth, growth, 3, 1, 1)))
    {
    }

    torch::Tensor forward(const torch::Tensor &input)
    {
        return conv2(norm2(conv1(norm1(input).relu_())).relu_());
    }

    nn::BatchNorm2d norm1;
    nn::Conv2d conv1;
    nn::BatchNorm2d norm2;
    nn::Conv2d conv2;
};

// Each layer sees all that came before it in the block.
struct DenseBlock : nn::Module {
    DenseBlock(int layers, int channels)
    {
        for (int i = 0; i < layers; ++i)
            m_layers.push_back(register_module("denselayer" + std::to_string(i + 1),
                                               std::make_shared<DenseLayer>(channels + i * growth)));
    }

    torch::Tensor forward(const torch::Tensor &input)
    {
        torch::Tensor all = input;
        for (const auto &layer : m_layers)
            all = torch::cat({all, layer->forward(all)}, 1); // [N, C + growth, H, W]
        return all;
    }

    std::vector<std::shared_ptr<DenseLayer>> m_layers;
};

// Halves channels and both sides.
struct Transition : nn::Module {
    explicit Transition(int channels)
        : norm(register_module("norm", nn::BatchNorm2d(channels)))
        , conv(register_module("conv", convolution(channels, channels / 2, 1, 1, 0)))
    {
    }

    torch::Tensor forward(const torch::Tensor &input)
    {
        return torch::avg_pool2d(conv(norm(input).relu_()), 2, 2);
    }

    nn::BatchNorm2d norm;
    nn::Conv2d conv;
};

// As Keras makes dense layers: Glorot's uniform weights, no bias to begin with.
nn::Linear dense(int in, int out)
{
    nn::Linear layer(in, out);
    nn::init::xavier_uniform_(layer->weight);
    nn::init::zeros_(layer->bias);
    return layer;
}

nn::Sequential eluHead(int channels, int classes, double dropout)
{
    return nn::Sequential(nn::Dropout(0.25), dense(channels, 128), nn::ELU(), nn::Dropout(0.5),
                          dense(128, 64), nn::ELU(), nn::Dropout(dropout), dense(64, classes));
}

} // namespace

DenseNet::DenseNet(int classes, int depth, DenseNetHead head, const NetworkOptions &options)
    : m_kind(head)
    , m_dropout(options.dropout.value_or(head == DenseNetHead::Elu ? 0.5 : 0))
{
    m_features->push_back("conv0", convolution(options.channels, firstWidth, 7, 2, 3));
    m_features->push_back("norm0", nn::BatchNorm2d(firstWidth));
    m_features->push_back("relu0", nn::ReLU(nn::ReLUOptions(true)));
    m_features->push_back("pool0", nn::MaxPool2d(nn::MaxPool2dOptions(3).stride(2).padding(1)));
    const auto layersOfBlock = denseLayers(depth);
    int channels = firstWidth;
    for (std::size_t block = 0; block < layersOfBlock.size(); ++block) {
        const std::string number = std::to_string(block + 1);
        m_features->push_back("denseblock" + number,
                              std::make_shared<DenseBlock>(layersOfBlock[block], channels));
        channels += layersOfBlock[block] * growth;
        if (block + 1 < layersOfBlock.size()) {
            m_features->push_back("transition" + number, std::make_shared<Transition>(channels));
            channels /= 2;
        }
    }
    m_features->push_back("norm5", nn::BatchNorm2d(channels));
    register_module("features", m_features);
    if (m_kind == DenseNetHead::Linear)
        m_classifier = nn::Linear(channels, classes).ptr();
    else
        m_classifier = eluHead(channels, classes, m_dropout).ptr();
    register_module("classifier", m_classifier);

    for (const auto &module : modules(false)) {
        if (auto *conv = module->as<nn::Conv2d>())
            nn::init::kaiming_normal_(conv->weight);
    }
    if (auto *linear = m_classifier->as<nn::Linear>())
        nn::init::zeros_(linear->bias);
}

// Each dense block with all that stands before it: the first layers, or the transition.
torch::Tensor DenseNet::stage(int index, const torch::Tensor &input)
{
    torch::Tensor x = input;
    int blocks = 0;
    for (auto layer = m_features->begin(); layer != m_features->end() && blocks <= index; ++layer) {
        if (blocks == index)
            x = layer->forward(x);
        if (layer->ptr()->as<DenseBlock>() != nullptr)
            ++blocks;
    }
    if (index + 1 < stages())
        return x; // of DenseNet121: [N, 256, H/4, W/4], [N, 512, H/8, W/8], [N, 1024, H/16, W/16]
    return m_features[m_features->size() - 1]
        ->as<nn::BatchNorm2d>()
        ->forward(x)
        .relu_(); // [N, C, H/32, W/32]
}

torch::Tensor DenseNet::head(const torch::Tensor &activation)
{
    const torch::Tensor mean = activation.mean(at::IntArrayRef{2, 3}); // [N, C]
    if (auto *linear = m_classifier->as<nn::Linear>())
        return linear->forward(torch::dropout(mean, m_dropout, is_training())); // [N, classes]
    return m_classifier->as<nn::Sequential>()->forward(mean); // [N, classes]
}

} // namespace hilum
