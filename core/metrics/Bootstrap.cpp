// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Bootstrap.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <random>

namespace hilum {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double z95 = 1.959963984540054;

double normalBelow(double z) { return std::erfc(-z / std::sqrt(2.0)) / 2; }

// The inverse of normalBelow, by bisection: a handful of calls an interval.
double normalQuantile(double share)
{
    double low = -10;
    double high = 10;
    for (int i = 0; i < 80; ++i) {
        const double middle = (low + high) / 2;
        (normalBelow(middle) < share ? low : high) = middle;
    }
    return (low + high) / 2;
}

// Linear between the order statistics, as NumPy does by default.
double quantile(const std::vector<double> &sorted, double share)
{
    const double place = std::clamp(share, 0.0, 1.0) * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

__extension__ using Wide = unsigned __int128;

// value % m_divisor without a division: two hundred million of them are most of a large bootstrap.
class Remainder {
public:
    explicit Remainder(std::uint64_t divisor)
        : m_divisor(divisor)
        , m_reciprocal(std::numeric_limits<std::uint64_t>::max() / divisor)
    {
    }
    std::uint64_t of(std::uint64_t value) const
    {
        // The quotient is at most two too low.
        const auto quotient = static_cast<std::uint64_t>((Wide(value) * m_reciprocal) >> 64U);
        std::uint64_t left = value - quotient * m_divisor;
        while (left >= m_divisor)
            left -= m_divisor;
        return left;
    }

private:
    std::uint64_t m_divisor;
    std::uint64_t m_reciprocal;
};

// The draws of each statistic, NaN left out.
std::vector<std::vector<double>> drawn(const FilmStatistics &statistics, const FilmGroups &films,
                                       const Resampling &resampling)
{
    std::mt19937_64 random(resampling.seed);
    std::vector<int> times(films.films());
    std::vector<double> values(statistics.count());
    const Remainder ofGroups(films.count());
    std::vector<std::vector<double>> draws(statistics.count());
    for (int draw = 0; draw < resampling.draws; ++draw) {
        std::ranges::fill(times, 0);
        for (std::size_t i = 0; i < films.count(); ++i) {
            for (const std::size_t film : films.of(ofGroups.of(random())))
                ++times[film];
        }
        statistics.of(times, values);
        for (std::size_t s = 0; s < values.size(); ++s) {
            if (!std::isnan(values[s]))
                draws[s].push_back(values[s]);
        }
    }
    return draws;
}

// Skewness of what leaving out one group does.
double accelerationOf(const std::vector<double> &without)
{
    const double mean
        = std::accumulate(without.begin(), without.end(), 0.0) / static_cast<double>(without.size());
    double squares = 0;
    double cubes = 0;
    for (const double value : without) {
        const double apart = mean - value;
        squares += apart * apart;
        cubes += apart * apart * apart;
    }
    return squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;
}

// How each statistic's spread changes with its value.
std::vector<double> accelerations(const FilmStatistics &statistics, const FilmGroups &films)
{
    const std::size_t count = statistics.count();
    std::vector<double> values(films.count() * count);
    statistics.withoutEach(films, values);
    std::vector<double> found;
    for (std::size_t s = 0; s < count; ++s) {
        std::vector<double> without;
        for (std::size_t place = s; place < values.size(); place += count) {
            if (!std::isnan(values[place]))
                without.push_back(values[place]);
        }
        found.push_back(accelerationOf(without));
    }
    return found;
}

Interval correctedInterval(const std::vector<double> &sorted, double value, double accelerated)
{
    // Draws equal to the value count half, for statistics that take few values.
    const auto below = static_cast<double>(std::ranges::lower_bound(sorted, value) - sorted.begin());
    const auto upTo = static_cast<double>(std::ranges::upper_bound(sorted, value) - sorted.begin());
    const double share = (below + upTo) / 2 / static_cast<double>(sorted.size());
    if (share <= 0 || share >= 1)
        return {quantile(sorted, 0.025), quantile(sorted, 0.975)};
    const double bias = normalQuantile(share);
    const auto end = [&](double z) {
        const double moved = bias + z;
        return quantile(sorted, normalBelow(bias + moved / (1 - accelerated * moved)));
    };
    return {end(-z95), end(z95)};
}

void describe(std::vector<double> draws, double accelerated, const Resampling &resampling,
              BootstrapEstimate &result)
{
    result.draws = static_cast<int>(draws.size());
    if (std::isnan(result.value) || result.draws * 2 < resampling.draws || result.draws < 2)
        return;
    std::ranges::sort(draws);
    const double mean = std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
    double squares = 0;
    for (const double value : draws)
        squares += (value - mean) * (value - mean);
    result.standardError = std::sqrt(squares / static_cast<double>(draws.size() - 1));
    result.bias = mean - result.value;
    result.percentile = {quantile(draws, 0.025), quantile(draws, 0.975)};
    result.bca = correctedInterval(draws, result.value, accelerated);
}

class OneStatistic : public FilmNumber {
public:
    explicit OneStatistic(const FilmStatistic &statistic)
        : m_statistic(statistic)
    {
    }
    double operator()(std::span<const int> times) const override { return m_statistic(times); }

private:
    const FilmStatistic &m_statistic;
};

} // namespace

void FilmStatistics::withoutEach(const FilmGroups &groups, std::span<double> values) const
{
    std::vector<int> times(groups.films(), 1);
    for (std::size_t group = 0; group < groups.count(); ++group) {
        for (const std::size_t film : groups.of(group))
            times[film] = 0;
        of(times, values.subspan(group * count(), count()));
        for (const std::size_t film : groups.of(group))
            times[film] = 1;
    }
}

std::vector<BootstrapEstimate> bootstrap(const FilmStatistics &statistics, std::span<const int> groups,
                                         const Resampling &resampling)
{
    assert(resampling.draws > 0);
    const FilmGroups films(groups);
    std::vector<double> values(statistics.count());
    statistics.of(std::vector<int>(groups.size(), 1), values);
    std::vector<BootstrapEstimate> results(statistics.count());
    for (std::size_t s = 0; s < results.size(); ++s) {
        results[s].value = values[s];
        results[s].groups = static_cast<int>(films.count());
        results[s].standardError = results[s].bias = nothing;
        results[s].percentile = results[s].bca = {nothing, nothing};
    }
    if (groups.empty() || std::ranges::all_of(values, [](double value) { return std::isnan(value); }))
        return results;
    auto draws = drawn(statistics, films, resampling);
    const auto accelerated
        = resampling.accelerated ? accelerations(statistics, films) : std::vector<double>(results.size(), 0);
    for (std::size_t s = 0; s < results.size(); ++s)
        describe(std::move(draws[s]), accelerated[s], resampling, results[s]);
    return results;
}

BootstrapEstimate bootstrap(const FilmStatistic &statistic, std::span<const int> groups,
                            const Resampling &resampling)
{
    return bootstrap(OneStatistic(statistic), groups, resampling);
}

BootstrapEstimate bootstrap(const FilmNumber &number, std::span<const int> groups,
                            const Resampling &resampling)
{
    const FilmStatistics &statistics = number;
    return bootstrap(statistics, groups, resampling).front();
}

RatioStatistic::RatioStatistic(std::vector<double> numerators, std::vector<double> denominators)
    : m_numerators(std::move(numerators))
    , m_denominators(std::move(denominators))
{
    assert(m_numerators.size() == m_denominators.size());
}

double RatioStatistic::operator()(std::span<const int> times) const
{
    double above = 0;
    double below = 0;
    for (std::size_t i = 0; i < m_numerators.size(); ++i) {
        above += times[i] * m_numerators[i];
        below += times[i] * m_denominators[i];
    }
    return below > 0 ? above / below : nothing;
}

void RatioStatistic::withoutEach(const FilmGroups &groups, std::span<double> values) const
{
    const double above = std::accumulate(m_numerators.begin(), m_numerators.end(), 0.0);
    const double below = std::accumulate(m_denominators.begin(), m_denominators.end(), 0.0);
    for (std::size_t group = 0; group < groups.count(); ++group) {
        double aboveLeft = above;
        double belowLeft = below;
        for (const std::size_t film : groups.of(group)) {
            aboveLeft -= m_numerators[film];
            belowLeft -= m_denominators[film];
        }
        values[group] = belowLeft > 0 ? aboveLeft / belowLeft : nothing;
    }
}

AucStatistic::AucStatistic(std::span<const double> scores, std::span<const std::uint8_t> positive)
    : m_ranking(scores, positive)
{
}

double AucStatistic::operator()(std::span<const int> times) const { return m_ranking.areas(times).auc; }

void AucStatistic::withoutEach(const FilmGroups &groups, std::span<double> values) const
{
    const auto areas = m_ranking.areasWithoutEach(groups);
    std::ranges::transform(areas, values.begin(), &RankAreas::auc);
}

RatioStatistic shareStatistic(std::span<const std::uint8_t> right)
{
    std::vector<double> hits;
    for (const std::uint8_t one : right)
        hits.push_back(one != 0 ? 1 : 0);
    return {std::move(hits), std::vector<double>(right.size(), 1)};
}

AucStatistic aucStatistic(std::span<const double> scores, std::span<const std::uint8_t> positive)
{
    return {scores, positive};
}

} // namespace hilum
