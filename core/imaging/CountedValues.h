// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// CountedValues: values with how often each occurs, and the percentiles of such a list.
//
// Shape:   ascending by value, and not empty, for every function here.
// Errors:  none; a list that is empty is a bug and is an assert.
// Threads: pure functions; linear in the list.
#pragma once

#include "core/imaging/Window.h"

#include <cstddef>
#include <span>

namespace hilum {

struct CountedValue {
    double value = 0;
    std::size_t count = 0;
};

[[nodiscard]] std::size_t totalCount(std::span<const CountedValue> counted);

// Nearest rank: the position, from 1, of the smallest value with at least `part` (0 to 1) of all at or
// below it.
[[nodiscard]] std::size_t rankOf(double part, std::size_t total);
// The value at a position, counted from 1, in ascending order.
[[nodiscard]] double valueAtRank(std::span<const CountedValue> counted, std::size_t rank);

// LINEAR_EXACT, so that the two ends are black and white exactly, also for a film of fractions.
[[nodiscard]] Window windowSpanning(double low, double high);
// Between two percentiles, as parts of 1.
[[nodiscard]] Window windowBetween(std::span<const CountedValue> counted, double lowPart, double highPart);

} // namespace hilum
