// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DeskSet: one network's predictions as the desk holds them: films with truth and probabilities, what else is
// known of each (source, fold, view, age band, sex), and where its file lies.
//
//     const auto set = readDeskSet("predictions.csv", {"manifest.csv"});
//
// A manifest is joined by the films' names: its columns stand beside those of the predictions, its label
// stands for a truth that they lack, and its folder says where the films are.
//
// Shape:   `files` and every column have one value a film. Ages in years become bands.
// Errors:  those of PredictionFile.h and Csv.h; UsageWrong when a manifest names none of the films. Each
//          names the file, what was expected and what was found.
// Threads: values and pure functions over files.
#pragma once

#include "core/compare/FilmComparison.h"
#include "core/metrics/Evaluation.h"
#include "core/report/Csv.h"

#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace hilum::ui {

struct DeskColumn {
    std::string name; // "source", "fold", "view", "age", "sex"
    std::vector<std::string> values; // sorted
    std::vector<int> of; // of each film, its place in values; -1: not said
};

struct DeskSet {
    std::string title; // "VGG16", "predictions.csv"
    std::string modelId; // empty: not known
    std::string provenance; // what stands in every stamp
    std::filesystem::path file;
    std::vector<std::string> labels;
    std::vector<ScoredFilm> films;
    std::vector<std::filesystem::path> files; // empty path: not known
    std::vector<DeskColumn> columns;
    std::unordered_map<std::string, int> byName;

    const DeskColumn *column(const std::string &name) const;
    int filmOf(const std::string &name) const; // -1: none
    // The film that lies there: by its path, else by a name that the path ends with; -1: none.
    int filmAt(const std::filesystem::path &path) const;
    int filesKnown() const;
};
using DeskSetPtr = std::shared_ptr<const DeskSet>;

struct DeskSource {
    std::filesystem::path file;
    std::string title; // empty: the file's name
    std::string modelId;
    std::string provenance; // empty: the file's name
};

// `manifest` may be empty.
[[nodiscard]] Result<DeskSetPtr> readDeskSet(const DeskSource &source, const std::filesystem::path &manifest);
// Of predictions that are there already; `table` row `rows[i]` is film i.
[[nodiscard]] std::vector<DeskColumn> columnsOf(const CsvTable &table, const std::vector<std::size_t> &rows,
                                                const std::vector<ScoredFilm> &films);
// Both networks of a comparison; films without a truth are left out.
[[nodiscard]] Result<std::vector<DeskSetPtr>> deskSetsOf(const FilmComparison &comparison);

} // namespace hilum::ui
