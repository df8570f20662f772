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

// Several numbers of the same draws.
class FilmStatistics {
public:
    virtual ~FilmStatistics() = default;
    virtual std::size_t count() const = 0;
    virtual void of(std::span<const int> timesDrawn, std::span<double> values) const = 0;
    // Every film once but `films`, which are 0 in `timesDrawn`: where there is a quicker way than of().
    // Numbers that are NaN here get no acceleration, and so BC instead of BCa.
    virtual void without(std::span<const std::size_t> films, std::span<const int> timesDrawn,
                         std::span<double> values) const
    {
        static_cast<void>(films);
        of(timesDrawn, values);
    }
};

struct Resampling {
    int draws = 2000;
    std::uint64_t seed = 20200401;
    bool accelerated = true; // without: bca is bias-corrected only, and groups are not left out in turn
};

struct BootstrapEstimate {
    double value = 0; // of the films as they are
    double standardError = 0;
    Interval percentile; // 95 %
    Interval bca; // 95 %
    double bias = 0; // mean of the draws less the value
    int draws = 0; // that gave a number
    int groups = 0;
};

[[nodiscard]] BootstrapEstimate bootstrap(const FilmStatistic &statistic, std::span<const int> groups,
                                          const Resampling &resampling = {});
[[nodiscard]] std::vector<BootstrapEstimate>
bootstrap(const FilmStatistics &statistics, std::span<const int> groups, const Resampling &resampling = {});

// The share of films for which `right` is not 0.
[[nodiscard]] FilmStatistic shareStatistic(std::span<const std::uint8_t> right);
// The area under the ROC curve; sorts once.
[[nodiscard]] FilmStatistic aucStatistic(std::span<const double> scores,
                                         std::span<const std::uint8_t> positive);

} // namespace hilum
