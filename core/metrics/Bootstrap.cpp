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

// The films of each group, one after the other.
class Films {
public:
    explicit Films(std::span<const int> groups)
        : m_starts(groups.empty() ? 1 : static_cast<std::size_t>(*std::ranges::max_element(groups)) + 2)
        , m_films(groups.size())
    {
        for (const int group : groups) {
            assert(group >= 0);
            ++m_starts[static_cast<std::size_t>(group) + 1];
        }
        std::partial_sum(m_starts.begin(), m_starts.end(), m_starts.begin());
        std::vector<std::size_t> next = m_starts;
        for (std::size_t film = 0; film < groups.size(); ++film)
            m_films[next[static_cast<std::size_t>(groups[film])]++] = film;
    }
    std::size_t groups() const { return m_starts.size() - 1; }
    std::span<const std::size_t> of(std::size_t group) const
    {
        return std::span(m_films).subspan(m_starts[group], m_starts[group + 1] - m_starts[group]);
    }

private:
    std::vector<std::size_t> m_starts;
    std::vector<std::size_t> m_films;
};

// The draws of each statistic, NaN left out.
std::vector<std::vector<double>> drawn(const FilmStatistics &statistics, const Films &films,
                                       std::size_t count, const Resampling &resampling)
{
    std::mt19937_64 random(resampling.seed);
    std::vector<int> times(count);
    std::vector<double> values(statistics.count());
    std::vector<std::vector<double>> draws(statistics.count());
    for (int draw = 0; draw < resampling.draws; ++draw) {
        std::ranges::fill(times, 0);
        for (std::size_t i = 0; i < films.groups(); ++i) {
            for (const std::size_t film : films.of(random() % films.groups()))
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
std::vector<double> accelerations(const FilmStatistics &statistics, const Films &films, std::size_t count)
{
    std::vector<int> times(count, 1);
    std::vector<double> values(statistics.count());
    std::vector<std::vector<double>> without(statistics.count());
    for (std::size_t group = 0; group < films.groups(); ++group) {
        for (const std::size_t film : films.of(group))
            times[film] = 0;
        statistics.without(films.of(group), times, values);
        for (std::size_t s = 0; s < values.size(); ++s) {
            if (!std::isnan(values[s]))
                without[s].push_back(values[s]);
        }
        for (const std::size_t film : films.of(group))
            times[film] = 1;
    }
    std::vector<double> found;
    std::ranges::transform(without, std::back_inserter(found), accelerationOf);
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

class OneStatistic : public FilmStatistics {
public:
    explicit OneStatistic(const FilmStatistic &statistic)
        : m_statistic(statistic)
    {
    }
    std::size_t count() const override { return 1; }
    void of(std::span<const int> times, std::span<double> values) const override
    {
        values[0] = m_statistic(times);
    }

private:
    const FilmStatistic &m_statistic;
};

} // namespace

std::vector<BootstrapEstimate> bootstrap(const FilmStatistics &statistics, std::span<const int> groups,
                                         const Resampling &resampling)
{
    assert(resampling.draws > 0);
    const Films films(groups);
    std::vector<double> values(statistics.count());
    statistics.of(std::vector<int>(groups.size(), 1), values);
    std::vector<BootstrapEstimate> results(statistics.count());
    for (std::size_t s = 0; s < results.size(); ++s) {
        results[s].value = values[s];
        results[s].groups = static_cast<int>(films.groups());
        results[s].standardError = results[s].bias = nothing;
        results[s].percentile = results[s].bca = {nothing, nothing};
    }
    if (groups.empty() || std::ranges::all_of(values, [](double value) { return std::isnan(value); }))
        return results;
    auto draws = drawn(statistics, films, groups.size(), resampling);
    const auto accelerated = resampling.accelerated ? accelerations(statistics, films, groups.size())
                                                    : std::vector<double>(results.size(), 0);
    for (std::size_t s = 0; s < results.size(); ++s)
        describe(std::move(draws[s]), accelerated[s], resampling, results[s]);
    return results;
}

BootstrapEstimate bootstrap(const FilmStatistic &statistic, std::span<const int> groups,
                            const Resampling &resampling)
{
    return bootstrap(OneStatistic(statistic), groups, resampling).front();
}

FilmStatistic shareStatistic(std::span<const std::uint8_t> right)
{
    return [right = std::vector<std::uint8_t>(right.begin(), right.end())](std::span<const int> times) {
        long hits = 0;
        long films = 0;
        for (std::size_t i = 0; i < right.size(); ++i) {
            films += times[i];
            hits += right[i] != 0 ? times[i] : 0;
        }
        return films > 0 ? static_cast<double>(hits) / static_cast<double>(films) : nothing;
    };
}

FilmStatistic aucStatistic(std::span<const double> scores, std::span<const std::uint8_t> positive)
{
    struct Film {
        std::size_t index;
        bool isPositive;
        bool endsTie; // the next film's score is higher
    };
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return scores[i]; });
    std::vector<Film> films;
    for (std::size_t i = 0; i < order.size(); ++i)
        films.push_back({order[i], positive[order[i]] != 0,
                         i + 1 == order.size() || scores[order[i]] < scores[order[i + 1]]});
    return [films](std::span<const int> times) {
        double area = 0;
        double below = 0; // negatives of lower score
        double positives = 0;
        double tiedPositives = 0;
        double tiedNegatives = 0;
        for (const Film &film : films) {
            (film.isPositive ? tiedPositives : tiedNegatives) += times[film.index];
            if (!film.endsTie)
                continue;
            area += tiedPositives * (below + tiedNegatives / 2);
            below += tiedNegatives;
            positives += tiedPositives;
            tiedPositives = tiedNegatives = 0;
        }
        return positives > 0 && below > 0 ? area / (positives * below) : nothing;
    };
}

} // namespace hilum
