// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Dataset: the films of a manifest, with what a split and a trainer must know of them.
//
// A manifest is a CSV with a header and at least `file,label`; `group`, `fold`, `linked_fold`, `split`,
// `source_repo` and `origin` are used where they are there, other columns are ignored. Names of columns may
// be in any case; blanks around names and cells don't count. `part` or `subset` stands in for `split` where
// every cell of it names a part. A folder of folders is a data set, too: class-name/film.png, or
// train/class-name/film.png.
//
// Errors:  readManifest: those of readCsv; UsageWrong naming line, expected and found: no column file or
//          label, a fold that is no number, a film without a name or named twice. readFolder:
//          FileUnreadable; UsageWrong when no folder in it holds a film.
// Threads: pure functions.
#pragma once

#include "core/base/Result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hilum {

// Where a data set itself says that a film belongs. A patient of several stands in the last of them.
enum class SplitPart { Undecided, Train, Validation, HeldOut };

// train, training; val, valid, validation; test, testing, held-out; in any case. Nothing is Undecided; a
// word that is none of these has no value.
[[nodiscard]] std::optional<SplitPart> partNamed(std::string_view word);

struct Sample {
    std::filesystem::path file; // absolute
    std::string name; // as the manifest names it
    std::string label;
    std::string group; // the film's own name when the manifest has none
    std::string source; // origin, else source_repo, else empty
    int fold = -1; // `fold`, else `linked_fold`
    bool linked = false; // only `linked_fold` is given: a film of the same patient has that fold
    std::string split; // as the data set words it, perhaps no part's name
    int line = 0; // of the manifest; 0: of none
};

struct Dataset {
    std::vector<Sample> samples;
    // What readFolder left out; a caller that has somebody to tell it to says so.
    int besideClasses = 0; // films that lie in no class folder
    std::vector<std::string> emptyClasses{}; // class folders without a film
};

[[nodiscard]] Result<Dataset> readManifest(const std::filesystem::path &file);

// The films (dcm, dicom, png, jpg, jpeg) below a folder. The first level names the class; where all its
// folders with films are named like parts, they are each film's `split`, and the second level names the
// class. `name` is the path below `folder`, and each film is its own group. Hidden files are left out; links
// are followed, but each folder is read once, by its own path if it has one below `folder`. Sorted by name.
// A lone folder around the class folders, as archives leave it, is looked through.
[[nodiscard]] Result<Dataset> readFolder(const std::filesystem::path &folder);

// A folder by readFolder, or by the manifest.csv that lies in it; anything else by readManifest.
[[nodiscard]] Result<Dataset> readDataset(const std::filesystem::path &path);

} // namespace hilum
