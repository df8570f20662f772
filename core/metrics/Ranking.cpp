// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Ranking.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace hilum {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint32_t absent = std::numeric_limits<std::uint32_t>::max();

std::vector<std::size_t> upTo(std::size_t count)
{
    std::vector<std::size_t> all(count);
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
}

} // namespace

Ranking::Ranking(std::span<const double> scores, std::span<const std::uint8_t> positive)
{
    assert(scores.size() == positive.size());
    sort(scores, positive, upTo(scores.size()));
}

Ranking::Ranking(std::span<const double> scores, std::span<const std::uint8_t> positive,
                 std::span<const std::size_t> films)
{
    assert(scores.size() == positive.size() && scores.size() == films.size());
    sort(scores, positive, films);
}

void Ranking::sort(std::span<const double> scores, std::span<const std::uint8_t> positive,
                   std::span<const std::size_t> films)
{
    // A NaN has no rank, and sorting with one is undefined.
    m_isUsable = std::ranges::none_of(scores, [](double score) { return std::isnan(score); });
    m_whole = {nothing, nothing};
    if (!m_isUsable)
        return;
    std::vector<std::size_t> order = upTo(scores.size());
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    const std::size_t most = films.empty() ? 0 : 1 + *std::ranges::max_element(films);
    m_blockOf.assign(most, absent);
    m_isPositive.assign(most, 0);
    double below = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::size_t at = order[i];
        const bool isPositive = positive[at] != 0;
        if (i == 0 || scores[at] < scores[order[i - 1]]) {
            m_blocks.emplace_back();
            m_blocks.back().score = scores[at];
        }
        Block &block = m_blocks.back();
        m_films.push_back({static_cast<std::uint32_t>(films[at]), isPositive});
        m_blockOf[films[at]] = static_cast<std::uint32_t>(m_blocks.size() - 1);
        m_isPositive[films[at]] = isPositive ? 1 : 0;
        block.end = i + 1;
        block.films += 1;
        block.positives += isPositive ? 1 : 0;
        m_positives += isPositive ? 1 : 0;
    }
    double positives = 0;
    for (Block &block : m_blocks) {
        const double others = block.films - block.positives;
        m_wins += others * (positives + block.positives / 2);
        positives += block.positives;
        below += block.films;
        block.positivesUpTo = positives;
        block.filmsUpTo = below;
    }
    sumTerms();
    m_whole = areas(std::vector<int>(most, 1));
}

void Ranking::sumTerms()
{
    double above = 0;
    for (Block &block : m_blocks) {
        block.termsAbove = above;
        above += block.positives * block.positivesUpTo / block.filmsUpTo;
    }
    double withoutNegative = 0;
    double withoutPositive = 0;
    for (auto block = m_blocks.rbegin(); block != m_blocks.rend(); ++block) {
        block->termsBelowWithoutNegative = withoutNegative;
        block->termsBelowWithoutPositive = withoutPositive;
        if (block->filmsUpTo > 1) {
            withoutNegative += block->positives * block->positivesUpTo / (block->filmsUpTo - 1);
            withoutPositive += block->positives * (block->positivesUpTo - 1) / (block->filmsUpTo - 1);
        }
    }
}

RankAreas Ranking::areas(std::span<const int> timesDrawn) const
{
    if (!m_isUsable)
        return {nothing, nothing};
    double wins = 0;
    double terms = 0;
    double positives = 0;
    double films = 0;
    std::size_t at = 0;
    for (const Block &block : m_blocks) {
        int here = 0;
        int positivesHere = 0;
        for (; at < block.end; ++at) {
            const int times = timesDrawn[m_films[at].index];
            here += times;
            positivesHere += m_films[at].isPositive ? times : 0;
        }
        if (here == 0)
            continue;
        wins += (here - positivesHere) * (positives + positivesHere / 2.0);
        positives += positivesHere;
        films += here;
        if (positivesHere > 0)
            terms += positivesHere * positives / films;
    }
    const double negatives = films - positives;
    return {positives > 0 && negatives > 0 ? wins / (positives * negatives) : nothing,
            positives > 0 ? terms / positives : nothing};
}

RankAreas Ranking::areasWithout(std::span<const std::size_t> films, std::span<const int> timesDrawn) const
{
    if (!m_isUsable)
        return {nothing, nothing};
    std::size_t only = 0;
    int left = 0;
    for (const std::size_t film : films) {
        if (film < m_blockOf.size() && m_blockOf[film] != absent) {
            only = film;
            ++left;
        }
    }
    if (left == 0)
        return m_whole;
    if (left > 1)
        return areas(timesDrawn);
    const Block &block = m_blocks[m_blockOf[only]];
    const bool isPositive = m_isPositive[only] != 0;
    const double less = isPositive ? 1 : 0;
    const double positivesLeft = m_positives - less;
    const double negativesLeft = negatives() - (1 - less);
    const double tied = block.films - block.positives;
    const double negativesBelow = negatives() - (block.filmsUpTo - block.positivesUpTo);
    const double wins
        = m_wins - (isPositive ? negativesBelow + tied / 2 : block.positivesUpTo - block.positives / 2);
    double terms
        = block.termsAbove + (isPositive ? block.termsBelowWithoutPositive : block.termsBelowWithoutNegative);
    if (block.filmsUpTo > 1)
        terms += (block.positives - less) * (block.positivesUpTo - less) / (block.filmsUpTo - 1);
    return {positivesLeft > 0 && negativesLeft > 0 ? wins / (positivesLeft * negativesLeft) : nothing,
            positivesLeft > 0 ? terms / positivesLeft : nothing};
}

std::vector<OperatingPoint> Ranking::points() const { return points(std::vector<int>(m_blockOf.size(), 1)); }

std::vector<OperatingPoint> Ranking::points(std::span<const int> timesDrawn) const
{
    std::vector<OperatingPoint> found;
    found.reserve(m_blocks.size() + 1);
    found.push_back({std::numeric_limits<double>::infinity(), 0, 0});
    OperatingPoint point;
    std::size_t at = 0;
    for (const Block &block : m_blocks) {
        bool isDrawn = false;
        for (; at < block.end; ++at) {
            const int times = timesDrawn[m_films[at].index];
            (m_films[at].isPositive ? point.truePositives : point.falsePositives) += times;
            isDrawn = isDrawn || times > 0;
        }
        point.threshold = block.score;
        if (isDrawn)
            found.push_back(point);
    }
    return found;
}

} // namespace hilum
