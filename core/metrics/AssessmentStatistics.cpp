// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/AssessmentStatistics.h"

#include "core/metrics/Agreement.h"
#include "core/metrics/Assessment.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace hilum {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

std::size_t at(int index) { return static_cast<std::size_t>(index); }

double share(double part, double whole) { return whole > 0 ? part / whole : nothing; }

// Of those that are numbers.
class Mean {
public:
    void add(double value)
    {
        if (std::isnan(value))
            return;
        m_sum += value;
        ++m_count;
    }
    double value() const { return share(m_sum, m_count); }

private:
    double m_sum = 0;
    int m_count = 0;
};

// A bin holds low < p <= high, the first one low, too: as reliability().
int binOf(double probability)
{
    for (int bin = 1; bin < calibrationBins; ++bin) {
        if (probability <= static_cast<double>(bin) / calibrationBins)
            return bin - 1;
    }
    return calibrationBins - 1;
}

} // namespace

AssessmentStatistics::AssessmentStatistics(std::span<const ScoredFilm> films, int classes)
    : m_classes(classes)
    , m_byConfidence(films.size())
{
    for (const ScoredFilm &film : films) {
        const int call = film.call();
        m_cell.push_back(film.truth * classes + call);
        m_isRight.push_back(film.truth == call ? 1 : 0);
        m_confidence.push_back(film.probabilities[at(call)]);
        m_bin.push_back(binOf(m_confidence.back()));
        for (int c = 0; c < classes; ++c) {
            const double apart = film.probabilities[at(c)] - (film.truth == c ? 1 : 0);
            m_squares.push_back(apart * apart);
        }
    }
    std::iota(m_byConfidence.begin(), m_byConfidence.end(), 0U);
    std::ranges::sort(m_byConfidence, {}, [&](std::uint32_t film) { return m_confidence[film]; });
    for (const std::uint32_t film : m_byConfidence) {
        m_risingConfidence.push_back(m_confidence[film]);
        m_risingRight.push_back(m_isRight[film]);
    }
    for (int c = 0; c < classes; ++c) {
        const ClassScores scores = scoresOf(films, c);
        m_rankings.emplace_back(scores.scores, scores.positive);
        for (int other = 0; other < classes; ++other) {
            std::vector<double> among;
            std::vector<std::uint8_t> positive;
            std::vector<std::size_t> which;
            for (std::size_t film = 0; film < films.size(); ++film) {
                if (films[film].truth != c && films[film].truth != other)
                    continue;
                among.push_back(films[film].probabilities[at(c)]);
                positive.push_back(films[film].truth == c ? 1 : 0);
                which.push_back(film);
            }
            if (other != c)
                m_pairs.push_back({c, other, Ranking(among, positive, which)});
        }
    }
    m_whole = emptySums();
    for (std::size_t film = 0; film < films.size(); ++film)
        add(film, 1, m_whole);
}

AssessmentStatistics::Sums AssessmentStatistics::emptySums() const
{
    return {std::vector<int>(at(m_classes * m_classes), 0), std::vector<double>(at(m_classes), 0),
            std::vector<Bin>(at(calibrationBins)), 0};
}

void AssessmentStatistics::add(std::size_t film, int times, Sums &sums) const
{
    const int cell = m_cell[film];
    sums.cells[at(cell)] += times;
    sums.films += times;
    Bin &bin = sums.bins[at(m_bin[film])];
    bin.films += times;
    bin.right += times * m_isRight[film];
    bin.confidence += times * m_confidence[film];
    const double *squares = &m_squares[film * at(m_classes)];
    for (int c = 0; c < m_classes; ++c)
        sums.squares[at(c)] += times * squares[c];
}

void AssessmentStatistics::of(std::span<const int> timesDrawn, std::span<double> values) const
{
    Sums sums = emptySums();
    for (std::size_t film = 0; film < m_cell.size(); ++film)
        add(film, timesDrawn[film], sums);
    fill(sums, values);
    std::vector<RankAreas> ofClass;
    std::vector<RankAreas> ofPairs;
    for (const Ranking &ranking : m_rankings)
        ofClass.push_back(ranking.areas(timesDrawn));
    for (const Pair &pair : m_pairs)
        ofPairs.push_back(pair.ranking.areas(timesDrawn));
    fillAreas(ofClass, ofPairs, values);
    values[EqualMassError] = equalMassError(timesDrawn);
}

