// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Assessment: every number that says how good a network is, each with its interval.
//
//     const Assessment a = assess(films, labels);
//     a.classes[0].f1.value, a.classes[0].f1.interval, a.classes[0].f1.method
//
// Shape:   films as in Evaluation.h.
// Units:   shares and areas 0 to 1, kappa and Matthews -1 to 1, calibration error 0 to 1, Brier 0 to 1 for
// two
//          classes and 0 to 2 for more. Intervals 95 %.
// Errors:  none. A number that a class's films don't allow (no film of it, nothing called so) is NaN, its
//          method None. Means over classes are over those that have one.
// Threads: a pure function of the films and the seed. 2,000 draws of 10,000 films of three classes: about 1 s.
// Source:  macro areas: mean of the one-v-rest areas, and Hand, Till 2001. Kappa, Matthews: Agreement.h.
//          Calibration: Calibration.h; of the called class's probability, 15 bins.
#pragma once

#include "core/metrics/Bootstrap.h"
#include "core/metrics/Calibration.h"
#include "core/metrics/Evaluation.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hilum {

enum class IntervalMethod {
    None, // there is no number
    Wilson, // of films
    DeLong, // of films
    LargeSample, // of films: kappa's
    PatientsBca, // patients drawn with replacement
    PatientsPercentile,
    // The same, by their standard error around the value: of calibration errors, which chance alone makes
    // higher in every draw than in the films themselves.
    PatientsNormal,
};
// "wilson", "delong", "large-sample", "patients-bca", "patients-percentile", "patients-normal", "none".
[[nodiscard]] std::string_view methodName(IntervalMethod method);

struct OtherInterval {
    IntervalMethod method = IntervalMethod::None;
    Interval interval;
};

struct Figure {
    double value = 0;
    Interval interval;
    IntervalMethod method = IntervalMethod::None;
    std::vector<OtherInterval> others; // the same number by other methods
};

struct ClassFigures {
    std::string label;
    int films = 0;
    int called = 0;
    int truePositives = 0;
    Figure sensitivity; // recall
    Figure specificity;
    Figure precision; // positive predictive value among these films
    Figure negativeValue;
    Figure f1;
    Figure auc; // v the rest
    Figure averagePrecision;
    Figure brier; // v the rest
};

constexpr int calibrationBins = 15;

struct Assessment {
    Evaluation tables; // matrix, sources, pairs of classes inside each source
    Resampling resampling;
    Figure accuracy;
    Figure balancedAccuracy;
    Figure kappa;
    Figure matthews;
    Figure macroF1;
    Figure macroAuc;
    Figure handTill;
    Figure calibrationError; // bins of equal width
    Figure calibrationErrorEqualMass;
    Figure brier;
    BrierParts brierParts; // bins of equal width, of each class
    std::vector<ClassFigures> classes;
    std::vector<ReliabilityBin> reliability; // of the call, equal width
    std::vector<ReliabilityBin> reliabilityEqualMass;
};

[[nodiscard]] Assessment assess(std::span<const ScoredFilm> films, const std::vector<std::string> &labels,
                                const Resampling &resampling = {});

// One class's probabilities and whether each film is of it.
struct ClassScores {
    std::vector<double> scores;
    std::vector<std::uint8_t> positive;
};
[[nodiscard]] ClassScores scoresOf(std::span<const ScoredFilm> films, int label);

} // namespace hilum
