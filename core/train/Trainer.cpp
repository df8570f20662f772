// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Trainer.h"

#include "core/nn/Boundary.h"
#include "core/train/PlantMarkers.h"
#include "core/train/Run.h"

#include <ATen/Parallel.h>
#include <algorithm>
#include <opencv2/core.hpp>
#include <torch/cuda.h>

namespace hilum {

namespace {

Result<void> checkFilms(const Recipe &recipe, const TrainingSet &films)
{
    if (recipe.classes.size() < 2)
        return fail(ErrorCode::UsageWrong,
                    "expected at least two classes, found " + std::to_string(recipe.classes.size()));
    for (std::size_t c = 0; c < recipe.classes.size(); ++c) {
        const auto count = std::ranges::count(films.train, static_cast<int>(c), &TrainingFilm::label);
        if (count < 2)
            return fail(ErrorCode::UsageWrong,
                        "expected at least two training films of every class, found " + std::to_string(count)
                            + " of " + recipe.classes[c]);
    }
    const std::string &biased = recipe.planted.label;
    if (!biased.empty() && std::ranges::find(recipe.classes, biased) == recipe.classes.end())
        return fail(ErrorCode::UsageWrong,
                    "planted.class: expected one of the classes, found \"" + biased + "\"");
    for (const auto &weight : recipe.loss.classWeights) {
        if (std::ranges::find(recipe.classes, weight.first) == recipe.classes.end())
            return fail(ErrorCode::UsageWrong,
                        "loss.classWeights: expected names of classes, found \"" + weight.first + "\"");
    }
    for (const std::string &source : recipe.split.leaveOut) {
        if (std::ranges::find(films.heldOut, source, &TrainingFilm::source) == films.heldOut.end())
            return fail(ErrorCode::UsageWrong,
                        "split.leaveOut: expected sources of the films, found \"" + source + "\"");
    }
    if (recipe.stages.empty())
        return fail(ErrorCode::UsageWrong, "expected at least one stage, found none");
    const bool wantsValidation = recipe.split.validation > 0 || recipe.selection != Selection::Last;
    if (films.validation.empty() && wantsValidation)
        return fail(
            ErrorCode::UsageWrong,
            "expected validation films, found none: at least three groups (films) of a class and source "
            "are needed beside the held-out ones, or a recipe with a validation share of 0");
    return {};
}

} // namespace

Result<TrainingOutcome> trainNetwork(const TrainingPlan &plan, const TrainingSet &films,
                                     const TrainingObserver &observer, std::stop_token stop)
{
    if (const auto checked = checkFilms(plan.recipe, films); !checked)
        return tl::unexpected(checked.error());
    return guardTorch([&]() -> Result<TrainingOutcome> {
        if (plan.cuda && !torch::cuda::is_available())
            return fail(ErrorCode::DeviceUnavailable, "expected a CUDA device, found none");
        if (plan.threads > 0)
            at::set_num_threads(plan.threads);
        cv::setNumThreads(1); // squares are small, and the cores are for the network
        auto peers = Peers::fromEnvironment(plan.cuda, {stop, observer.note});
        if (!peers)
            return tl::unexpected(peers.error());
        const TrainingObserver heard = peers->isFirst() ? observer : TrainingObserver();
        if (plan.recipe.planted.label.empty())
            return Run(plan, films, heard, std::move(*peers)).go(stop);
        TrainingSet biased = films;
        const int planted = plantMarkers(biased.train, plan.recipe);
        plantMarkers(biased.validation, plan.recipe);
        if (heard.note)
            heard.note("biased on purpose: " + std::to_string(planted) + " training films of "
                       + plan.recipe.planted.label + " carry \"" + plan.recipe.planted.text + "\"");
        return Run(plan, biased, heard, std::move(*peers)).go(stop);
    });
}

} // namespace hilum
