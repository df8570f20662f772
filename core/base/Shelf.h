// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Shelf: JSON files that the program finds by name: recipes, experiments.
//
// Looked for in the folder that an environment variable names, then beside the program or above it:
// share/hilum/FOLDER where it is installed, resources/FOLDER in a build tree.
//
// Errors:  findOn: FileUnreadable naming what there is.
// Threads: pure functions over files.
#pragma once

#include "core/base/Result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilum {

struct Shelf {
    const char *variable; // "HILUM_RECIPES"
    const char *folder; // "recipes"
    const char *what; // "recipe", for errors
};

[[nodiscard]] std::vector<std::filesystem::path> rootsOf(const Shelf &shelf);
// The files NAME.json of the roots, sorted by name; the first root wins.
[[nodiscard]] std::vector<std::filesystem::path> filesOn(const Shelf &shelf);
// A file, or else a name that a root has.
[[nodiscard]] Result<std::filesystem::path> findOn(const Shelf &shelf, const std::string &nameOrFile);

} // namespace hilum
