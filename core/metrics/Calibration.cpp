// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Calibration.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace hilum {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

// The upper edges of all bins but the last.
std::vector<double> innerEdges(std::span<const double> probabilities, int bins, Binning binning)
{
    std::vector<double> edges;
    if (binning == Binning::EqualWidth) {
        for (int i = 1; i < bins; ++i)
            edges.push_back(static_cast<double>(i) / bins);
        return edges;
    }
    std::vector<double> sorted(probabilities.begin(), probabilities.end());
    std::ranges::sort(sorted);
    for (int i = 1; i < bins && !sorted.empty(); ++i) {
        const double place = static_cast<double>(i) / bins * static_cast<double>(sorted.size() - 1);
        const auto below = static_cast<std::size_t>(place);
        const std::size_t above = std::min(below + 1, sorted.size() - 1);
        const double edge
            = sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
        if (edges.empty() || edge > edges.back())
            edges.push_back(edge);
    }
    return edges;
}

double rateOf(const ReliabilityBin &bin) { return static_cast<double>(bin.positives) / bin.films; }

} // namespace

std::vector<ReliabilityBin> reliability(std::span<const double> probabilities,
                                        std::span<const std::uint8_t> positive, int bins, Binning binning)
{
    assert(probabilities.size() == positive.size() && bins > 0);
    const std::vector<double> edges = innerEdges(probabilities, bins, binning);
    std::vector<ReliabilityBin> result(edges.size() + 1);
    for (std::size_t i = 0; i < edges.size(); ++i)
        result[i].high = result[i + 1].low = edges[i];
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        assert(!std::isnan(probabilities[i]));
        const auto at = std::ranges::lower_bound(edges, probabilities[i]) - edges.begin();
        ReliabilityBin &bin = result[static_cast<std::size_t>(at)];
        ++bin.films;
        bin.positives += positive[i] != 0 ? 1 : 0;
        bin.meanProbability += probabilities[i];
    }
    for (ReliabilityBin &bin : result) {
        bin.meanProbability = bin.films > 0 ? bin.meanProbability / bin.films : nothing;
        bin.rate = wilsonInterval(bin.positives, bin.films);
    }
    return result;
}

double expectedCalibrationError(std::span<const ReliabilityBin> bins)
{
    double sum = 0;
    double films = 0;
    for (const ReliabilityBin &bin : bins) {
        if (bin.films == 0)
            continue;
        sum += bin.films * std::abs(rateOf(bin) - bin.meanProbability);
        films += bin.films;
    }
    return films > 0 ? sum / films : nothing;
}

BrierParts brier(std::span<const double> probabilities, std::span<const std::uint8_t> positive,
                 std::span<const ReliabilityBin> bins)
{
    assert(probabilities.size() == positive.size());
    const auto films = static_cast<double>(probabilities.size());
    if (probabilities.empty())
        return {nothing, nothing, nothing, nothing, nothing};
    BrierParts parts;
    double positives = 0;
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        const double outcome = positive[i] != 0 ? 1 : 0;
        parts.score += (probabilities[i] - outcome) * (probabilities[i] - outcome) / films;
        positives += outcome;
    }
    const double rate = positives / films;
    for (const ReliabilityBin &bin : bins) {
        if (bin.films == 0)
            continue;
        const double share = bin.films / films;
        parts.reliability += share * std::pow(bin.meanProbability - rateOf(bin), 2);
        parts.resolution += share * std::pow(rateOf(bin) - rate, 2);
    }
    parts.uncertainty = rate * (1 - rate);
    parts.within = parts.score - (parts.reliability - parts.resolution + parts.uncertainty);
    return parts;
}

BrierParts brierOfClasses(std::span<const double> probabilities, std::span<const int> truths, int classes,
                          int bins, Binning binning)
{
    assert(classes > 1 && probabilities.size() == truths.size() * static_cast<std::size_t>(classes));
    BrierParts sum;
    const int counted = classes == 2 ? 1 : classes;
    for (int c = 0; c < counted; ++c) {
        std::vector<double> ofClass;
        std::vector<std::uint8_t> positive;
        for (std::size_t film = 0; film < truths.size(); ++film) {
            ofClass.push_back(
                probabilities[film * static_cast<std::size_t>(classes) + static_cast<std::size_t>(c)]);
            positive.push_back(truths[film] == c ? 1 : 0);
        }
        const BrierParts parts = brier(ofClass, positive, reliability(ofClass, positive, bins, binning));
        sum.score += parts.score;
        sum.reliability += parts.reliability;
        sum.resolution += parts.resolution;
        sum.uncertainty += parts.uncertainty;
        sum.within += parts.within;
    }
    return sum;
}

} // namespace hilum
