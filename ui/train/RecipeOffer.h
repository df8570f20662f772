// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// RecipeOffer: a recipe as the chooser shows it, and the few of its settings that people change.
//
// The window edits the recipe's JSON and leaves alone what it does not know; the training reads and checks
// it (core/train/Recipe.h).
//
// Units:   learning rates a step; validation a share, 0 to 1; sizes in pixels.
// Errors:  a file that holds no recipe is left out of the offers and named by `broken`.
// Threads: pure functions over files.
#pragma once

#include "core/train/Recipe.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <filesystem>
#include <vector>

namespace hilum::ui {

struct RecipeOffer {
    QString name; // "densenet121"
    QString title;
    QString description;
    QString file;
    QJsonObject json;

    bool isHistory() const { return !json.value(QLatin1String("history")).toObject().isEmpty(); }
    // Trained in seconds: only a new head over features that exist.
    bool isQuick() const
    {
        return json.contains(QLatin1String("frozen")) && json.contains(QLatin1String("init")) && !isHistory();
    }
    QString architecture() const { return json.value(QLatin1String("architecture")).toString(); }
};

struct RecipeShelf {
    std::vector<RecipeOffer> offers; // quick ones first, the student projects last, else by title
    QStringList broken; // sentences
};

[[nodiscard]] RecipeShelf readShelf(const std::vector<std::filesystem::path> &files);

struct TrainingSettings {
    int epochs = 10;
    int size = 224;
    int batch = 16;
    int filmsPerEpoch = 0; // 0: as many as there are
    double learningRate = 1e-3;
    qint64 seed = 20200401;
    int folds = 5; // one of so many is held out
    double validation = 0.1;
    QString startFile; // weights to start from; empty: what the recipe says
    int threads = 0; // 0: every core

    bool operator==(const TrainingSettings &) const = default;
};

[[nodiscard]] TrainingSettings settingsOf(const QJsonObject &recipe);
// Epochs are shared out over the recipe's stages as they were.
[[nodiscard]] QJsonObject withSettings(QJsonObject recipe, const TrainingSettings &settings);
// As the training will read it.
[[nodiscard]] Result<Recipe> checkedRecipe(const QJsonObject &recipe, const RecipeOffer &from);

} // namespace hilum::ui
