// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PreparedSet: films decoded once, as one file that travels: 8-bit squares and what a split must know.
//
// Shape:   "HILUMSET", u64 length of the header, the header as JSON, then one square after the other,
//          row-major, size x size; little-endian. The header has the squares' sha256. A film's key "split"
//          is left out where the data set says nothing of it, as in sets that were written before it was.
// Units:   0 black to 255 white, as TrainingFilm keeps squares.
// Errors:  readPreparedSet: FileUnreadable; DataCorrupt naming file, expected and found for any length,
//          key, type or sum that is not right. LimitExceeded when a header is larger than 256 MB.
// Threads: pure functions over files.
#pragma once

#include "core/base/Result.h"
#include "core/dataset/Dataset.h"
#include "core/film/Plane.h"
#include "core/nn/InputSpec.h"

#include <filesystem>
#include <vector>

namespace hilum {

struct PreparedSet {
    int size = 256;
    Crop crop = Crop::CentreSquare;
    std::vector<Sample> samples; // no file
    std::vector<Plane<std::uint8_t>> squares; // one for each sample
};

[[nodiscard]] bool isPreparedSet(const std::filesystem::path &file); // by its first eight bytes
[[nodiscard]] Result<PreparedSet> readPreparedSet(const std::filesystem::path &file);
// Written beside the target and renamed over it.
[[nodiscard]] Result<void> writePreparedSet(const PreparedSet &set, const std::filesystem::path &file);

} // namespace hilum
