// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Evaluation: every table that a network's held-out predictions can honestly give.
//
//     const Evaluation e = evaluate(films, {"covid", "normal", "pneumonia"});
//     e.accuracy.interval, e.classes[0].recall.share, e.comparisons ...
//
// A comparison of two classes inside one source is not confounded by hospital; one over all sources is.
//
// Shape:   a film's probabilities stand in class order; the call is the highest, the first of equals.
// Units:   shares and areas 0 to 1, intervals 95 %: Wilson for shares of films, patients drawn with
//          replacement for `byPatient` and for gaps, DeLong for areas.
// Errors:  none; NaN where a table has no films.
// Threads: pure functions, the same for the same films.
#pragma once

#include "core/metrics/Agreement.h"
#include "core/metrics/Auc.h"
#include "core/metrics/Bootstrap.h"
#include "core/metrics/ConfusionMatrix.h"

#include <span>
#include <string>
#include <vector>

namespace hilum {

// The highest probability, the first of equals.
[[nodiscard]] int callOf(std::span<const double> probabilities);

struct ScoredFilm {
    std::string film;
    std::string group; // the film's own name when empty
    std::string source;
    int fold = -1;
    int truth = 0;
    std::vector<double> probabilities;

    int call() const;
};

// 0, 1, 2, ... by first appearance; a film without a group is its own.
[[nodiscard]] std::vector<int> groupNumbers(std::span<const ScoredFilm> films);

struct Share {
    int hits = 0;
    int films = 0;
    double share = 0; // NaN for no films
    Interval interval;
};

[[nodiscard]] Share shareOf(int hits, int films);

struct ClassResult {
    std::string label;
    Share recall;
    Share precision;
    AucEstimate area; // this class v the rest
};

// Two classes only, the films of both.
struct TwoClasses {
    std::string source; // empty: all sources
    bool isMixed
        = false; // its classes come from different hospitals: all sources, or a collection of several
    std::string positive;
    std::string negative;
    AucEstimate area; // of p(positive)
    AucEstimate ratioArea; // of p(positive) / (p(positive) + p(negative))
    Share recall; // of the positive class, three-class calls
    Share specificity; // negatives that are not called positive
};

struct SourceResult {
    std::string source;
    Share accuracy;
    std::vector<Share> recalls; // by class; no films: NaN
};

struct Evaluation {
    std::vector<std::string> labels;
    int films = 0;
    int groups = 0;
    Share accuracy;
    BootstrapEstimate byPatient; // of the accuracy
    double balancedAccuracy = 0;
    double calibrationError = 0; // of the call, 15 bins of equal width
    ConfusionMatrix matrix{2};
    std::vector<ClassResult> classes;
    std::vector<SourceResult> sources;
    std::vector<TwoClasses> comparisons; // all sources first, then inside each source
};

[[nodiscard]] Evaluation evaluate(std::span<const ScoredFilm> films, const std::vector<std::string> &labels);

// How much better the same films do in `first` than in `second`, patients drawn together.
struct Gap {
    int films = 0; // in both
    double first = 0; // accuracy
    double second = 0;
    BootstrapEstimate difference; // first - second
    McNemar test;
};

[[nodiscard]] Gap gapBetween(std::span<const ScoredFilm> first, std::span<const ScoredFilm> second);

} // namespace hilum
