// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Ranking: films in the order of a score, sorted once, and every number that depends on that order alone.
//
// Shape:   one score and one truth a film. A subset names its films; `timesDrawn` is of all films.
// Units:   areas and rates 0 to 1. A film is called positive from its threshold on: score >= threshold.
// Errors:  NaN where a side is empty (average precision: no positive) or a score is not a number.
// Threads: values; pure functions. Sorting O(n log n), all else linear or quicker.
// Source:  area under the ROC curve: Mann, Whitney 1947, equal scores count half. Average precision: the sum
//          of (recall - recall before) x precision, equal scores as one step, nothing interpolated, as
//          scikit-learn's average_precision_score.
#pragma once

#include "core/metrics/FilmGroups.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hilum {

struct RankAreas {
    double auc = 0;
    double averagePrecision = 0;
};

// What a threshold gives.
struct OperatingPoint {
    double threshold = 0; // infinite: nothing is called positive
    int truePositives = 0;
    int falsePositives = 0;
};

class Ranking {
public:
    Ranking(std::span<const double> scores, std::span<const std::uint8_t> positive);
    // Scores and truths of films[i] of a larger set.
    Ranking(std::span<const double> scores, std::span<const std::uint8_t> positive,
            std::span<const std::size_t> films);

    int positives() const { return m_positives; }
    int negatives() const { return static_cast<int>(m_films.size()) - m_positives; }

    RankAreas areas(std::span<const int> timesDrawn) const;
    RankAreas areas() const { return m_whole; } // every film once
    // Each group in turn left out, every other film once. Linear in films for groups of a few films.
    std::vector<RankAreas> areasWithoutEach(const FilmGroups &groups) const;

    // From the highest threshold (nothing is called) to the lowest score (everything is), one for each
    // different score.
    std::vector<OperatingPoint> points() const;
    std::vector<OperatingPoint> points(std::span<const int> timesDrawn) const; // only scores that were drawn

private:
    struct Block { // films of equal score
        std::size_t end = 0; // in m_films
        double score = 0;
        double positives = 0; // here
        double positivesUpTo = 0; // here and above
        double films = 0;
        double filmsUpTo = 0;
    };
    struct Film {
        std::uint32_t index;
        std::int32_t positive; // all bits: it is; none: it is not
    };
    // Blocks between two that lose films, when a group is left out.
    struct Stretch {
        std::uint32_t group = 0;
        std::uint32_t positives = 0; // of the group, above
        std::uint32_t from = 0; // blocks
        std::uint32_t to = 0;
    };
    struct Leaving;

    void sort(std::span<const double> scores, std::span<const std::uint8_t> positive,
              std::span<const std::size_t> films);
    RankAreas leave(std::span<const std::size_t> films, std::uint32_t group, Leaving &leaving) const;

    std::vector<Film> m_films; // by falling score
    std::vector<Block> m_blocks;
    std::vector<std::uint32_t> m_blockOf; // of a film's index; none: absent
    std::vector<std::uint8_t> m_isPositive; // of a film's index
    int m_positives = 0;
    double m_wins = 0; // pairs in which the positive is higher, equal ones half
    RankAreas m_whole; // every film once
    bool m_isUsable = true;
};

} // namespace hilum
