// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Assessment.h"

#include "core/metrics/AssessmentStatistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hilum {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double z95 = 1.959963984540054;

using Statistics = AssessmentStatistics;

std::size_t at(int index) { return static_cast<std::size_t>(index); }

Figure none() { return {nothing, {nothing, nothing}, IntervalMethod::None, {}}; }

void addPatients(const BootstrapEstimate &estimate, bool asOthers, Figure &figure)
{
    if (std::isnan(estimate.percentile.low))
        return;
    if (asOthers)
        figure.others.push_back({IntervalMethod::PatientsBca, estimate.bca});
    figure.others.push_back({IntervalMethod::PatientsPercentile, estimate.percentile});
}

// An interval of films, with those of patients beside it.
Figure ofFilms(double value, const Interval &interval, IntervalMethod method,
               const BootstrapEstimate &estimate)
{
    if (std::isnan(value))
        return none();
    Figure figure{value, interval, method, {}};
    addPatients(estimate, true, figure);
    return figure;
}

Figure ofShare(const Share &share, const BootstrapEstimate &estimate)
{
    return ofFilms(share.share, share.interval, IntervalMethod::Wilson, estimate);
}

Figure ofPatients(const BootstrapEstimate &estimate)
{
    if (std::isnan(estimate.value))
        return none();
    if (std::isnan(estimate.bca.low)) // too few draws gave a number
        return {estimate.value, {nothing, nothing}, IntervalMethod::None, {}};
    Figure figure{estimate.value, estimate.bca, IntervalMethod::PatientsBca, {}};
    addPatients(estimate, false, figure);
    return figure;
}

Figure aroundValue(const BootstrapEstimate &estimate, double most)
{
    Figure figure = ofPatients(estimate);
    if (figure.method == IntervalMethod::None)
        return figure;
    const double half = z95 * estimate.standardError;
    figure.interval = {std::max(0.0, estimate.value - half), std::min(most, estimate.value + half)};
    figure.method = IntervalMethod::PatientsNormal;
    return figure;
}

ClassFigures classFigures(const Evaluation &tables, const Statistics &statistics,
                          std::span<const BootstrapEstimate> estimates, int label)
{
    const auto of = [&](Statistics::OfClass figure) -> const BootstrapEstimate & {
        return estimates[statistics.place(figure, label)];
    };
    const ConfusionMatrix &matrix = tables.matrix;
    const ClassResult &result = tables.classes[at(label)];
    ClassFigures figures;
    figures.label = result.label;
    figures.films = matrix.rowTotal(label);
    figures.called = matrix.columnTotal(label);
    figures.truePositives = matrix.count(label, label);
    const int others = matrix.total() - figures.films;
    const int spared = others - (figures.called - figures.truePositives);
    figures.sensitivity = ofShare(result.recall, of(Statistics::Sensitivity));
    figures.specificity = ofShare(shareOf(spared, others), of(Statistics::Specificity));
    figures.precision = ofShare(result.precision, of(Statistics::Precision));
    figures.negativeValue
        = ofShare(shareOf(spared, matrix.total() - figures.called), of(Statistics::NegativeValue));
    figures.f1 = ofPatients(of(Statistics::F1));
    figures.auc
        = ofFilms(result.area.area, result.area.interval, IntervalMethod::DeLong, of(Statistics::Auc));
    figures.averagePrecision = ofPatients(of(Statistics::AveragePrecision));
    figures.brier = ofPatients(of(Statistics::ClassBrier));
    return figures;
}

void addCalibration(std::span<const ScoredFilm> films, int classes, Assessment &assessment)
{
    std::vector<double> confidence;
    std::vector<std::uint8_t> right;
    std::vector<double> probabilities;
    std::vector<int> truths;
    for (const ScoredFilm &film : films) {
        const int call = film.call();
        confidence.push_back(film.probabilities[at(call)]);
        right.push_back(call == film.truth ? 1 : 0);
        probabilities.insert(probabilities.end(), film.probabilities.begin(), film.probabilities.end());
        truths.push_back(film.truth);
    }
    assessment.reliability = reliability(confidence, right, calibrationBins, Binning::EqualWidth);
    assessment.reliabilityEqualMass = reliability(confidence, right, calibrationBins, Binning::EqualMass);
    assessment.brierParts
        = brierOfClasses(probabilities, truths, classes, calibrationBins, Binning::EqualWidth);
}

} // namespace

std::string_view methodName(IntervalMethod method)
{
    switch (method) {
    case IntervalMethod::Wilson:
        return "wilson";
    case IntervalMethod::DeLong:
        return "delong";
    case IntervalMethod::LargeSample:
        return "large-sample";
    case IntervalMethod::PatientsBca:
        return "patients-bca";
    case IntervalMethod::PatientsPercentile:
        return "patients-percentile";
    case IntervalMethod::PatientsNormal:
        return "patients-normal";
    case IntervalMethod::None:
        break;
    }
    return "none";
}

ClassScores scoresOf(std::span<const ScoredFilm> films, int label)
{
    ClassScores found;
    for (const ScoredFilm &film : films) {
        found.scores.push_back(film.probabilities[at(label)]);
        found.positive.push_back(film.truth == label ? 1 : 0);
    }
    return found;
}

Assessment assess(std::span<const ScoredFilm> films, const std::vector<std::string> &labels,
                  const Resampling &resampling)
{
    const int classes = static_cast<int>(labels.size());
    Assessment result;
    result.tables = evaluate(films, labels);
    result.resampling = resampling;
    const Statistics statistics(films, classes);
    const auto estimates = bootstrap(statistics, groupNumbers(films), resampling);
    result.accuracy = ofShare(result.tables.accuracy, estimates[Statistics::Accuracy]);
    result.balancedAccuracy = ofPatients(estimates[Statistics::BalancedAccuracy]);
    result.kappa = ofPatients(estimates[Statistics::KappaValue]);
    if (const Kappa kappa = cohensKappa(result.tables.matrix); !std::isnan(kappa.value))
        result.kappa.others.push_back({IntervalMethod::LargeSample, kappa.interval});
    result.matthews = ofPatients(estimates[Statistics::Matthews]);
    result.macroF1 = ofPatients(estimates[Statistics::MacroF1]);
    result.macroAuc = ofPatients(estimates[Statistics::MacroAuc]);
    result.handTill = ofPatients(estimates[Statistics::HandTill]);
    result.calibrationError = aroundValue(estimates[Statistics::EqualWidthError], 1);
    result.calibrationErrorEqualMass = aroundValue(estimates[Statistics::EqualMassError], 1);
    result.brier = ofPatients(estimates[Statistics::Brier]);
    for (int c = 0; c < classes; ++c)
        result.classes.push_back(classFigures(result.tables, statistics, estimates, c));
    if (!films.empty())
        addCalibration(films, classes, result);
    return result;
}

} // namespace hilum
