// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ThresholdModel: what a threshold of one class's probability gives, where the disease is as common as one
// says, and had there been as many test films as one says. Films are sorted once, by Ranking; each question
// is a binary search, so that a slider can ask as often as it likes.
//
//     const ThresholdModel model(side.classes[label].points);
//     model.at(0.3, {0.05, 72}).positiveValue.interval
//
// Shape:   points as Ranking::points() gives them; a class without films, or without others, has no answers.
// Units:   probabilities, prevalence, rates and intervals (95 %) 0 to 1; films whole.
// Errors:  NaN where a side has no films.
// Threads: values; pure functions; a question is O(log n).
// Source:  Threshold.h. With another number of films both sides keep their share and rates.
#pragma once

#include "core/metrics/Threshold.h"

#include <vector>

namespace hilum::ui {

struct ThresholdQuestion {
    double prevalence = 0.5;
    int films = 0; // 0: as many as there are
};

struct ThresholdAnswer {
    OperatingPoint point;
    Rates rates; // of the films as they are
    Ranged sensitivity; // had there been so many films
    Ranged specificity;
    AtPrevalence at;
    int sickFilms = 0; // of those that are assumed
    int wellFilms = 0;
};

[[nodiscard]] ThresholdAnswer answerOf(const Rates &rates, const ThresholdQuestion &question);

class ThresholdModel {
public:
    ThresholdModel() = default;
    explicit ThresholdModel(std::vector<OperatingPoint> points);

    bool isUsable() const { return positives() > 0 && negatives() > 0; }
    int positives() const { return m_points.empty() ? 0 : m_points.back().truePositives; }
    int negatives() const { return m_points.empty() ? 0 : m_points.back().falsePositives; }
    double prevalence() const; // among the films
    const std::vector<OperatingPoint> &points() const { return m_points; }

    ThresholdAnswer at(double threshold, const ThresholdQuestion &question) const; // needs isUsable()
    double youden() const;
    // `missCost`: what a miss costs, in false alarms.
    double cheapest(double missCost, double prevalence) const;

private:
    std::vector<OperatingPoint> m_points;
};

} // namespace hilum::ui
