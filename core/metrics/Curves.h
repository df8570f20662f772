// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Curves: ROC, precision-recall, DET and decision curves of one class v the rest, with bands.
//
//     const Ranking ranking(scores, positive);
//     const auto roc = rocCurve(ranking);
//     const auto band = rocBand(ranking, groups, evenGrid(101));
//
// Shape:   rocCurve, detCurve: from nothing called to everything, as scikit-learn with drop_intermediate;
//          precisionRecallCurve: one point for each different score, from the highest threshold on, after the
//          point (recall 0, precision 1) that closes the plot.
// Units:   rates 0 to 1; net benefit in true positives a film, at most the prevalence.
// Errors:  no points where a side is empty (precision-recall: no positive). A band is NaN where fewer than
//          half of the draws give a number.
// Threads: pure functions of their seed.
// Source:  bands are pointwise 95 % percentile intervals of patients drawn with replacement. Net benefit:
//          Vickers, Elkin 2006.
#pragma once

#include "core/metrics/Bootstrap.h"
#include "core/metrics/Ranking.h"

#include <span>
#include <vector>

namespace hilum {

struct CurvePoint {
    double x = 0;
    double y = 0;
    double threshold = 0;
};

// x: 1 - specificity, y: sensitivity.
[[nodiscard]] std::vector<CurvePoint> rocCurve(const Ranking &ranking);
// x: recall, y: precision.
[[nodiscard]] std::vector<CurvePoint> precisionRecallCurve(const Ranking &ranking);
// x: 1 - specificity, y: 1 - sensitivity.
[[nodiscard]] std::vector<CurvePoint> detCurve(const Ranking &ranking);

struct BandPoint {
    double x = 0;
    double y = 0; // of the films as they are
    Interval interval;
};

// 0 to 1 in `points` equal steps.
[[nodiscard]] std::vector<double> evenGrid(int points);
// Sensitivity at each 1 - specificity, linear between the curve's points.
[[nodiscard]] std::vector<BandPoint> rocBand(const Ranking &ranking, std::span<const int> groups,
                                             std::span<const double> grid, Resampling resampling = {});
// Precision at the first threshold that reaches each recall.
[[nodiscard]] std::vector<BandPoint> precisionRecallBand(const Ranking &ranking, std::span<const int> groups,
                                                         std::span<const double> grid,
                                                         Resampling resampling = {});

struct DecisionPoint {
    double threshold = 0; // probability from which a film is called; it weighs a miss against a false alarm
    double netBenefit = 0;
    Interval interval; // by patient
    double callAll = 0; // net benefit of calling every film; of calling none it is 0
};

// At thresholds above 0 and below 1.
[[nodiscard]] std::vector<DecisionPoint> decisionCurve(const Ranking &ranking, std::span<const int> groups,
                                                       std::span<const double> thresholds,
                                                       Resampling resampling = {});

} // namespace hilum
