// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Threshold.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace hilum {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double z95 = 1.959963984540054;

template <class Worth>
OperatingPoint best(std::span<const OperatingPoint> points, const Worth &worth)
{
    assert(!points.empty());
    const OperatingPoint *found = &points.front();
    double most = worth(*found);
    for (const OperatingPoint &point : points) {
        const double value = worth(point);
        if (value > most + 1e-12) {
            most = value;
            found = &point;
        }
    }
    return *found;
}

double rate(int part, int whole) { return whole > 0 ? static_cast<double>(part) / whole : 0; }

// A rate with what a logit interval needs of it.
struct Side {
    double rate;
    double films;
};

Side sideOf(const RateOfFilms &rate, bool isAdjusted)
{
    const double added = isAdjusted ? z95 * z95 / 2 : 0;
    return {(rate.rate * rate.films + added) / (rate.films + 2 * added), rate.films + 2 * added};
}

double fromLogit(double logit) { return 1 / (1 + std::exp(-logit)); }

// Odds and their spread on the logit scale; a value of 0 or 1 keeps that end.
Ranged ranged(double value, double odds, double variance)
{
    const double half = z95 * std::sqrt(variance);
    Ranged found{value, {fromLogit(std::log(odds) - half), fromLogit(std::log(odds) + half)}};
    found.interval.low = std::min(found.interval.low, value);
    found.interval.high = std::max(found.interval.high, value);
    return found;
}

} // namespace

OperatingPoint pointAt(std::span<const OperatingPoint> points, double threshold)
{
    assert(!points.empty());
    // Thresholds fall along the points.
    const auto below = std::ranges::partition_point(
        points, [&](const OperatingPoint &point) { return point.threshold >= threshold; });
    return below == points.begin() ? points.front() : *std::prev(below);
}

OperatingPoint youdenPoint(std::span<const OperatingPoint> points)
{
    const OperatingPoint &last = points.back();
    return best(points, [&](const OperatingPoint &point) {
        return rate(point.truePositives, last.truePositives)
            - rate(point.falsePositives, last.falsePositives);
    });
}

OperatingPoint cheapestPoint(std::span<const OperatingPoint> points, const Costs &costs)
{
    const OperatingPoint &last = points.back();
    return best(points, [&](const OperatingPoint &point) {
        const double missed = 1 - rate(point.truePositives, last.truePositives);
        const double alarms = rate(point.falsePositives, last.falsePositives);
        return -costs.prevalence * costs.miss * missed - (1 - costs.prevalence) * costs.falseAlarm * alarms;
    });
}

Rates ratesAt(const OperatingPoint &point, const OperatingPoint &last)
{
    const int spared = last.falsePositives - point.falsePositives;
    const int missed = last.truePositives - point.truePositives;
    return {shareOf(point.truePositives, last.truePositives), shareOf(spared, last.falsePositives),
            shareOf(point.truePositives, point.truePositives + point.falsePositives),
            shareOf(spared, spared + missed)};
}

AtPrevalence atPrevalence(const Share &sensitivity, const Share &specificity, double prevalence)
{
    const auto of = [](const Share &share) {
        return RateOfFilms{share.share, static_cast<double>(share.films)};
    };
    return atPrevalence(of(sensitivity), of(specificity), prevalence);
}

AtPrevalence atPrevalence(const RateOfFilms &sensitivity, const RateOfFilms &specificity, double prevalence)
{
    assert(prevalence >= 0 && prevalence <= 1);
    AtPrevalence found;
    found.prevalence = prevalence;
    if (!(sensitivity.films > 0 && specificity.films > 0)) {
        found.positiveValue = found.negativeValue = found.accuracy = {nothing, {}};
        return found;
    }
    const double se = sensitivity.rate;
    const double sp = specificity.rate;
    const double rare = 1 - prevalence;
    const auto isFlat = [](const RateOfFilms &rate) { return rate.rate <= 0 || rate.rate >= 1; };
    const bool isAdjusted = isFlat(sensitivity) || isFlat(specificity);
    const Side sick = sideOf(sensitivity, isAdjusted);
    const Side well = sideOf(specificity, isAdjusted);
    const auto of = [](double part, double whole) { return whole > 0 ? part / whole : nothing; };
    found.positiveValue
        = ranged(of(se * prevalence, se * prevalence + (1 - sp) * rare),
                 sick.rate * prevalence / ((1 - well.rate) * rare),
                 (1 - sick.rate) / sick.rate / sick.films + well.rate / (1 - well.rate) / well.films);
    found.negativeValue = ranged(
        of(sp * rare, sp * rare + (1 - se) * prevalence), well.rate * rare / ((1 - sick.rate) * prevalence),
        sick.rate / (1 - sick.rate) / sick.films + (1 - well.rate) / well.rate / well.films);
    const double accuracy = se * prevalence + sp * rare;
    const double spread = z95
        * std::sqrt(prevalence * prevalence * sick.rate * (1 - sick.rate) / sick.films
                    + rare * rare * well.rate * (1 - well.rate) / well.films);
    found.accuracy = {accuracy, {std::max(0.0, accuracy - spread), std::min(1.0, accuracy + spread)}};
    const int sickPeople = static_cast<int>(std::lround(1000 * prevalence));
    found.found = static_cast<int>(std::lround(se * sickPeople));
    found.missed = sickPeople - found.found;
    found.spared = static_cast<int>(std::lround(sp * (1000 - sickPeople)));
    found.falseAlarms = 1000 - sickPeople - found.spared;
    return found;
}

Ranged withFilms(const Share &share, double films)
{
    return {share.share, wilsonOfShare(share.share, films)};
}

Ranged withFilms(const AucEstimate &area, double films)
{
    const double now = area.positives + area.negatives;
    const double half = z95 * area.standardError * std::sqrt(now / films);
    if (std::isnan(half))
        return {area.area, {}};
    return {area.area, {std::max(0.0, area.area - half), std::min(1.0, area.area + half)}};
}

} // namespace hilum
