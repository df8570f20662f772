// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/TrainFilms.h"

#include "app/cli/Output.h"
#include "core/dataset/Split.h"
#include "core/train/SoftLabels.h"
#ifdef HILUM_CODEC
#include "core/codec/FilmReader.h"
#endif

#include <algorithm>
#include <cstdio>
#include <set>

namespace hilum::cli {

namespace {

Result<ModelInput> readSquare(const Sample &sample, int size, Crop crop)
{
#ifdef HILUM_CODEC
    const auto film = readFilm(sample.file);
    return film ? squareOf(**film, 0, size, crop) : tl::unexpected(film.error());
#else
    (void)size, (void)crop;
    return fail(ErrorCode::FormatUnsupported,
                sample.file.string() + ": this build reads prepared sets only (hilum-cli prepare)");
#endif
}

TrainingFilm bareFilm(const Sample &sample, const Recipe &recipe)
{
    const auto label = std::ranges::find(recipe.classes, sample.label) - recipe.classes.begin();
    return {.label = static_cast<int>(label),
            .film = sample.name,
            .group = sample.group,
            .source = sample.source,
            .fold = sample.fold};
}

enum class Keep { Square, Grey };

// Training films as squares with room for cropping; the others exactly as a network reads them.
std::vector<TrainingFilm> loadFilms(const std::vector<Sample> &samples, const Recipe &recipe, Keep keep,
                                    int size, bool asJson, int &unreadable)
{
    std::vector<TrainingFilm> films;
    films.reserve(samples.size());
    for (const Sample &sample : samples) {
        const auto square = readSquare(sample, size, recipe.input.crop);
        if (!square) {
            reportFailure(sample.name, square.error(), asJson);
            ++unreadable;
            continue;
        }
        films.push_back(bareFilm(sample, recipe));
        if (keep == Keep::Square)
            films.back().square = squareGrey(*square);
        else
            films.back().grey = unitGrey(*square);
    }
    return films;
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

void tellWhatIsLeftOut(const Dataset &dataset)
{
    if (dataset.besideClasses > 0)
        std::fprintf(stderr, "left out, in no class folder: %d films\n", dataset.besideClasses);
    for (const std::string &folder : dataset.emptyClasses)
        std::fprintf(stderr, "left out, without a film: %s\n", folder.c_str());
}

Result<Split> splitAndTell(Dataset &dataset, Recipe &recipe, const std::filesystem::path &path)
{
    tellWhatIsLeftOut(dataset);
    if (const auto fits = checkSplit(dataset, recipe.split, path.string()); !fits)
        return tl::unexpected(fits.error());
    settleClasses(dataset, recipe);
    Split split = splitDataset(dataset, recipe.split, recipe.seed);
    std::fprintf(stderr, "reading %zu training, %zu validation and %zu held-out films\n", split.train.size(),
                 split.validation.size(), split.heldOut.size());
    return split;
}

Result<TrainFilms> fromPrepared(PreparedSet prepared, Recipe &recipe, const std::filesystem::path &path)
{
    Dataset dataset{prepared.samples};
    for (std::size_t i = 0; i < dataset.samples.size(); ++i)
        dataset.samples[i].file = std::to_string(i); // where its square stands
    const auto split = splitAndTell(dataset, recipe, path);
    if (!split)
        return tl::unexpected(split.error());
    const auto take = [&](const std::vector<Sample> &samples) {
        std::vector<TrainingFilm> films;
        for (const Sample &sample : samples) {
            films.push_back(bareFilm(sample, recipe));
            films.back().square = std::move(prepared.squares[std::stoul(sample.file.string())]);
        }
        return films;
    };
    return TrainFilms{{take(split->train), take(split->validation), take(split->heldOut)}, 0};
}

Result<TrainFilms> readParts(const std::filesystem::path &path, Recipe &recipe, int squareSize, bool asJson)
{
    if (isPreparedSet(path)) {
        auto prepared = readPreparedSet(path);
        if (!prepared)
            return tl::unexpected(prepared.error());
        if (prepared->crop != recipe.input.crop)
            return fail(ErrorCode::UsageWrong,
                        path.string()
                            + ": expected films cropped as the recipe's input.crop says, found the other");
        return fromPrepared(std::move(*prepared), recipe, path);
    }
    auto dataset = readDataset(path);
    if (!dataset)
        return tl::unexpected(dataset.error());
    const auto split = splitAndTell(*dataset, recipe, path);
    if (!split)
        return tl::unexpected(split.error());
    const Keep rest = squareSize > 0 ? Keep::Square : Keep::Grey;
    const int restSize = squareSize > 0 ? squareSize : recipe.input.size;
    TrainFilms films;
    films.set.train = loadFilms(split->train, recipe, Keep::Square,
                                squareSize > 0 ? squareSize : trainingSquare, asJson, films.unreadable);
    films.set.validation = loadFilms(split->validation, recipe, rest, restSize, asJson, films.unreadable);
    films.set.heldOut = loadFilms(split->heldOut, recipe, rest, restSize, asJson, films.unreadable);
    return films;
}

} // namespace

Result<TrainFilms> readTrainFilms(const std::filesystem::path &path, Recipe &recipe, int squareSize,
                                  bool asJson)
{
    auto films = readParts(path, recipe, squareSize, asJson);
    if (!films || recipe.loss.softLabels.empty())
        return films;
    const auto named = addSoftLabels(films->set.train, recipe.loss.softLabels, recipe.classes);
    if (!named)
        return tl::unexpected(named.error());
    std::fprintf(stderr, "%zu of %zu training films have soft labels\n", *named, films->set.train.size());
    return films;
}

Result<Prepared> prepareFilms(const std::filesystem::path &path, int size, Crop crop)
{
    const auto dataset = readDataset(path);
    if (!dataset)
        return tl::unexpected(dataset.error());
    Prepared prepared{{size, crop, {}, {}}, 0};
    for (const Sample &sample : dataset->samples) {
        const auto square = readSquare(sample, size, crop);
        if (!square) {
            reportFailure(sample.name, square.error(), false);
            ++prepared.unreadable;
            continue;
        }
        prepared.set.samples.push_back(sample);
        prepared.set.squares.push_back(squareGrey(*square));
    }
    return prepared;
}

} // namespace hilum::cli
