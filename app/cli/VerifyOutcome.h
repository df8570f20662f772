// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// VerifyOutcome: which numbers of a report come out again, and which files of it are as they were.
//
// Errors:  verifyFilmReport: those of the report, of its film and of its networks; UsageWrong where it does
//          not tell where its film lies, and nobody else does.
#pragma once

#include "app/cli/Output.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilum::cli {

struct Difference {
    std::string key;
    Json report;
    Json now;
};

struct Outcome {
    std::size_t reproduced = 0; // numbers
    std::vector<Difference> different;
    std::vector<std::string> files; // what is wrong with them
};

// Numbers are the same to `sameTo` of their size, or of 1.
void compare(const std::string &key, const Json &report, const Json &now, double sameTo, Outcome &outcome);
void checkHash(const std::filesystem::path &file, const std::string &expected, const std::string &name,
               Outcome &outcome);

// `film`: where it lies; empty: where the report says, or beside the report by its name.
[[nodiscard]] Result<Outcome> verifyFilmReport(const std::filesystem::path &file, const std::string &film);

} // namespace hilum::cli
