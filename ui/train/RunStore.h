// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// RunStore: the user's model folder: networks that were trained there and runs that are not done.
//
// A run is a folder with run.json (what was asked for), recipe.json and, for a folder of folders,
// manifest.csv; the training adds checkpoint, history and at last card.json, and the run is a network.
// Nothing outside the user's folder is ever renamed or removed.
//
// Errors:  FileUnreadable where the disk refuses, UsageWrong for a name or a folder that is not the user's.
// Threads: UI thread; small files only.
#pragma once

#include "core/base/Result.h"
#include "ui/train/RecipeOffer.h"
#include "ui/train/TrainingSource.h"

#include <QDateTime>

#include <optional>

namespace hilum::ui {

struct StoredRun {
    QString name; // of the network and of its folder
    QString folder;
    QString manifest; // what the training reads
    QString source; // what the user chose
    QJsonObject recipe;
    QString recipeTitle;
    QDateTime begun;
    int threads = 0;
    int epochs = 0;
    int epochsDone = 0;

    QString recipeFile() const { return folder + QStringLiteral("/recipe.json"); }
};

class RunStore {
public:
    explicit RunStore(QString root);

    const QString &root() const { return m_root; }
    // Why a network can't have this name; empty when it can. `taken`: ids that exist elsewhere.
    QString nameProblem(const QString &name, const QStringList &taken) const;
    // Like `wish`, but one that can be had.
    QString freeName(const QString &wish, const QStringList &taken) const;

    [[nodiscard]] Result<StoredRun> create(const QString &name, const TrainingSource &source,
                                           const RecipeOffer &recipe, const TrainingSettings &settings) const;
    std::vector<StoredRun> unfinished() const; // the latest first
    std::optional<StoredRun> run(const QString &name) const; // finished or not
    bool isFinished(const QString &name) const;
    bool owns(const QString &folder) const;

    [[nodiscard]] Result<void> remove(const QString &name) const;
    [[nodiscard]] Result<void> rename(const QString &name, const QString &newName) const;

    // Films a second as an earlier run of the same architecture and input size measured them.
    void keepRate(const QString &name, double filmsPerSecond) const;
    std::optional<double> rateOf(const QString &architecture, int size) const;

private:
    QString folderOf(const QString &name) const { return m_root + QLatin1Char('/') + name; }

    QString m_root;
};

// Where the user's own networks live; empty where there is no home.
[[nodiscard]] QString userModelFolder();

} // namespace hilum::ui
