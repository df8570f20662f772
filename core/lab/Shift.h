// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Shift: how far probabilities move when films are changed, over many films.
//
// Shape:   probabilities in the network's class order; truth -1 where the film's label is no class.
// Units:   a shift is after less before, -1 to 1. Intervals are of the mean, 95 %, patients drawn with
//          replacement. Quartiles between films by linear interpolation.
// Errors:  none; NaN where there are no films.
// Threads: pure functions, the same for the same films.
// Source:  Bootstrap.h.
#pragma once

#include "core/metrics/Bootstrap.h"

#include <span>
#include <string>
#include <vector>

namespace hilum {

struct ShiftedFilm {
    std::string film;
    std::string group; // the film's own name when empty
    std::string source;
    int truth = -1;
    std::vector<double> before;
    std::vector<double> after;
    std::vector<Interval> bands; // of the plain film; empty: the network has none

    double shift(int label) const;
    int callBefore() const;
    int callAfter() const;
    bool leavesBand(int label) const; // false without bands
};

struct ShiftDistribution {
    int label = 0; // whose probability moves
    double mean = 0;
    Interval meanInterval;
    double lowest = 0;
    double quartile1 = 0;
    double median = 0;
    double quartile3 = 0;
    double highest = 0;
};

// The films of one true class.
struct ShiftSummary {
    int truth = -1; // -1: all films, whatever their class
    int films = 0;
    int patients = 0;
    int otherCall = 0; // films that are called another class than before
    int outsideBand = 0; // films for which the probability of the class called before left its band
    int banded = 0; // films that have bands
    int labelled = 0; // films with a truth
    int rightBefore = 0;
    int rightAfter = 0;
    std::vector<ShiftDistribution> shifts; // one a class
};

// All films first, then each true class that has films.
[[nodiscard]] std::vector<ShiftSummary> summarise(std::span<const ShiftedFilm> films, int classes);

} // namespace hilum
