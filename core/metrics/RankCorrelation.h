// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// RankCorrelation: do two series rise and fall together?
//
// Units:   -1 to 1; equal values have the mean of their ranks.
// Errors:  NaN when either is flat or empty; lengths that differ are a bug.
// Threads: pure function; linear but for sorting.
// Source:  Spearman 1904.
#pragma once

#include <span>

namespace hilum {

[[nodiscard]] double rankCorrelation(std::span<const float> a, std::span<const float> b);

} // namespace hilum
