// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Threshold: where to call a film positive, and what that call is worth where the disease is rarer.
//
// Shape:   points as Ranking::points() gives them, from nothing called to everything.
// Units:   prevalence, values and intervals (95 %) 0 to 1; costs in any unit, 0 or more.
// Errors:  NaN, with intervals 0 to 1, where a side has no films. Points without films are a bug.
// Threads: pure functions; pointAt is O(log n), the others linear or constant.
// Source:  Youden 1950; predictive values at a prevalence by Bayes, their intervals on the logit scale as
//          Mercaldo, Lau, Zhou 2007, with their adjustment (z^2 / 2 films added to each side) where a rate is
//          0 or 1.
#pragma once

#include "core/metrics/Auc.h"
#include "core/metrics/Evaluation.h"
#include "core/metrics/Ranking.h"

#include <array>
#include <span>

namespace hilum {

// The one that a threshold gives: of the lowest score that is not below it.
[[nodiscard]] OperatingPoint pointAt(std::span<const OperatingPoint> points, double threshold);
// Highest sensitivity + specificity; of equals the highest threshold.
[[nodiscard]] OperatingPoint youdenPoint(std::span<const OperatingPoint> points);

struct Costs {
    double miss = 1; // a positive that is not called
    double falseAlarm = 1;
    double prevalence = 0.5;
};
// Least expected cost; of equals the highest threshold.
[[nodiscard]] OperatingPoint cheapestPoint(std::span<const OperatingPoint> points, const Costs &costs);

// The table of one class v the rest.
struct Rates {
    Share sensitivity;
    Share specificity;
    Share precision;
    Share negativeValue; // not called: how many rightly so
};
// `last` is the point at which everything is called.
[[nodiscard]] Rates ratesAt(const OperatingPoint &point, const OperatingPoint &last);

struct Ranged {
    double value = 0;
    Interval interval;
};

struct AtPrevalence {
    double prevalence = 0;
    Ranged positiveValue; // called: how many rightly so
    Ranged negativeValue;
    Ranged accuracy;
    // Of a thousand people: called sick, missed, called well, false alarms; whole, and their sum is 1000.
    int found = 0;
    int missed = 0;
    int spared = 0;
    int falseAlarms = 0;
};
[[nodiscard]] AtPrevalence atPrevalence(const Share &sensitivity, const Share &specificity,
                                        double prevalence);
// The same rates of films that need not be whole: "what if we had N".
struct RateOfFilms {
    double rate = 0;
    double films = 0;
};
[[nodiscard]] AtPrevalence atPrevalence(const RateOfFilms &sensitivity, const RateOfFilms &specificity,
                                        double prevalence);

// What an interval would be with another number of test films and the same result.
[[nodiscard]] Ranged withFilms(const Share &share, double films); // Wilson
[[nodiscard]] Ranged withFilms(const AucEstimate &area,
                               double films); // its standard error by 1 / sqrt(films)

} // namespace hilum
