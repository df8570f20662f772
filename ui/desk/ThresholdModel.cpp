// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/ThresholdModel.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace hilum::ui {

namespace {

double onScale(double threshold) { return std::clamp(threshold, 0.0, 1.0); }

} // namespace

ThresholdModel::ThresholdModel(std::vector<OperatingPoint> points)
    : m_points(std::move(points))
{
}

double ThresholdModel::prevalence() const
{
    return static_cast<double>(positives()) / std::max(1, positives() + negatives());
}

ThresholdAnswer answerOf(const Rates &rates, const ThresholdQuestion &question)
{
    ThresholdAnswer answer;
    answer.rates = rates;
    answer.sickFilms = rates.sensitivity.films;
    answer.wellFilms = rates.specificity.films;
    if (question.films > 0) {
        const double share
            = static_cast<double>(answer.sickFilms) / std::max(1, answer.sickFilms + answer.wellFilms);
        answer.sickFilms = std::clamp(static_cast<int>(std::lround(share * question.films)), 1,
                                      std::max(1, question.films - 1));
        answer.wellFilms = std::max(1, question.films - answer.sickFilms);
    }
    answer.sensitivity = withFilms(rates.sensitivity, answer.sickFilms);
    answer.specificity = withFilms(rates.specificity, answer.wellFilms);
    answer.at = atPrevalence(RateOfFilms{rates.sensitivity.share, static_cast<double>(answer.sickFilms)},
                             RateOfFilms{rates.specificity.share, static_cast<double>(answer.wellFilms)},
                             question.prevalence);
    return answer;
}

ThresholdAnswer ThresholdModel::at(double threshold, const ThresholdQuestion &question) const
{
    assert(isUsable());
    const OperatingPoint point = pointAt(m_points, threshold);
    ThresholdAnswer answer = answerOf(ratesAt(point, m_points.back()), question);
    answer.point = point;
    return answer;
}

double ThresholdModel::youden() const { return onScale(youdenPoint(m_points).threshold); }

double ThresholdModel::cheapest(double missCost, double prevalence) const
{
    return onScale(cheapestPoint(m_points, {missCost, 1, prevalence}).threshold);
}

} // namespace hilum::ui