void AssessmentStatistics::withoutEach(const FilmGroups &groups, std::span<double> values) const
{
    std::vector<std::vector<RankAreas>> classAreas; // [ranking][group]
    std::vector<std::vector<RankAreas>> pairAreas;
    for (const Ranking &ranking : m_rankings)
        classAreas.push_back(ranking.areasWithoutEach(groups));
    for (const Pair &pair : m_pairs)
        pairAreas.push_back(pair.ranking.areasWithoutEach(groups));
    std::vector<RankAreas> ofClass(classAreas.size());
    std::vector<RankAreas> ofPairs(pairAreas.size());
    for (std::size_t group = 0; group < groups.count(); ++group) {
        const auto row = values.subspan(group * count(), count());
        Sums sums = m_whole;
        for (const std::size_t film : groups.of(group))
            add(film, -1, sums);
        fill(sums, row);
        const auto ofGroup = [group](const std::vector<RankAreas> &areas) { return areas[group]; };
        std::ranges::transform(classAreas, ofClass.begin(), ofGroup);
        std::ranges::transform(pairAreas, ofPairs.begin(), ofGroup);
        fillAreas(ofClass, ofPairs, row);
        row[EqualMassError] = nothing;
    }
}

void AssessmentStatistics::fill(const Sums &sums, std::span<double> values) const
{
    ConfusionMatrix matrix(m_classes);
    for (int cell = 0; cell < m_classes * m_classes; ++cell)
        matrix.add(cell / m_classes, cell % m_classes, sums.cells[at(cell)]);
    values[Accuracy] = matrix.accuracy();
    values[BalancedAccuracy] = matrix.balancedAccuracy();
    values[KappaValue] = cohensKappa(matrix).value;
    values[Matthews] = matthews(matrix);
    double error = 0;
    for (const Bin &bin : sums.bins)
        error += std::abs(bin.right - bin.confidence);
    values[EqualWidthError] = share(error, sums.films);
    double squares = 0;
    Mean f1s;
    for (int c = 0; c < m_classes; ++c) {
        const double films = matrix.rowTotal(c);
        const double called = matrix.columnTotal(c);
        const double hits = matrix.count(c, c);
        const double others = sums.films - films;
        const double spared = others - (called - hits);
        const double f1 = share(2 * hits, films + called);
        values[place(Sensitivity, c)] = share(hits, films);
        values[place(Specificity, c)] = share(spared, others);
        values[place(Precision, c)] = share(hits, called);
        values[place(NegativeValue, c)] = share(spared, sums.films - called);
        values[place(F1, c)] = f1;
        values[place(ClassBrier, c)] = share(sums.squares[at(c)], sums.films);
        squares += sums.squares[at(c)];
        f1s.add(f1);
    }
    values[MacroF1] = f1s.value();
    values[Brier] = share(m_classes == 2 ? squares / 2 : squares, sums.films);
}

void AssessmentStatistics::fillAreas(std::span<const RankAreas> ofClass, std::span<const RankAreas> ofPairs,
                                     std::span<double> values) const
{
    Mean macro;
    Mean pairs;
    for (int c = 0; c < m_classes; ++c) {
        values[place(Auc, c)] = ofClass[at(c)].auc;
        values[place(AveragePrecision, c)] = ofClass[at(c)].averagePrecision;
        macro.add(ofClass[at(c)].auc);
    }
    for (const RankAreas &areas : ofPairs)
        pairs.add(areas.auc);
    values[MacroAuc] = macro.value();
    values[HandTill] = pairs.value();
}

// As expectedCalibrationError(reliability(..., EqualMass)): quantiles linear between films, equal edges
// merged.
double AssessmentStatistics::equalMassError(std::span<const int> timesDrawn) const
{
    long films = 0;
    for (const int times : timesDrawn)
        films += times;
    if (films == 0)
        return nothing;
    std::vector<double> edges;
    std::size_t at = 0;
    long upTo = timesDrawn[m_byConfidence[0]]; // films drawn up to `at`
    const auto order = [&](long place) { // the drawn film of this place; places never fall
        while (upTo <= place)
            upTo += timesDrawn[m_byConfidence[++at]];
        return m_risingConfidence[at];
    };
    for (int bin = 1; bin < calibrationBins; ++bin) {
        const double place = static_cast<double>(bin) / calibrationBins * static_cast<double>(films - 1);
        const auto below = static_cast<long>(place);
        const double low = order(below);
        // Looking one further must not move the walk: the next edge may lie between the same films.
        const std::size_t keptAt = at;
        const long keptUpTo = upTo;
        const double high = order(std::min(below + 1, films - 1));
        at = keptAt;
        upTo = keptUpTo;
        const double edge = low + (place - static_cast<double>(below)) * (high - low);
        if (edges.empty() || edge > edges.back())
            edges.push_back(edge);
    }
    double error = 0;
    double right = 0;
    double confidence = 0;
    std::size_t bin = 0;
    for (std::size_t i = 0; i < m_byConfidence.size(); ++i) {
        while (bin < edges.size() && m_risingConfidence[i] > edges[bin]) {
            error += std::abs(right - confidence);
            right = confidence = 0;
            ++bin;
        }
        const double times = timesDrawn[m_byConfidence[i]];
        right += times * m_risingRight[i];
        confidence += times * m_risingConfidence[i];
    }
    error += std::abs(right - confidence);
    return error / static_cast<double>(films);
}

} // namespace hilum
