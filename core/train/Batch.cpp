// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Batch.h"

#include "core/base/Dice.h"

#include <ATen/ATen.h>
#include <algorithm>

namespace hilum {

namespace {

// From the beta distribution with both parameters alpha.
double betaDraw(double alpha, std::mt19937_64 &random)
{
    std::gamma_distribution<double> gamma(alpha, 1);
    const double a = gamma(random);
    const double b = gamma(random);
    return a + b > 0 ? a / (a + b) : 0.5;
}

// The part of the batch that comes from the partners: a rectangle of the other film.
double pasteRectangle(Batch &batch, const torch::Tensor &partners, double share, Dice &dice)
{
    const auto side = batch.input.size(2);
    const auto extent = static_cast<std::int64_t>(std::sqrt(1 - share) * static_cast<double>(side));
    const auto top = static_cast<std::int64_t>(dice.between(0, static_cast<double>(side - extent + 1)));
    const auto left = static_cast<std::int64_t>(dice.between(0, static_cast<double>(side - extent + 1)));
    const torch::Tensor others = batch.input.index_select(0, partners);
    batch.input.narrow(2, top, extent)
        .narrow(3, left, extent)
        .copy_(others.narrow(2, top, extent).narrow(3, left, extent));
    return 1 - static_cast<double>(extent * extent) / static_cast<double>(side * side);
}

} // namespace

torch::Tensor tensorOf(const std::vector<Plane<float>> &planes)
{
    const int size = planes.front().width();
    torch::Tensor input = at::empty({static_cast<std::int64_t>(planes.size()), 1, size, size}, at::kFloat);
    float *out = input.data_ptr<float>();
    for (const Plane<float> &plane : planes)
        out = std::copy(plane.samples().begin(), plane.samples().end(), out);
    return input;
}

Batch labelled(const std::vector<const TrainingFilm *> &films, const Recipe &recipe,
               const std::vector<std::string> &sources)
{
    const auto count = static_cast<std::int64_t>(films.size());
    const auto classes = static_cast<std::int64_t>(recipe.classes.size());
    Batch batch{{},
                at::zeros({count, classes}, at::kFloat),
                at::ones({count}, at::kFloat),
                at::zeros({count}, at::kLong),
                at::zeros({count}, at::kLong)};
    for (std::int64_t i = 0; i < count; ++i) {
        const TrainingFilm &film = *films[static_cast<std::size_t>(i)];
        auto *row = batch.targets.data_ptr<float>() + i * classes;
        row[film.label] = 1;
        if (!film.soft.empty()) {
            const auto share = static_cast<float>(recipe.loss.softWeight);
            for (std::int64_t c = 0; c < classes; ++c)
                row[c] = std::lerp(row[c], film.soft[static_cast<std::size_t>(c)], share);
        }
        const auto &weights = recipe.loss.classWeights;
        const auto weight = weights.find(recipe.classes[static_cast<std::size_t>(film.label)]);
        if (weight != weights.end())
            batch.weights.data_ptr<float>()[i] = static_cast<float>(weight->second);
        batch.labels.data_ptr<std::int64_t>()[i] = film.label;
        batch.sources.data_ptr<std::int64_t>()[i]
            = std::ranges::lower_bound(sources, film.source) - sources.begin();
    }
    const double smooth = recipe.loss.labelSmoothing;
    batch.targets.mul_(1 - smooth).add_(smooth / static_cast<double>(classes));
    return batch;
}

void mix(Batch &batch, const Augmentation &how, std::mt19937_64 &random)
{
    const auto count = batch.input.size(0);
    if (count < 2 || (how.mixup <= 0 && how.cutmix <= 0))
        return;
    Dice dice(random);
    // A turn by a random step pairs every film with another one.
    const auto turn = 1 + dice.below(static_cast<int>(count) - 1);
    const torch::Tensor partners = (at::arange(count, at::kLong) + turn).remainder(count);
    const bool blends = how.cutmix <= 0 || (how.mixup > 0 && dice.chance(0.5));
    double share = betaDraw(blends ? how.mixup : how.cutmix, random); // that the film itself keeps
    if (blends)
        batch.input = batch.input * share + batch.input.index_select(0, partners) * (1 - share);
    else
        share = pasteRectangle(batch, partners, share, dice);
    batch.targets = batch.targets * share + batch.targets.index_select(0, partners) * (1 - share);
    batch.weights = batch.weights * share + batch.weights.index_select(0, partners) * (1 - share);
}

torch::Tensor lossOf(const torch::Tensor &logits, const Batch &batch)
{
    return -((batch.targets * logits.log_softmax(1)).sum(1) * batch.weights).mean();
}

} // namespace hilum
