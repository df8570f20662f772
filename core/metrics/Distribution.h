// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Distribution: how a group of films' probabilities lie: counts in bars, and the figures of a box plot.
//
// Shape:   bars of equal width from 0 to 1; a bar holds low <= p < high, the last one high, too.
// Units:   probabilities, 0 to 1.
// Errors:  NaN for no films; a probability that is not 0 to 1 is a bug.
// Threads: pure functions; O(n log n).
// Source:  Tukey 1977: whiskers end at the last film within 1.5 interquartile ranges. Quantiles are linear
//          between films, as NumPy's.
#pragma once

#include <span>
#include <vector>

namespace hilum {

[[nodiscard]] std::vector<int> scoreBars(std::span<const double> probabilities, int bars);

struct BoxFigures {
    int films = 0;
    double mean = 0;
    double least = 0;
    double lowWhisker = 0;
    double lowQuartile = 0;
    double median = 0;
    double highQuartile = 0;
    double highWhisker = 0;
    double most = 0;
    int outside = 0; // films beyond the whiskers
};

[[nodiscard]] BoxFigures boxFigures(std::span<const double> probabilities);

} // namespace hilum
