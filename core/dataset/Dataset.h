// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Dataset: the films of a manifest, with what a split and a trainer must know of them.
//
// A manifest is a CSV with a header and at least `file,label`; `group`, `fold`, `linked_fold`,
// `source_repo` and `origin` are used where they are there, other columns are ignored. A folder of folders
// is a data set, too: class-name/film.png, or train/class-name/film.png.
//
// Errors:  readManifest: FileUnreadable; UsageWrong naming line, expected and found. readFolder:
//          FileUnreadable; UsageWrong when no folder in it holds a file.
// Threads: pure functions.
#pragma once

#include "core/base/Result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace hilum {

struct Sample {
    std::filesystem::path file; // absolute
    std::string name; // as the manifest names it
    std::string label;
    std::string group; // the film's own name when the manifest has none
    std::string source; // origin, else source_repo, else empty
    int fold = -1; // `fold`, else `linked_fold`
    bool linked = false; // only `linked_fold` is given: a film of the same patient has that fold
};

struct Dataset {
    std::vector<Sample> samples;
};

[[nodiscard]] Result<Dataset> readManifest(const std::filesystem::path &file);

// The films (dcm, dicom, png, jpg, jpeg) below a folder; the innermost folder is the label, `name` is the
// path below `folder`, and each film is its own group. Hidden files are left out; sorted by name.
[[nodiscard]] Result<Dataset> readFolder(const std::filesystem::path &folder);

// A folder by readFolder, or by the manifest.csv that lies in it; anything else by readManifest.
[[nodiscard]] Result<Dataset> readDataset(const std::filesystem::path &path);

} // namespace hilum
