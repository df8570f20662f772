// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/network/Dissection.h"

#include "core/nn/ReceptiveField.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <torch/csrc/autograd/autograd.h>

namespace hilum {

namespace {

constexpr std::int64_t trialSize = 64; // which parameters a stage has does not depend on the input

std::int64_t countOf(const std::vector<torch::Tensor> &parameters,
                     const std::vector<torch::Tensor> &gradients)
{
    std::int64_t count = 0;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (gradients[i].defined())
            count += parameters[i].numel();
    }
    return count;
}

} // namespace

Anatomy anatomyOf(Network &network, const Architecture &architecture, int inputSize, int classes)
{
    const at::AutoGradMode gradients(true);
    const std::vector<torch::Tensor> parameters = network.parameters();
    std::vector<bool> wanted;
    for (const torch::Tensor &parameter : parameters) {
        wanted.push_back(parameter.requires_grad());
        parameter.requires_grad_(true);
    }
    Anatomy anatomy;
    anatomy.classes = classes;
    std::int64_t all = 0;
    for (const torch::Tensor &parameter : parameters) {
        all += parameter.numel();
        if (anatomy.filters.empty() && parameter.dim() == 4)
            anatomy.filters = channelsOf(
                parameter.detach().sum(1).unsqueeze(0)); // [1, C, k, k], of colours what grey sees
    }
    torch::Tensor x = at::zeros({1, 1, trialSize, trialSize}, parameters.front().options());
    const std::vector<std::string> names = stageNames(architecture);
    std::int64_t ofStages = 0;
    for (int index = 0; index < network.stages(); ++index) {
        const torch::Tensor out = network.stage(index, x.detach().clone());
        StageAnatomy stage;
        stage.name = names[static_cast<std::size_t>(index)];
        stage.channels = static_cast<int>(out.size(1));
        stage.side = cellsAcross(spatialLayers(architecture, index), inputSize);
        stage.parameters = countOf(
            parameters, torch::autograd::grad({out.sum()}, parameters, {}, c10::nullopt, false, true));
        ofStages += stage.parameters;
        anatomy.stages.push_back(std::move(stage));
        x = out;
    }
    anatomy.headParameters = all - ofStages;
    for (std::size_t i = 0; i < parameters.size(); ++i)
        parameters[i].requires_grad_(wanted[i]);
    return anatomy;
}

std::vector<Plane<float>> channelsOf(const torch::Tensor &activation)
{
    const torch::Tensor cpu
        = activation.detach().squeeze(0).to(at::kCPU, at::kFloat).contiguous(); // [C, h, w]
    std::vector<Plane<float>> channels;
    const auto height = static_cast<int>(cpu.size(1));
    const auto width = static_cast<int>(cpu.size(2));
    const float *from = cpu.data_ptr<float>();
    for (std::int64_t c = 0; c < cpu.size(0); ++c) {
        Plane<float> channel(width, height);
        std::copy_n(from + c * height * width, channel.samples().size(), channel.samples().begin());
        channels.push_back(std::move(channel));
    }
    return channels;
}

std::vector<Plane<float>> activationsOf(Network &network, const torch::Tensor &input, int stage)
{
    const at::NoGradGuard noGradients;
    return channelsOf(network.run(0, stage + 1, input));
}

} // namespace hilum
