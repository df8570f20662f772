// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Teachers.h"

#include "core/nn/PackagedNetwork.h"
#include "core/train/InitWeights.h"

#include <ATen/ATen.h>

namespace hilum {

Result<Teachers> Teachers::load(const Recipe &recipe, torch::Device device)
{
    Teachers all;
    all.m_temperature = recipe.loss.teacherTemperature;
    for (const std::string &id : recipe.loss.teachers) {
        const auto weights = initWeightsFile(id);
        if (!weights)
            return tl::unexpected(weights.error());
        const auto package = readPackage(weights->parent_path());
        if (!package)
            return tl::unexpected(package.error());
        const ModelCard &card = package->card;
        InputSpec input = card.input;
        input.size = recipe.input.size;
        if (card.classes != recipe.classes || input != recipe.input)
            return fail(ErrorCode::ModelMismatch,
                        "teachers: expected a network of the recipe's classes and input, found " + card.id);
        auto network = loadNetwork(*package);
        if (!network)
            return tl::unexpected(network.error());
        (*network)->to(device);
        useChannelsLast(**network);
        for (auto &parameter : (*network)->parameters())
            parameter.set_requires_grad(false);
        all.m_hashes += card.weightsSha256 + ' ';
        all.m_teachers.push_back({std::move(*network), card.input.size});
    }
    return all;
}

torch::Tensor Teachers::say(const torch::Tensor &input) const
{
    const at::NoGradGuard noGradients;
    torch::Tensor sum; // [N, classes]
    for (const Teacher &teacher : m_teachers) {
        const torch::Tensor seen = input.size(2) == teacher.size
            ? input
            : at::upsample_bilinear2d(input, {teacher.size, teacher.size}, false); // [N, 1, S, S]
        const torch::Tensor said = (teacher.network->forward(seen).to(at::kFloat) / m_temperature).softmax(1);
        sum = sum.defined() ? sum + said : said;
    }
    return sum / static_cast<double>(m_teachers.size());
}

torch::Tensor taughtLoss(const torch::Tensor &labelLoss, const torch::Tensor &logits,
                         const torch::Tensor &said, const LossRule &rule)
{
    const double t = rule.teacherTemperature;
    // Times the square of the temperature, so that its gradients are as large as the labels'.
    const torch::Tensor taught = -(said * (logits / t).log_softmax(1)).sum(1).mean() * (t * t);
    return (1 - rule.teacherShare) * labelLoss + rule.teacherShare * taught;
}

} // namespace hilum
