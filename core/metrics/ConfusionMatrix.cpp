// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/ConfusionMatrix.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace hilum {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
// The 97.5 % point of the standard normal distribution.
constexpr double z95 = 1.959964;

} // namespace

ConfusionMatrix::ConfusionMatrix(int classes)
    : m_classes(classes)
    , m_counts(static_cast<std::size_t>(classes) * static_cast<std::size_t>(classes), 0)
{
    assert(classes >= 0);
}

std::size_t ConfusionMatrix::index(int truth, int predicted) const
{
    assert(truth >= 0 && truth < m_classes && predicted >= 0 && predicted < m_classes);
    return static_cast<std::size_t>(truth) * static_cast<std::size_t>(m_classes)
        + static_cast<std::size_t>(predicted);
}

void ConfusionMatrix::add(int truth, int predicted, int count)
{
    assert(count >= 0);
    m_counts[index(truth, predicted)] += count;
}

int ConfusionMatrix::count(int truth, int predicted) const { return m_counts[index(truth, predicted)]; }

int ConfusionMatrix::rowTotal(int truth) const
{
    int sum = 0;
    for (int predicted = 0; predicted < m_classes; ++predicted)
        sum += count(truth, predicted);
    return sum;
}

int ConfusionMatrix::columnTotal(int predicted) const
{
    int sum = 0;
    for (int truth = 0; truth < m_classes; ++truth)
        sum += count(truth, predicted);
    return sum;
}

int ConfusionMatrix::total() const { return std::accumulate(m_counts.begin(), m_counts.end(), 0); }

double ConfusionMatrix::rowShare(int truth, int predicted) const
{
    const int films = rowTotal(truth);
    return films == 0 ? 0 : double(count(truth, predicted)) / films;
}

double ConfusionMatrix::columnShare(int truth, int predicted) const
{
    const int films = columnTotal(predicted);
    return films == 0 ? 0 : double(count(truth, predicted)) / films;
}

double ConfusionMatrix::totalShare(int truth, int predicted) const
{
    const int films = total();
    return films == 0 ? 0 : double(count(truth, predicted)) / films;
}

double ConfusionMatrix::accuracy() const
{
    const int films = total();
    if (films == 0)
        return nothing;
    int right = 0;
    for (int i = 0; i < m_classes; ++i)
        right += count(i, i);
    return double(right) / films;
}

double ConfusionMatrix::balancedAccuracy() const
{
    double sum = 0;
    int present = 0;
    for (int i = 0; i < m_classes; ++i) {
        if (rowTotal(i) == 0)
            continue;
        sum += rowShare(i, i);
        ++present;
    }
    return present == 0 ? nothing : sum / present;
}

Interval wilsonInterval(int successes, int trials)
{
    assert(successes >= 0 && successes <= trials);
    return trials == 0 ? Interval() : wilsonOfShare(double(successes) / trials, trials);
}

Interval wilsonOfShare(double share, double trials)
{
    if (!(trials > 0) || std::isnan(share))
        return {};
    assert(share >= 0 && share <= 1);
    const double n = trials;
    const double scale = 1 + z95 * z95 / n;
    const double centre = (share + z95 * z95 / (2 * n)) / scale;
    const double half = z95 * std::sqrt(share * (1 - share) / n + z95 * z95 / (4 * n * n)) / scale;
    // Rounding must not leave 1e-17 where the formula gives exactly 0 or 1.
    return {share == 0 ? 0 : std::max(0.0, centre - half), share == 1 ? 1 : std::min(1.0, centre + half)};
}

double auc(std::span<const double> scores, std::span<const std::uint8_t> positive)
{
    assert(scores.size() == positive.size());
    // A NaN has no rank, and sorting with one is undefined.
    if (std::any_of(scores.begin(), scores.end(), [](double score) { return std::isnan(score); }))
        return nothing;
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });

    // Mann-Whitney: the positives' rank sum, equal scores sharing the middle of their ranks.
    double rankSum = 0;
    double positives = 0;
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        double positivesHere = 0;
        while (end < order.size() && scores[order[end]] == scores[order[begin]]) {
            positivesHere += positive[order[end]] != 0 ? 1 : 0;
            ++end;
        }
        rankSum += positivesHere * (double(begin + 1) + double(end)) / 2;
        positives += positivesHere;
        begin = end;
    }
    const double negatives = double(order.size()) - positives;
    if (positives == 0 || negatives == 0)
        return nothing;
    return (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
}

} // namespace hilum
