// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// BatchFilms: what `batch` is asked to read, as one list in a fixed order.
//
// A folder: its manifest.csv, its DICOMDIR, or every file below it that is not hidden, sorted by name. A CSV
// with a column file (label, group, origin and others as in a manifest, where they are there). A .txt or
// .lst: a path a line, from the list's own folder. A DICOMDIR. Anything else: a film.
//
// Errors:  FileUnreadable, UsageWrong, those of manifests and DICOMDIRs. A film that isn't there is in the
// list: its
//          error belongs into the results.
// Threads: pure functions over files.
#pragma once

#include "core/base/Result.h"
#include "core/dataset/Dataset.h"

#include <string>
#include <vector>

namespace hilum::cli {

[[nodiscard]] Result<std::vector<Sample>> batchFilms(const std::vector<std::string> &paths);
// Of all names in order: the same list has the same, wherever it lies.
[[nodiscard]] std::string sha256OfNames(const std::vector<Sample> &films);

} // namespace hilum::cli
