// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// CrossValidation: trainings that leave a different part out each, and what they say of that part.
//
// A training is a `hilum-cli train` of its own, so that one that was stopped goes on and one that is done
// is not repeated. By patient and by film the parts are folds, and only films of the benchmark set (those
// with a fold in the manifest; every film when the manifest has none) are scored; by source each source is
// a part.
//
// Shape:   DIR/<protocol>/<part>/ is a model package; beside them predictions.csv, report.json, report.md of
//          the parts that are done; DIR/report.json and DIR/report.md of all protocols and their gap;
//          rows.md, comparisons.md and gap.md are lines for tables of several networks.
// Errors:  those of reading; UsageWrong when the folder holds parts of another recipe.
// Threads: one at a time for each folder.
#pragma once

#include "app/cli/Scored.h"
#include "core/dataset/Dataset.h"
#include "core/train/Recipe.h"

#include <string>
#include <vector>

namespace hilum::cli {

enum class Protocol { Patient, Image, Source };

[[nodiscard]] std::string nameOf(Protocol protocol);

struct Part {
    std::string name; // "fold-0", "nih-chestx-ray14"
    std::filesystem::path folder;
    std::vector<std::string> settings; // KEY=VALUE for train --set

    bool isDone() const;
};

struct CrossValidation {
    Protocol protocol = Protocol::Patient;
    std::filesystem::path folder; // of the protocol
    std::vector<Part> parts;
};

// `settings` come before those of the parts; "{fold}" in them becomes the part's name ("0" for fold-0).
[[nodiscard]] CrossValidation planOf(const Dataset &dataset, const Recipe &recipe, Protocol protocol,
                                     int folds, SplitOnly only, const std::vector<std::string> &settings,
                                     const std::filesystem::path &root);

// The recipe with its settings is kept in the protocol's folder; another one there is refused.
[[nodiscard]] Result<void> keepRecipe(const CrossValidation &plan, const Recipe &recipe,
                                      const std::vector<std::string> &settings);

// predictions.csv and the reports, from the parts that are done; gives how many are.
[[nodiscard]] Result<int> report(const CrossValidation &plan, const Dataset &dataset);
// DIR/report.json and report.md, from the protocols that have predictions.
[[nodiscard]] Result<std::string> reportAll(const std::filesystem::path &root, const std::string &title);

} // namespace hilum::cli
