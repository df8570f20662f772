// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Curves.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace hilum {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

double share(double part, double whole) { return whole > 0 ? part / whole : nothing; }

// Without the points in the middle between their neighbours; as scikit-learn, which puts the origin before
// them afterwards.
std::vector<OperatingPoint> corners(const std::vector<OperatingPoint> &points)
{
    std::vector<OperatingPoint> kept;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (i > 1 && i + 1 < points.size()
            && points[i].falsePositives - points[i - 1].falsePositives
                == points[i + 1].falsePositives - points[i].falsePositives
            && points[i].truePositives - points[i - 1].truePositives
                == points[i + 1].truePositives - points[i].truePositives)
            continue;
        kept.push_back(points[i]);
    }
    return kept;
}

// What a curve is of the films drawn, at the places of a grid.
class GridStatistics : public FilmStatistics {
public:
    GridStatistics(const Ranking &ranking, std::span<const double> grid)
        : m_ranking(ranking)
        , m_grid(grid)
    {
    }
    std::size_t count() const override { return m_grid.size(); }
    void of(std::span<const int> times, std::span<double> values) const override
    {
        trace(m_ranking.points(times), values);
    }

protected:
    std::span<const double> grid() const { return m_grid; }
    virtual void trace(const std::vector<OperatingPoint> &points, std::span<double> values) const = 0;

private:
    const Ranking &m_ranking;
    std::span<const double> m_grid;
};

class RocStatistics : public GridStatistics {
public:
    using GridStatistics::GridStatistics;

private:
    void trace(const std::vector<OperatingPoint> &points, std::span<double> values) const override
    {
        const double positives = points.back().truePositives;
        const double negatives = points.back().falsePositives;
        if (!(positives > 0 && negatives > 0)) {
            std::ranges::fill(values, nothing);
            return;
        }
        std::size_t at = 0; // the last point whose rate is not above the place
        for (std::size_t g = 0; g < grid().size(); ++g) {
            const double wanted = grid()[g] * negatives;
            while (at + 1 < points.size() && points[at + 1].falsePositives <= wanted)
                ++at;
            double reached = points[at].truePositives;
            if (at + 1 < points.size()) {
                const double width = points[at + 1].falsePositives - points[at].falsePositives;
                const double height = points[at + 1].truePositives - points[at].truePositives;
                reached += height * (wanted - points[at].falsePositives) / width;
            }
            values[g] = reached / positives;
        }
    }
};

class PrecisionStatistics : public GridStatistics {
public:
    using GridStatistics::GridStatistics;

private:
    void trace(const std::vector<OperatingPoint> &points, std::span<double> values) const override
    {
        const double positives = points.back().truePositives;
        std::size_t at = 0;
        for (std::size_t g = 0; g < grid().size(); ++g) {
            while (
                at + 1 < points.size()
                && (points[at].truePositives < grid()[g] * positives - 1e-9 || points[at].truePositives == 0))
                ++at;
            const double called = points[at].truePositives + points[at].falsePositives;
            values[g] = positives > 0 ? share(points[at].truePositives, called) : nothing;
        }
    }
};

class BenefitStatistics : public GridStatistics {
public:
    using GridStatistics::GridStatistics;

private:
    void trace(const std::vector<OperatingPoint> &points, std::span<double> values) const override
    {
        const double films = points.back().truePositives + points.back().falsePositives;
        std::size_t at = points.size() - 1; // thresholds rise with the grid, so the points are walked back
        for (std::size_t g = 0; g < grid().size(); ++g) {
            const double threshold = grid()[g];
            assert(threshold > 0 && threshold < 1 && (g == 0 || grid()[g - 1] <= threshold));
            while (at > 0 && points[at].threshold < threshold)
                --at;
            const double odds = threshold / (1 - threshold);
            values[g] = share(points[at].truePositives - points[at].falsePositives * odds, films);
        }
    }
};

std::vector<BandPoint> bandOf(const FilmStatistics &statistics, std::span<const int> groups,
                              std::span<const double> grid, Resampling resampling)
{
    resampling.accelerated = false;
    const auto estimates = bootstrap(statistics, groups, resampling);
    std::vector<BandPoint> band;
    for (std::size_t g = 0; g < grid.size(); ++g)
        band.push_back({grid[g], estimates[g].value, estimates[g].percentile});
    return band;
}

} // namespace

std::vector<CurvePoint> rocCurve(const Ranking &ranking)
{
    std::vector<CurvePoint> curve;
    if (ranking.positives() == 0 || ranking.negatives() == 0)
        return curve;
    for (const OperatingPoint &point : corners(ranking.points()))
        curve.push_back({share(point.falsePositives, ranking.negatives()),
                         share(point.truePositives, ranking.positives()), point.threshold});
    return curve;
}

std::vector<CurvePoint> precisionRecallCurve(const Ranking &ranking)
{
    std::vector<CurvePoint> curve;
    if (ranking.positives() == 0)
        return curve;
    for (const OperatingPoint &point : ranking.points()) {
        const int called = point.truePositives + point.falsePositives;
        curve.push_back({share(point.truePositives, ranking.positives()),
                         called > 0 ? share(point.truePositives, called) : 1, point.threshold});
    }
    return curve;
}

std::vector<CurvePoint> detCurve(const Ranking &ranking)
{
    std::vector<CurvePoint> curve = rocCurve(ranking);
    for (CurvePoint &point : curve)
        point.y = 1 - point.y;
    return curve;
}

std::vector<double> evenGrid(int points)
{
    assert(points > 1);
    std::vector<double> grid;
    for (int i = 0; i < points; ++i)
        grid.push_back(static_cast<double>(i) / (points - 1));
    return grid;
}

std::vector<BandPoint> rocBand(const Ranking &ranking, std::span<const int> groups,
                               std::span<const double> grid, Resampling resampling)
{
    return bandOf(RocStatistics(ranking, grid), groups, grid, resampling);
}

std::vector<BandPoint> precisionRecallBand(const Ranking &ranking, std::span<const int> groups,
                                           std::span<const double> grid, Resampling resampling)
{
    return bandOf(PrecisionStatistics(ranking, grid), groups, grid, resampling);
}

std::vector<DecisionPoint> decisionCurve(const Ranking &ranking, std::span<const int> groups,
                                         std::span<const double> thresholds, Resampling resampling)
{
    const auto band = bandOf(BenefitStatistics(ranking, thresholds), groups, thresholds, resampling);
    const double films = ranking.positives() + ranking.negatives();
    const double prevalence = share(ranking.positives(), films);
    std::vector<DecisionPoint> curve;
    for (const BandPoint &point : band)
        curve.push_back(
            {point.x, point.y, point.interval, prevalence - (1 - prevalence) * point.x / (1 - point.x)});
    return curve;
}

} // namespace hilum
