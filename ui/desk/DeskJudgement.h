// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DeskJudgement: the numbers and curves of one or two networks over the films that pass the filter, in two
// steps: what stands at once, and then the intervals that need patients drawn again and again.
//
//     const auto sketch = sketchOf(request);
//     const auto whole = completed(*sketch, stop);
//
// Shape:   `sides` has the first network and, where there is one, the second; each class of `classes` has
//          its own v the rest. Where there are two networks, the second is judged on the first one's films
//          that it has, too.
// Units:   as core/metrics; probabilities and rates 0 to 1.
// Errors:  none; a class without films, or without others, has no curves. A stop gives nothing.
// Threads: pure functions. A sketch of 100,000 films takes parts of a second; draws are fewer the more films
//          there are, so that the intervals never take long.
#pragma once

#include "core/metrics/Assessment.h"
#include "core/metrics/Curves.h"
#include "core/metrics/ModelComparison.h"
#include "ui/desk/DeskFilter.h"

#include <memory>
#include <optional>
#include <stop_token>

namespace hilum::ui {

struct DeskRequest {
    DeskSetPtr first;
    DeskSetPtr second; // may be none
    DeskFilter filter;
};

struct DeskClass { // v the rest
    std::vector<OperatingPoint> points; // sorted once
    std::vector<CurvePoint> roc;
    std::vector<CurvePoint> precisionRecall;
    AucEstimate area;
    double averagePrecision = 0;
    std::vector<BandPoint> rocBand; // empty until completed
    std::vector<BandPoint> precisionRecallBand;
    std::vector<DecisionPoint> decision;

    bool hasCurves() const { return !roc.empty(); }
};

struct DeskSide {
    DeskSetPtr set;
    std::vector<int> shown; // films of set
    std::vector<ScoredFilm> films; // the same films
    ConfusionMatrix matrix{0};
    std::vector<DeskClass> classes;
    std::vector<ReliabilityBin> equalWidth; // of the call
    std::vector<ReliabilityBin> equalMass;
    std::optional<Assessment> assessment; // none until completed
};

struct DeskJudgement {
    DeskRequest request;
    int filmsInAll = 0; // of the first set
    std::vector<DeskSide> sides;
    std::optional<ModelComparison> comparison; // none until completed, or of one network
    int draws = 0;

    const DeskSide &first() const { return sides.front(); }
    const DeskSide *second() const { return sides.size() > 1 ? &sides[1] : nullptr; }
    bool isComplete() const { return sides.front().assessment.has_value(); }
    int films() const { return static_cast<int>(first().films.size()); }
};
using DeskJudgementPtr = std::shared_ptr<const DeskJudgement>;

// How often patients are drawn for the numbers of so many films.
[[nodiscard]] int drawsFor(std::size_t films);

[[nodiscard]] DeskJudgementPtr sketchOf(const DeskRequest &request);
[[nodiscard]] DeskJudgementPtr completed(const DeskJudgement &sketch, const std::stop_token &stop);

// Of a probability; as core/metrics/Distribution.h has them.
[[nodiscard]] int barOf(double probability, int bars);

// Films behind a place of a plot, as places in side.films.
[[nodiscard]] std::vector<int> filmsOfCell(const DeskSide &side, int truth, int called);
[[nodiscard]] std::vector<int> filmsOfBin(const DeskSide &side, const std::vector<ReliabilityBin> &bins,
                                          std::size_t bin);
[[nodiscard]] std::vector<int> filmsOfBar(const DeskSide &side, int label, int truth, int bar, int bars);
[[nodiscard]] std::vector<int> filmsOfSource(const DeskSide &side, int truth, const std::string &source);
// The nearest to a threshold of p(label), at most `most`, by rising probability.
[[nodiscard]] std::vector<int> filmsAtThreshold(const DeskSide &side, int label, double threshold, int most);

} // namespace hilum::ui
