// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Strength: the one number of a change that a slider turns and a plot runs along.
//
// Units:   as the change's own field; `plain` is where the film is as it was, within the scale.
// Errors:  none; inverting, flipping and squeezing have no strength: they are done or not.
// Threads: pure functions.
#pragma once

#include "core/lab/FilmChange.h"

#include <optional>

namespace hilum {

struct StrengthScale {
    double low = 0;
    double high = 1;
    double plain = 0;
    bool isLogarithmic = false;
    bool isWhole = false; // whole numbers only

    // 0 to 1 along the scale, and back.
    double shareOf(double value) const;
    double valueAt(double share) const;
};

[[nodiscard]] std::optional<StrengthScale> strengthScale(const FilmChange &change);
[[nodiscard]] double strengthOf(const FilmChange &change); // 1 where there is none
[[nodiscard]] FilmChange withStrength(FilmChange change, double strength);

} // namespace hilum
