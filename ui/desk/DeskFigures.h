// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DeskFigures: a judgement as figures to draw, and what stands behind each of their points.
//
// Shape:   `refs` has one entry a curve of the figure, and a threshold (or a bin's place) for each point.
// Units:   rates and probabilities 0 to 1; DET axes in normal deviates with per cent as ticks.
// Errors:  none; a figure without curves says why.
// Threads: pure functions.
// Source:  DET: Martin et al. 1997, axes by the inverse normal distribution.
#pragma once

#include "ui/desk/DeskJudgement.h"
#include "ui/plots/CurvePlot.h"
#include "ui/plots/ScorePlot.h"

#include <vector>

namespace hilum::ui {

enum class DeskCurve { Roc, PrecisionRecall, Det, Decision, EqualWidth, EqualMass };

struct CurveRef {
    int side = 0;
    int label = 0;
    std::vector<double> thresholds; // of the points; places of bins in reliability diagrams
};

struct DeskFigure {
    CurveFigure figure;
    std::vector<CurveRef> refs; // one a curve; side -1: nothing behind it
};

inline constexpr int scoreBarCount = 20;
inline constexpr int filmsAtPoint = 24; // behind a point of a curve

// `label`: the class whose curves are drawn; -1 with one network: every class.
[[nodiscard]] DeskFigure deskFigure(const DeskJudgementPtr &judgement, DeskCurve kind, int label);
[[nodiscard]] ScoreFigure scoreFigure(const DeskJudgement &judgement, int side, int label);

// Where a threshold of p(label), or a film of that probability, stands in a figure; nothing where it has no
// place.
[[nodiscard]] std::optional<FigureMark> markAt(const DeskJudgement &judgement, DeskCurve kind, int side,
                                               int label, double probability);

// "VGG16, DenseNet121": who is looked at.
[[nodiscard]] QString sideNames(const DeskJudgement &judgement);
[[nodiscard]] QString provenanceOf(const DeskJudgement &judgement);

} // namespace hilum::ui
