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
        m_films.push_back({static_cast<std::uint32_t>(films[at]), isPositive ? -1 : 0});
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
    m_whole = areas(std::vector<int>(most, 1));
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
            positivesHere += times & m_films[at].positive;
        }
        // No branch: whether a film was drawn can't be foreseen. Nothing drawn adds 0.
        wins += (here - positivesHere) * (positives + positivesHere / 2.0);
        positives += positivesHere;
        films += here;
        terms += positivesHere * positives / std::max(films, 1.0);
    }
    const double negatives = films - positives;
    return {positives > 0 && negatives > 0 ? wins / (positives * negatives) : nothing,
            positives > 0 ? terms / positives : nothing};
}

// What is put off until all groups are known: by how many films are gone above, the stretches of blocks
// between those that lose some.
struct Ranking::Leaving {
    std::vector<std::vector<Stretch>> stretches; // by films gone above
    std::vector<double> terms; // of each group's average precision
    std::vector<double> positives; // that each group leaves
};

// The area at once, by what is subtracted; the precision's terms of the blocks that lose films.
RankAreas Ranking::leave(std::span<const std::size_t> films, std::uint32_t group, Leaving &leaving) const
{
    std::vector<std::uint32_t> lost; // block and whether positive, by falling score
    for (const std::size_t film : films) {
        if (film < m_blockOf.size() && m_blockOf[film] != absent)
            lost.push_back(m_blockOf[film] * 2 + m_isPositive[film]);
    }
    std::ranges::sort(lost);
    double wins = m_wins;
    double gone = 0; // films above
    double positivesGone = 0;
    std::uint32_t from = 0;
    const auto stretch = [&](std::uint32_t to) {
        const auto above = static_cast<std::size_t>(gone);
        if (leaving.stretches.size() <= above)
            leaving.stretches.resize(above + 1);
        leaving.stretches[above].push_back({group, static_cast<std::uint32_t>(positivesGone), from, to});
    };
    for (std::size_t i = 0; i < lost.size();) {
        const std::uint32_t at = lost[i] / 2;
        double here = 0;
        double positivesHere = 0;
        for (; i < lost.size() && lost[i] / 2 == at; ++i) {
            here += 1;
            positivesHere += lost[i] % 2;
        }
        const Block &block = m_blocks[at];
        const double negativesHere = here - positivesHere;
        const double tied = block.films - block.positives;
        const double negativesBelow = negatives() - (block.filmsUpTo - block.positivesUpTo);
        wins -= positivesHere * (negativesBelow + tied / 2)
            + negativesHere * (block.positivesUpTo - block.positives / 2);
        // Pairs of two that both leave went twice.
        wins += negativesHere * (positivesGone + positivesHere / 2);
        stretch(at);
        gone += here;
        positivesGone += positivesHere;
        if (block.filmsUpTo > gone)
            leaving.terms[group] += (block.positives - positivesHere) * (block.positivesUpTo - positivesGone)
                / (block.filmsUpTo - gone);
        from = at + 1;
    }
    stretch(static_cast<std::uint32_t>(m_blocks.size()));
    const double positives = m_positives - positivesGone;
    const double others = negatives() - (gone - positivesGone);
    leaving.positives[group] = positives;
    return {positives > 0 && others > 0 ? wins / (positives * others) : nothing, nothing};
}

std::vector<RankAreas> Ranking::areasWithoutEach(const FilmGroups &groups) const
{
    constexpr std::size_t most = 64; // films of a group that are subtracted one by one
    std::vector<RankAreas> found(groups.count(), RankAreas{nothing, nothing});
    if (!m_isUsable)
        return found;
    Leaving leaving{{}, std::vector<double>(groups.count()), std::vector<double>(groups.count(), nothing)};
    std::vector<int> times;
    for (std::size_t group = 0; group < groups.count(); ++group) {
        const auto films = groups.of(group);
        if (films.size() <= most) {
            found[group] = leave(films, static_cast<std::uint32_t>(group), leaving);
            continue;
        }
        times.assign(std::max(groups.films(), m_blockOf.size()), 1);
        for (const std::size_t film : films)
            times[film] = 0;
        found[group] = areas(times);
    }
    // With `gone` films less above it a block's term is positives x (positives above - p) / (films above -
    // gone), so that two sums along the blocks serve every group.
    std::vector<double> whole(m_blocks.size() + 1);
    std::vector<double> ofOne(m_blocks.size() + 1);
    for (std::size_t gone = 0; gone < leaving.stretches.size(); ++gone) {
        for (std::size_t i = 0; i < m_blocks.size(); ++i) {
            const Block &block = m_blocks[i];
            const double left = block.filmsUpTo - static_cast<double>(gone);
            const double each = left > 0 ? block.positives / left : 0;
            whole[i + 1] = whole[i] + each * block.positivesUpTo;
            ofOne[i + 1] = ofOne[i] + each;
        }
        for (const Stretch &stretch : leaving.stretches[gone])
            leaving.terms[stretch.group] += whole[stretch.to] - whole[stretch.from]
                - stretch.positives * (ofOne[stretch.to] - ofOne[stretch.from]);
    }
    for (std::size_t group = 0; group < groups.count(); ++group) {
        if (leaving.positives[group] > 0)
            found[group].averagePrecision = leaving.terms[group] / leaving.positives[group];
    }
    return found;
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
            (m_films[at].positive != 0 ? point.truePositives : point.falsePositives) += times;
            isDrawn = isDrawn || times > 0;
        }
        point.threshold = block.score;
        if (isDrawn)
            found.push_back(point);
    }
    return found;
}

} // namespace hilum
