// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/RankCorrelation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace hilum {

namespace {

std::vector<double> ranksOf(std::span<const float> values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first;
        while (end < order.size() && values[order[end]] == values[order[first]])
            ++end;
        const double shared = static_cast<double>(first + end - 1) / 2;
        for (std::size_t i = first; i < end; ++i)
            ranks[order[i]] = shared;
        first = end;
    }
    return ranks;
}

} // namespace

double rankCorrelation(std::span<const float> a, std::span<const float> b)
{
    assert(a.size() == b.size());
    const std::vector<double> first = ranksOf(a);
    const std::vector<double> second = ranksOf(b);
    const double mean = (static_cast<double>(a.size()) - 1) / 2; // of all ranks, ties or not
    double together = 0;
    double ofFirst = 0;
    double ofSecond = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        together += (first[i] - mean) * (second[i] - mean);
        ofFirst += (first[i] - mean) * (first[i] - mean);
        ofSecond += (second[i] - mean) * (second[i] - mean);
    }
    if (!(ofFirst > 0) || !(ofSecond > 0))
        return std::numeric_limits<double>::quiet_NaN();
    return together / std::sqrt(ofFirst * ofSecond);
}

} // namespace hilum
