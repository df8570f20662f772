// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/RecipeOffer.h"

#include "ui/bridge/Convert.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("RecipeOffer", text); }

const QLatin1String stagesKey("stages");
const QLatin1String inputKey("input");
const QLatin1String sizeKey("size");
const QLatin1String epochsKey("epochs");
const QLatin1String batchKey("batch");
const QLatin1String splitKey("split");
const QLatin1String optimiserKey("optimiser");
const QLatin1String peakKey("peakLearningRate");
const QLatin1String stageRateKey("learningRate");

std::vector<QJsonObject> stagesOf(const QJsonObject &recipe)
{
    std::vector<QJsonObject> stages;
    for (const QJsonValue &stage : recipe.value(stagesKey).toArray())
        stages.push_back(stage.toObject());
    if (stages.empty())
        stages.push_back({});
    return stages;
}

int rank(const RecipeOffer &offer) { return offer.isQuick() ? 0 : offer.isHistory() ? 2 : 1; }

} // namespace

RecipeShelf readShelf(const std::vector<std::filesystem::path> &files)
{
    RecipeShelf shelf;
    for (const std::filesystem::path &path : files) {
        const QFileInfo info(toText(path));
        QFile file(info.filePath());
        const QJsonDocument document
            = file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()) : QJsonDocument();
        RecipeOffer offer;
        offer.json = document.object();
        offer.file = info.filePath();
        offer.name = offer.json.value(QLatin1String("name")).toString(info.completeBaseName());
        offer.title = offer.json.value(QLatin1String("title")).toString(offer.name);
        offer.description = offer.json.value(QLatin1String("description")).toString();
        if (const auto read = checkedRecipe(offer.json, offer); !read)
            shelf.broken << tr("%1 holds no recipe: %2").arg(info.fileName(), toText(read.error().detail));
        else
            shelf.offers.push_back(std::move(offer));
    }
    std::ranges::stable_sort(shelf.offers, [](const RecipeOffer &a, const RecipeOffer &b) {
        return rank(a) != rank(b) ? rank(a) < rank(b) : a.title.localeAwareCompare(b.title) < 0;
    });
    return shelf;
}

Result<Recipe> checkedRecipe(const QJsonObject &recipe, const RecipeOffer &from)
{
    return recipeFromJson(QJsonDocument(recipe).toJson().toStdString(), from.name.toStdString(),
                          toPath(QFileInfo(from.file).absolutePath()));
}

TrainingSettings settingsOf(const QJsonObject &recipe)
{
    TrainingSettings settings;
    const auto stages = stagesOf(recipe);
    if (recipe.contains(stagesKey)) {
        settings.epochs = 0;
        for (const QJsonObject &stage : stages)
            settings.epochs += stage.value(epochsKey).toInt(1);
        settings.batch = stages.back().value(batchKey).toInt(settings.batch);
    }
    settings.size = recipe.value(inputKey).toObject().value(sizeKey).toInt(
        stages.back().value(sizeKey).toInt(settings.size));
    settings.filmsPerEpoch = recipe.value(QLatin1String("filmsPerEpoch")).toInt(0);
    settings.learningRate = recipe.value(optimiserKey)
                                .toObject()
                                .value(peakKey)
                                .toDouble(stages.back().value(stageRateKey).toDouble(settings.learningRate));
    settings.seed = recipe.value(QLatin1String("seed")).toInteger(settings.seed);
    const QJsonObject split = recipe.value(splitKey).toObject();
    settings.folds = split.value(QLatin1String("folds")).toInt(settings.folds);
    settings.validation = split.value(QLatin1String("validation")).toDouble(settings.validation);
    return settings;
}

QJsonObject withSettings(QJsonObject recipe, const TrainingSettings &wanted)
{
    const TrainingSettings had = settingsOf(recipe);
    auto stages = stagesOf(recipe);
    const int count = static_cast<int>(stages.size());
    int left = std::max(wanted.epochs, count);
    for (int i = 0; i < count; ++i) {
        QJsonObject &stage = stages[static_cast<std::size_t>(i)];
        const int stageHad = stage.value(epochsKey).toInt(had.epochs);
        const int after = count - 1 - i; // each of them has an epoch at least
        const int share
            = static_cast<int>(std::lround(1.0 * stageHad * wanted.epochs / std::max(1, had.epochs)));
        const int epochs = after == 0 ? left : std::clamp(share, 1, left - after);
        left -= epochs;
        stage[epochsKey] = epochs;
        stage[batchKey] = std::min(wanted.batch, 4096);
        const int size = stage.value(sizeKey).toInt(had.size);
        stage[sizeKey] = after == 0 ? wanted.size : std::min(size, wanted.size);
        if (stage.contains(stageRateKey))
            stage[stageRateKey] = stage[stageRateKey].toDouble() * wanted.learningRate / had.learningRate;
    }
    QJsonArray array;
    for (const QJsonObject &stage : stages)
        array.append(stage);
    recipe[stagesKey] = array;
    QJsonObject input = recipe.value(inputKey).toObject();
    input[sizeKey] = wanted.size;
    recipe[inputKey] = input;
    QJsonObject split = recipe.value(splitKey).toObject();
    split[QLatin1String("folds")] = wanted.folds;
    split[QLatin1String("validation")] = wanted.validation;
    recipe[splitKey] = split;
    QJsonObject optimiser = recipe.value(optimiserKey).toObject();
    optimiser[peakKey] = wanted.learningRate;
    recipe[optimiserKey] = optimiser;
    recipe[QLatin1String("filmsPerEpoch")] = wanted.filmsPerEpoch;
    recipe[QLatin1String("seed")] = wanted.seed;
    if (!wanted.startFile.isEmpty())
        recipe[QLatin1String("init")] = wanted.startFile;
    return recipe;
}

} // namespace hilum::ui
