// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Dataset: the films of a manifest, and a split that never lets one patient stand on both sides.
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
    int fold = -1;
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

struct Split {
    std::vector<Sample> train;
    std::vector<Sample> validation;
    std::vector<Sample> heldOut;
};

// Every group gets one of `folds` folds: its manifest's fold where one of its films has one, else
// the fold that evens out label and source. heldOutFold becomes heldOut; of the rest the given share
// of groups becomes validation. Deterministic for a seed.
[[nodiscard]] Split splitByPatient(const Dataset &dataset, int folds, int heldOutFold, double validationShare,
                                   std::uint64_t seed);

} // namespace hilum
