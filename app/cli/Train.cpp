// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/Output.h"
#include "app/cli/TrainEvents.h"
#include "app/cli/TrainOptions.h"
#include "core/codec/FilmReader.h"
#include "core/dataset/Split.h"
#include "core/train/SoftLabels.h"

#include <algorithm>
#include <cstdio>
#include <set>

namespace hilum::cli {

namespace {

struct Loaded {
    std::vector<TrainingFilm> films;
    int failed = 0;
};

enum class Keep { Square, Grey };

// Training films as squares with room for cropping; the others exactly as a network reads them.
Loaded loadFilms(const std::vector<Sample> &samples, const Recipe &recipe, Keep keep, bool asJson)
{
    Loaded loaded;
    loaded.films.reserve(samples.size());
    const int size = keep == Keep::Square ? trainingSquare : recipe.input.size;
    for (const Sample &sample : samples) {
        const auto film = readFilm(sample.file);
        const auto square
            = film ? squareOf(**film, 0, size, recipe.input.crop) : tl::unexpected(film.error());
        if (!square) {
            reportFailure(sample.name, square.error(), asJson);
            ++loaded.failed;
            continue;
        }
        TrainingFilm entry{.label = static_cast<int>(std::ranges::find(recipe.classes, sample.label)
                                                     - recipe.classes.begin()),
                           .film = sample.name,
                           .group = sample.group,
                           .source = sample.source,
                           .fold = sample.fold};
        if (keep == Keep::Square)
            entry.square = squareGrey(*square);
        else
            entry.grey = unitGrey(*square);
        loaded.films.push_back(std::move(entry));
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
    Loaded training = loadFilms(split.train, recipe, Keep::Square, request.asJson);
    Loaded validation = loadFilms(split.validation, recipe, Keep::Grey, request.asJson);
    Loaded heldOut = loadFilms(split.heldOut, recipe, Keep::Grey, request.asJson);
    if (!recipe.loss.softLabels.empty()) {
        const auto named = addSoftLabels(training.films, recipe.loss.softLabels, recipe.classes);
        if (!named)
            return failed(named.error());
        std::fprintf(stderr, "%zu of %zu training films have soft labels\n", *named, training.films.size());
    }
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
