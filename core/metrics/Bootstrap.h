// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Bootstrap: the interval of any number that is worked out from films, when films of one patient belong
// together: patients are drawn with replacement, each with all films.
//
// Shape:   `groups` names the patient of each film, 0 to the number of patients less one, none missing. A
//          statistic gets how often each film was drawn.
// Units:   those of the statistic.
// Errors:  draws for which the statistic is NaN (a class that was not drawn) are left out and counted;
//          with fewer than half left the intervals are NaN.
// Threads: a pure function of its seed, the same on every machine.
// Source:  Efron, Tibshirani 1993, chapters 13 (percentile) and 14 (BCa, acceleration by leaving out one
//          patient at a time).
#pragma once

#include "core/metrics/ConfusionMatrix.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace hilum {

using FilmStatistic = std::function<double(std::span<const int> timesDrawn)>;

struct Resampling {
    int draws = 2000;
    std::uint64_t seed = 20200401;
};

struct BootstrapEstimate {
    double value = 0; // of the films as they are
    double standardError = 0;
    Interval percentile; // 95 %
    Interval bca; // 95 %
    int draws = 0; // that gave a number
    int groups = 0;
};

[[nodiscard]] BootstrapEstimate bootstrap(const FilmStatistic &statistic, std::span<const int> groups,
                                          const Resampling &resampling = {});

// The share of films for which `right` is not 0.
[[nodiscard]] FilmStatistic shareStatistic(std::span<const std::uint8_t> right);
// The area under the ROC curve; sorts once.
[[nodiscard]] FilmStatistic aucStatistic(std::span<const double> scores,
                                         std::span<const std::uint8_t> positive);

} // namespace hilum
