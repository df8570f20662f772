// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TrainingSource: the films that somebody wants to train with, and what can be said of them at once:
// a folder of folders (class-name/film.png) or a manifest (CSV).
//
// The same films under the same labels as the command line reads (core/dataset); whether each can be decoded
// is seen when it is.
//
// Errors:  inspectSource: words that say what is wrong with the choice and what to do.
// Threads: pure functions over files; thousands of files take seconds, so on the decode lane.
#pragma once

#include "core/dataset/Dataset.h"
#include "core/train/Recipe.h"
#include "ui/bridge/ErrorText.h"

#include <QString>
#include <QStringList>

#include <stop_token>
#include <vector>

namespace hilum::ui {

struct TrainingClass {
    std::string label;
    int films = 0;
    int patients = 0; // films, where patients are not known
};

struct TrainingSource {
    enum class Kind { Folders, Manifest };

    Kind kind = Kind::Folders;
    QString path;
    Dataset dataset;
    std::vector<TrainingClass> classes; // by label
    std::vector<std::string> origins; // collections, where the manifest names them
    bool knowsPatients = false;
    int others = 0; // files of a folder that are no films by their names
    int missing = 0; // of a manifest: films that are not there

    int films() const { return static_cast<int>(dataset.samples.size()); }
};

[[nodiscard]] tl::expected<TrainingSource, ErrorWords> inspectSource(const QString &path,
                                                                     std::stop_token stop);

// What becomes of the films, counted by the same division as the training's own.
struct SplitOutlook {
    int train = 0;
    int validation = 0;
    int heldOut = 0;
    QString problem; // why these films can't be trained with; empty: they can
    QString sentence; // what the held-out part will and will not show
};

// Films of classes that the recipe does not name are left out.
[[nodiscard]] SplitOutlook outlookOf(const TrainingSource &source, const Recipe &recipe);

// "9 of 10 held-out films right: anything between 60 % and 98 % (95 % interval)"
[[nodiscard]] QString heldOutSentence(int right, int films);
// A warning where the interval is too wide to tell much; empty otherwise.
[[nodiscard]] QString fewFilmsWarning(int films);

// As a manifest with absolute paths, for the training.
[[nodiscard]] Result<void> writeManifest(const TrainingSource &source, const std::filesystem::path &file);

} // namespace hilum::ui
