// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/Randomise.h"

#include "core/base/Dice.h"
#include "core/explain/Cam.h"

#include <ATen/ATen.h>
#include <cmath>
#include <torch/csrc/autograd/autograd.h>

namespace hilum {

namespace {

// Which weights a stage has: those that its output has a gradient of.
std::vector<torch::Tensor> weightsBehind(const torch::Tensor &output, const Network &network)
{
    std::vector<torch::Tensor> all;
    for (const torch::Tensor &parameter : network.parameters()) {
        if (parameter.dim() >= 2)
            all.push_back(parameter);
    }
    const auto gradients = torch::autograd::grad({output.sum()}, all, {}, {}, false, true);
    std::vector<torch::Tensor> weights;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (gradients[i].defined())
            weights.push_back(all[i]);
    }
    return weights;
}

void drawAnew(const std::vector<torch::Tensor> &weights, Dice &dice)
{
    const at::NoGradGuard noGradients;
    for (const torch::Tensor &weight : weights) {
        const double deviation = weight.std().item().toDouble();
        const double mean = weight.mean().item().toDouble();
        const torch::Tensor drawn = at::empty(weight.sizes(), at::kFloat);
        float *values = drawn.data_ptr<float>();
        for (std::int64_t i = 0; i < drawn.numel(); ++i)
            values[i] = static_cast<float>(mean + deviation * dice.normal());
        weight.copy_(drawn);
    }
}

} // namespace

Result<std::vector<RandomisedMap>> randomisedMaps(Network &network, const std::vector<std::string> &stages,
                                                  double temperature, const Plane<float> &input,
                                                  const ExplainRequest &request, const Progress &progress,
                                                  const std::stop_token &stop)
{
    const auto tensor = [](const Plane<float> &plane) {
        return at::from_blob(const_cast<float *>(plane.samples().data()),
                             {1, 1, plane.height(), plane.width()});
    };
    const Subject subject{network,
                          stages,
                          temperature,
                          torch::kCPU,
                          [&](std::span<const Plane<float>> inputs) -> Result<std::vector<Logits>> {
                              const at::NoGradGuard noGradients;
                              std::vector<Logits> all;
                              for (const Plane<float> &plane : inputs) {
                                  const torch::Tensor logits = network.forward(tensor(plane)).contiguous();
                                  all.emplace_back(logits.data_ptr<float>(),
                                                   logits.data_ptr<float>() + logits.numel());
                              }
                              return all;
                          },
                          [&](const Plane<float> &plane) -> Result<torch::Tensor> {
                              const at::NoGradGuard noGradients;
                              return network.features(tensor(plane));
                          }};

    // Each part's weights, the head first.
    std::vector<std::pair<std::string, std::vector<torch::Tensor>>> parts;
    {
        const at::AutoGradMode gradients(true);
        torch::Tensor x = tensor(input);
        for (int stage = 0; stage < network.stages(); ++stage) {
            const torch::Tensor output = network.stage(stage, x);
            parts.emplace_back(stages[static_cast<std::size_t>(stage)], weightsBehind(output, network));
            x = output.detach();
        }
        parts.emplace_back("head", weightsBehind(network.head(x), network));
    }

    std::mt19937_64 random(request.seed);
    Dice dice(random);
    std::vector<RandomisedMap> maps;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        drawAnew(part->second, dice);
        std::vector<Logits> readings;
        const auto found = signedMapOf(subject, input, request, readings, {}, {}, stop);
        if (!found)
            return tl::unexpected(found.error());
        maps.push_back({part->first, scaledMap(found->values, request.sign).values});
        if (progress)
            progress(static_cast<double>(maps.size()) / static_cast<double>(parts.size()));
    }
    return maps;
}

} // namespace hilum
