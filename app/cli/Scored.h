// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Scored: a predictions.csv as films that core/metrics can evaluate.
//
// Shape:   the classes are the columns p_<class> in their order.
// Errors:  FileUnreadable; ModelMismatch for a missing column, or a truth that is no class.
#pragma once

#include "core/base/Result.h"
#include "core/metrics/Evaluation.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilum::cli {

struct ScoredSet {
    std::vector<std::string> labels;
    std::vector<ScoredFilm> films;
};

// A file, or a package's folder that holds predictions.csv.
[[nodiscard]] Result<ScoredSet> readScored(const std::filesystem::path &fileOrFolder);
[[nodiscard]] Result<void> writeScored(const ScoredSet &set, const std::filesystem::path &file);
// Beside the target, then renamed over it.
[[nodiscard]] Result<void> writeWhole(const std::filesystem::path &file, const std::string &text);

} // namespace hilum::cli
