// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/network/ResNet.h"

#include <torch/nn/init.h>

namespace hilum {

namespace {

namespace nn = torch::nn;

constexpr int stageCount = 4;
constexpr int torchvisionWidth = 64;
constexpr double lightDropout = 0.3;

nn::Conv2d convolution(int in, int out, int kernel, int stride)
{
    return nn::Conv2d(nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2).bias(false));
}

// Conv3x3-BN-ReLU-Conv3x3-BN, plus what came in, ReLU.
struct BasicBlock : nn::Module {
    BasicBlock(int in, int out, int stride)
        : conv1(register_module("conv1", convolution(in, out, 3, stride)))
        , bn1(register_module("bn1", nn::BatchNorm2d(out)))
        , conv2(register_module("conv2", convolution(out, out, 3, 1)))
        , bn2(register_module("bn2", nn::BatchNorm2d(out)))
    {
        if (stride != 1 || in != out) {
            downsample = nn::Sequential(convolution(in, out, 1, stride), nn::BatchNorm2d(out));
            register_module("downsample", downsample);
        }
    }

    torch::Tensor forward(const torch::Tensor &input)
    {
        const torch::Tensor change = bn2(conv2(bn1(conv1(input)).relu_()));
        return (downsample.is_empty() ? change + input : change + downsample->forward(input)).relu_();
    }

    nn::Conv2d conv1;
    nn::BatchNorm2d bn1;
    nn::Conv2d conv2;
    nn::BatchNorm2d bn2;
    nn::Sequential downsample{nullptr};
};

} // namespace

ResNet18::ResNet18(int classes, int width, const NetworkOptions &options)
    : m_isLight(width > 0)
    , m_dropout(options.dropout.value_or(m_isLight ? lightDropout : 0))
{
    const int first = m_isLight ? width : torchvisionWidth;
    m_stem = register_module("conv1", convolution(options.channels, first, m_isLight ? 5 : 7, 2));
    m_norm = register_module("bn1", nn::BatchNorm2d(first));
    int channels = first;
    for (int stage = 0; stage < stageCount; ++stage) {
        const int out = first << stage;
        nn::Sequential blocks(BasicBlock(channels, out, stage == 0 ? 1 : 2), BasicBlock(out, out, 1));
        m_stages.push_back(register_module("layer" + std::to_string(stage + 1), blocks));
        channels = out;
    }
    m_linear = register_module("fc", nn::Linear(channels, classes));

    for (const auto &module : modules(false)) {
        if (auto *conv = module->as<nn::Conv2d>())
            nn::init::kaiming_normal_(conv->weight, 0, torch::kFanOut, torch::kReLU);
    }
}

torch::Tensor ResNet18::stage(int index, const torch::Tensor &input)
{
    torch::Tensor x = input;
    if (index == 0) {
        x = m_norm(m_stem(x)).relu_(); // [N, width, H/2, W/2]
        x = m_isLight ? torch::max_pool2d(x, 2, 2) : torch::max_pool2d(x, 3, 2, 1); // [N, width, H/4, W/4]
    }
    return m_stages[static_cast<std::size_t>(index)]->forward(x); // [N, width to 8 width, H/4 to H/32, ...]
}

torch::Tensor ResNet18::head(const torch::Tensor &activation)
{
    const torch::Tensor mean = activation.mean(at::IntArrayRef{2, 3}); // [N, 8 width]
    return m_linear(torch::dropout(mean, m_dropout, is_training())); // [N, classes]
}

} // namespace hilum
