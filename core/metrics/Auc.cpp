// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Auc.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace hilum {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double z95 = 1.959963984540054;

// Ranks from 1, equal values sharing the middle of theirs.
std::vector<double> midranks(const std::vector<double> &values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
    std::vector<double> ranks(values.size());
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        while (end < order.size() && values[order[end]] == values[order[begin]])
            ++end;
        for (std::size_t i = begin; i < end; ++i)
            ranks[order[i]] = (static_cast<double>(begin + 1) + static_cast<double>(end)) / 2;
        begin = end;
    }
    return ranks;
}

// For each positive the share of negatives below it, for each negative the share of positives above it,
// equal scores counting half: DeLong's structural components, whose means are the area.
struct Components {
    std::vector<double> positives;
    std::vector<double> negatives;
};

Components componentsOf(std::span<const double> scores, std::span<const std::uint8_t> positive)
{
    std::vector<double> high;
    std::vector<double> low;
    for (std::size_t i = 0; i < scores.size(); ++i)
        (positive[i] != 0 ? high : low).push_back(scores[i]);
    std::vector<double> all = high;
    all.insert(all.end(), low.begin(), low.end());
    const auto among = midranks(all);
    const auto ownHigh = midranks(high);
    const auto ownLow = midranks(low);
    Components parts{std::vector<double>(high.size()), std::vector<double>(low.size())};
    for (std::size_t i = 0; i < high.size(); ++i)
        parts.positives[i] = (among[i] - ownHigh[i]) / static_cast<double>(low.size());
    for (std::size_t i = 0; i < low.size(); ++i)
        parts.negatives[i] = 1 - (among[high.size() + i] - ownLow[i]) / static_cast<double>(high.size());
    return parts;
}

double mean(const std::vector<double> &values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// NaN for fewer than two.
double covariance(const std::vector<double> &a, const std::vector<double> &b)
{
    if (a.size() < 2)
        return nothing;
    const double meanA = mean(a);
    const double meanB = mean(b);
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += (a[i] - meanA) * (b[i] - meanB);
    return sum / static_cast<double>(a.size() - 1);
}

double covarianceOfAreas(const Components &a, const Components &b)
{
    return covariance(a.positives, b.positives) / static_cast<double>(a.positives.size())
        + covariance(a.negatives, b.negatives) / static_cast<double>(a.negatives.size());
}

Interval around(double value, double standardError, double least, double most)
{
    if (std::isnan(standardError))
        return {least, most};
    return {std::max(least, value - z95 * standardError), std::min(most, value + z95 * standardError)};
}

AucEstimate estimateOf(const Components &parts)
{
    AucEstimate result;
    result.positives = static_cast<int>(parts.positives.size());
    result.negatives = static_cast<int>(parts.negatives.size());
    result.area = mean(parts.positives);
    // Rounding may leave a variance just below zero.
    result.standardError = std::sqrt(std::max(0.0, covarianceOfAreas(parts, parts)));
    if (parts.positives.size() < 2 || parts.negatives.size() < 2)
        result.standardError = nothing;
    result.interval = around(result.area, result.standardError, 0, 1);
    return result;
}

bool isUsable(std::span<const double> scores, std::span<const std::uint8_t> positive)
{
    assert(scores.size() == positive.size());
    const auto positives = std::ranges::count_if(positive, [](std::uint8_t one) { return one != 0; });
    return positives > 0 && positives < std::ssize(positive)
        && std::ranges::none_of(scores, [](double score) { return std::isnan(score); });
}

} // namespace

AucEstimate aucEstimate(std::span<const double> scores, std::span<const std::uint8_t> positive)
{
    if (!isUsable(scores, positive))
        return {nothing, nothing, {nothing, nothing}, 0, 0};
    return estimateOf(componentsOf(scores, positive));
}

AucComparison compareAucs(std::span<const double> first, std::span<const double> second,
                          std::span<const std::uint8_t> positive)
{
    AucComparison result;
    result.first = aucEstimate(first, positive);
    result.second = aucEstimate(second, positive);
    result.difference = result.first.area - result.second.area;
    result.standardError = nothing;
    result.p = nothing;
    if (!isUsable(first, positive) || !isUsable(second, positive)) {
        result.interval = {nothing, nothing};
        return result;
    }
    const Components a = componentsOf(first, positive);
    const Components b = componentsOf(second, positive);
    const double variance = covarianceOfAreas(a, a) + covarianceOfAreas(b, b) - 2 * covarianceOfAreas(a, b);
    if (!std::isnan(variance)) {
        result.standardError = std::sqrt(std::max(0.0, variance));
        const bool isCertain = result.standardError < 1e-12;
        const double z = isCertain ? 0 : std::abs(result.difference) / result.standardError;
        result.p = isCertain ? (std::abs(result.difference) < 1e-12 ? 1 : 0) : std::erfc(z / std::sqrt(2.0));
    }
    result.interval = around(result.difference, result.standardError, -1, 1);
    return result;
}

} // namespace hilum
