// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/Output.h"
#include "app/cli/TrainEvents.h"
#include "app/cli/TrainOptions.h"
#include "core/codec/FilmReader.h"
#include "core/dataset/Split.h"

#include <algorithm>
#include <cstdio>
#include <set>

namespace hilum::cli {

namespace {

struct Loaded {
    std::vector<TrainingFilm> films;
    int failed = 0;
};

Loaded loadFilms(const std::vector<Sample> &samples, const Recipe &recipe, int size)
{
    Loaded loaded;
    for (const Sample &sample : samples) {
        const auto film = readFilm(sample.file);
        auto square = film ? squareOf(**film, 0, size, recipe.input.crop) : tl::unexpected(film.error());
        if (!square) {
            reportFailure(sample.name, square.error(), false);
            ++loaded.failed;
            continue;
        }
        const auto label = std::ranges::find(recipe.classes, sample.label) - recipe.classes.begin();
        loaded.films.push_back({std::move(square->values), static_cast<int>(label), sample.name, sample.group,
                                sample.source, sample.fold});
    }
    return loaded;
}

// The classes, when the recipe names none; films of other labels are left out.
void settleClasses(Dataset &dataset, Recipe &recipe)
{
    std::set<std::string> labels;
    for (const Sample &sample : dataset.samples)
        labels.insert(sample.label);
    if (recipe.classes.empty())
        recipe.classes.assign(labels.begin(), labels.end());
    std::erase_if(dataset.samples, [&](const Sample &sample) {
        return std::ranges::find(recipe.classes, sample.label) == recipe.classes.end();
    });
}

int train(TrainRequest request)
{
    const auto failed = [&](const Error &error) {
        TrainEvents::failed(request.films.string(), error, request.asJson);
        return exitSomeFailed;
    };
    auto dataset = readDataset(request.films);
    if (!dataset)
        return failed(dataset.error());
    Recipe &recipe = request.plan.recipe;
    settleClasses(*dataset, recipe);
    const Split split = splitDataset(*dataset, recipe.split, recipe.seed);
    std::fprintf(stderr, "reading %zu training, %zu validation and %zu held-out films\n", split.train.size(),
                 split.validation.size(), split.heldOut.size());
    Loaded training = loadFilms(split.train, recipe, trainingSquare);
    Loaded validation = loadFilms(split.validation, recipe, recipe.input.size);
    Loaded heldOut = loadFilms(split.heldOut, recipe, recipe.input.size);
    const int unreadable = training.failed + validation.failed + heldOut.failed;
    const TrainingSet films{std::move(training.films), std::move(validation.films), std::move(heldOut.films)};

    const auto module = openNnModule();
    if (!module)
        return failed(module.error());
    const std::string device = (*module)->deviceName(request.device);
    request.plan.cuda = device != "cpu" || request.device == DeviceChoice::Cuda;
    std::stop_source stop;
    TrainEvents events(request, films, device, stop);
    const auto outcome = (*module)->train(request.plan, films, events.observer(), stop.get_token());
    if (!outcome)
        return failed(outcome.error());
    events.done(*outcome);
    return unreadable == 0 ? exitDone : exitSomeFailed;
}

} // namespace

int runTrain(std::span<const std::string> args)
{
    if (answeredHelp(trainCommand(), args))
        return exitDone;
    auto request = parseTrainRequest(args);
    return request ? train(std::move(*request)) : usageError(trainCommand(), request.error());
}

} // namespace hilum::cli
