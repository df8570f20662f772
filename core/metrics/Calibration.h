// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Calibration: do films that get 0.8 turn out so eight times in ten?
//
// Shape:   one probability and one outcome a film. For several classes take the probability of the called
//          class, and whether the call was right.
// Units:   0 to 1.
// Errors:  a probability that is not a number is a bug and is an assert; NaN for no films.
// Threads: pure functions; O(n log n).
// Source:  expected calibration error: Naeini, Cooper, Hauskrecht 2015; Brier 1950, its parts by Murphy
//          1973, with what varies inside bins kept apart (Stephenson, Coelho, Jolliffe 2008).
#pragma once

#include "core/metrics/ConfusionMatrix.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hilum {

enum class Binning { EqualWidth, EqualMass };

struct ReliabilityBin {
    double low = 0; // a bin holds low < p <= high, the first one low, too
    double high = 1;
    int films = 0;
    int positives = 0;
    double meanProbability = 0; // NaN in an empty bin
    Interval rate; // 95 % interval (Wilson) of positives / films
};

// EqualMass: edges at quantiles, equal ones merged.
[[nodiscard]] std::vector<ReliabilityBin> reliability(std::span<const double> probabilities,
                                                      std::span<const std::uint8_t> positive, int bins,
                                                      Binning binning);

[[nodiscard]] double expectedCalibrationError(std::span<const ReliabilityBin> bins);

// score = reliability - resolution + uncertainty + within
struct BrierParts {
    double score = 0; // mean squared distance of probability and outcome
    double reliability = 0;
    double resolution = 0;
    double uncertainty = 0;
    double within = 0; // what the bins hide
};

[[nodiscard]] BrierParts brier(std::span<const double> probabilities, std::span<const std::uint8_t> positive,
                               std::span<const ReliabilityBin> bins);

// For several classes: the parts of each class v the rest, added up. Two classes count once, so that the
// score is that of either (as scikit-learn's brier_score_loss); three or more give 0 to 2, Brier's own.
// `probabilities`: films x classes. Bins: of each class's own probabilities.
[[nodiscard]] BrierParts brierOfClasses(std::span<const double> probabilities, std::span<const int> truths,
                                        int classes, int bins, Binning binning);

} // namespace hilum
