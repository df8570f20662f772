// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Auc: areas under ROC curves with their uncertainty, of one classifier or of two on the same films.
//
// Shape:   one score and one truth a film.
// Units:   areas 0 to 1; standard errors in the same; p two-sided.
// Errors:  NaN in every field when a side is empty or a score is not a number. One film on a side
//          gives an area and no standard error (NaN), and the interval 0 to 1.
// Threads: pure functions; O(n log n).
// Source:  DeLong, DeLong, Clarke-Pearson 1988; by midranks as Sun, Xu 2014. Intervals are normal, cut at
//          0 and 1.
#pragma once

#include "core/metrics/ConfusionMatrix.h"

#include <cstdint>
#include <span>

namespace hilum {

struct AucEstimate {
    double area = 0;
    double standardError = 0;
    Interval interval; // 95 %
    int positives = 0;
    int negatives = 0;
};

[[nodiscard]] AucEstimate aucEstimate(std::span<const double> scores, std::span<const std::uint8_t> positive);

struct AucComparison {
    AucEstimate first;
    AucEstimate second;
    double difference = 0; // first - second
    double standardError = 0; // of the difference
    Interval interval{-1, 1}; // 95 %, of the difference
    double p = 1; // 1 when both scores rank alike
};

[[nodiscard]] AucComparison compareAucs(std::span<const double> first, std::span<const double> second,
                                        std::span<const std::uint8_t> positive);

} // namespace hilum
