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
#include "core/metrics/FilmGroups.h"
#include "core/metrics/Ranking.h"

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
    // Each group in turn left out, every other film once: [group][number]. Quadratic here: of() for each
    // group; for statistics that can subtract there is a quicker way. Numbers that are NaN get no
    // acceleration, and so BC instead of BCa.
    virtual void withoutEach(const FilmGroups &groups, std::span<double> values) const;
};

// One number.
class FilmNumber : public FilmStatistics {
public:
    virtual double operator()(std::span<const int> timesDrawn) const = 0;
    std::size_t count() const final { return 1; }
    void of(std::span<const int> timesDrawn, std::span<double> values) const final
    {
        values[0] = (*this)(timesDrawn);
    }
};

// A sum over films over another, as every share and mean is; groups are left out by subtraction.
class RatioStatistic : public FilmNumber {
public:
    RatioStatistic(std::vector<double> numerators, std::vector<double> denominators);
    double operator()(std::span<const int> timesDrawn) const override;
    void withoutEach(const FilmGroups &groups, std::span<double> values) const override;

private:
    std::vector<double> m_numerators;
    std::vector<double> m_denominators;
};

// The area under the ROC curve; sorts once.
class AucStatistic : public FilmNumber {
public:
    AucStatistic(std::span<const double> scores, std::span<const std::uint8_t> positive);
    double operator()(std::span<const int> timesDrawn) const override;
    void withoutEach(const FilmGroups &groups, std::span<double> values) const override;

private:
    Ranking m_ranking;
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

[[nodiscard]] BootstrapEstimate bootstrap(const FilmNumber &number, std::span<const int> groups,
                                          const Resampling &resampling = {});

// The share of films for which `right` is not 0.
[[nodiscard]] RatioStatistic shareStatistic(std::span<const std::uint8_t> right);
[[nodiscard]] AucStatistic aucStatistic(std::span<const double> scores,
                                        std::span<const std::uint8_t> positive);

} // namespace hilum
