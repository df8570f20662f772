// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Experiment: a named list of changes, as a file that runs over any film.
//
//     {"schemaVersion": 1, "name": "pasted-r", "title": "An R in the corner",
//      "changes": [{"change": "text", "text": "R", "x": 0.1, "y": 0.1, "height": 0.08}]}
//
// Each change names its kind; every other key may be left out and then has the value of FilmChange.h.
//
// Units:   see FilmChange.h.
// Errors:  UsageWrong naming file, key, expected and found: unknown keys and wrong types too.
//          FileUnreadable when the file can't be read or written, or no experiment has that name.
// Threads: values and pure functions over files.
#pragma once

#include "core/lab/FilmChange.h"

#include <filesystem>

namespace hilum {

struct Experiment {
    std::string name;
    std::string title;
    std::string description;
    std::vector<FilmChange> changes;

    bool operator==(const Experiment &) const = default;
};

// The word for a change's kind in files: "rectangle".
[[nodiscard]] std::string changeName(const FilmChange &change);
// A change of every kind, with its first values.
[[nodiscard]] const std::vector<FilmChange> &everyChange();

// `where` names the text in errors.
[[nodiscard]] Result<Experiment> experimentFromJson(const std::string &text, const std::string &where);
[[nodiscard]] std::string experimentToJson(const Experiment &experiment);
[[nodiscard]] Result<Experiment> readExperiment(const std::filesystem::path &file);
[[nodiscard]] Result<void> writeExperiment(const Experiment &experiment, const std::filesystem::path &file);

// experiments/ beside the program or above it, HILUM_EXPERIMENTS before it.
[[nodiscard]] std::vector<std::filesystem::path> listExperiments();
// A file, or else a name that a root has.
[[nodiscard]] Result<std::filesystem::path> findExperiment(const std::string &nameOrFile);

} // namespace hilum
