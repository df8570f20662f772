// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Duplicates: pairs of films that are one picture.
//
// Films of one file or of the same samples are found by their hashes. Other pairs, mirrored ones too, are
// candidates when their perceptual hashes differ in few bits, and pairs when the detail of both pictures
// correlates. Of several copies each is paired with the first.
//
// Shape:   sorted: across classes first, then across splits, then the rest by correlation.
// Errors:  Cancelled.
// Threads: uses `threads` of its own.
// Source:  Zauner 2010 (perceptual hash by the DCT).
#pragma once

#include "core/audit/FilmLook.h"

#include <functional>
#include <stop_token>

namespace hilum {

[[nodiscard]] Result<std::vector<DuplicatePair>> findDuplicates(const std::vector<FilmLook> &looks,
                                                                int threads,
                                                                const std::function<void(double)> &progress,
                                                                std::stop_token stop);

} // namespace hilum
