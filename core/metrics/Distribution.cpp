// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Distribution.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>

namespace hilum {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double whisker = 1.5; // interquartile ranges

double quantile(const std::vector<double> &sorted, double share)
{
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

} // namespace

std::vector<int> scoreBars(std::span<const double> probabilities, int bars)
{
    assert(bars > 0);
    std::vector<int> counts(static_cast<std::size_t>(bars), 0);
    for (const double p : probabilities) {
        assert(p >= 0 && p <= 1);
        // The edge k / bars, not p x bars, decides: 0.29 x 100 is 28.999...
        int bar = std::min(bars - 1, static_cast<int>(p * bars));
        if (bar + 1 < bars && p >= static_cast<double>(bar + 1) / bars)
            ++bar;
        if (p < static_cast<double>(bar) / bars)
            --bar;
        ++counts[static_cast<std::size_t>(bar)];
    }
    return counts;
}

BoxFigures boxFigures(std::span<const double> probabilities)
{
    BoxFigures box{static_cast<int>(probabilities.size()),
                   nothing,
                   nothing,
                   nothing,
                   nothing,
                   nothing,
                   nothing,
                   nothing,
                   nothing,
                   0};
    if (probabilities.empty())
        return box;
    std::vector<double> sorted(probabilities.begin(), probabilities.end());
    std::ranges::sort(sorted);
    box.mean = std::accumulate(sorted.begin(), sorted.end(), 0.0) / static_cast<double>(sorted.size());
    box.least = sorted.front();
    box.most = sorted.back();
    box.lowQuartile = quantile(sorted, 0.25);
    box.median = quantile(sorted, 0.5);
    box.highQuartile = quantile(sorted, 0.75);
    const double reach = whisker * (box.highQuartile - box.lowQuartile);
    const auto first = std::ranges::lower_bound(sorted, box.lowQuartile - reach);
    const auto last = std::ranges::upper_bound(sorted, box.highQuartile + reach);
    // A whisker never ends inside its box.
    box.lowWhisker = std::min(*first, box.lowQuartile);
    box.highWhisker = std::max(*std::prev(last), box.highQuartile);
    box.outside = static_cast<int>(first - sorted.begin() + (sorted.end() - last));
    return box;
}

} // namespace hilum
