// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// AssessmentStatistics: the numbers of an assessment as draws of films give them, all from one pass a draw.
//
// Shape:   `General` first, then `OfClass` for each class.
// Units:   as in Assessment.h.
// Errors:  NaN where films don't allow a number.
// Threads: values; pure functions.
#pragma once

#include "core/metrics/Bootstrap.h"
#include "core/metrics/ConfusionMatrix.h"
#include "core/metrics/Evaluation.h"
#include "core/metrics/Ranking.h"

#include <span>
#include <vector>

namespace hilum {

class AssessmentStatistics : public FilmStatistics {
public:
    enum General {
        Accuracy,
        BalancedAccuracy,
        KappaValue,
        Matthews,
        MacroF1,
        MacroAuc,
        HandTill,
        EqualWidthError,
        EqualMassError,
        Brier,
        generalCount
    };
    enum OfClass {
        Sensitivity,
        Specificity,
        Precision,
        NegativeValue,
        F1,
        Auc,
        AveragePrecision,
        ClassBrier,
        classCount
    };

    AssessmentStatistics(std::span<const ScoredFilm> films, int classes);

    std::size_t place(OfClass figure, int label) const
    {
        return std::size_t{generalCount} + static_cast<std::size_t>(label) * std::size_t{classCount}
        + static_cast<std::size_t>(figure);
    }
    std::size_t count() const override { return place(Sensitivity, m_classes); }
    void of(std::span<const int> timesDrawn, std::span<double> values) const override;
    // The equal-mass error is NaN here: its bins would have to be cut anew for each group.
    void withoutEach(const FilmGroups &groups, std::span<double> values) const override;

private:
    struct Bin {
        double films = 0;
        double right = 0;
        double confidence = 0;
    };
    // What a sum over films can say.
    struct Sums {
        std::vector<int> cells; // truth x call
        std::vector<double> squares; // by class, of probability less outcome
        std::vector<Bin> bins;
        double films = 0;
    };
    struct Pair {
        int first = 0; // classes
        int second = 0;
        Ranking ranking; // by the first class's probability among films of both
    };

    void add(std::size_t film, int times, Sums &sums) const;
    void fill(const Sums &sums, std::span<double> values) const;
    void fillAreas(std::span<const RankAreas> ofClass, std::span<const RankAreas> ofPairs,
                   std::span<double> values) const;
    double equalMassError(std::span<const int> timesDrawn) const;
    Sums emptySums() const;

    int m_classes;
    std::vector<int> m_cell; // of each film
    std::vector<int> m_bin;
    std::vector<double> m_confidence; // of the call
    std::vector<double> m_squares; // films x classes
    std::vector<std::uint8_t> m_isRight; // of each film
    // By rising confidence of the call:
    std::vector<std::uint32_t> m_byConfidence; // films
    std::vector<double> m_risingConfidence;
    std::vector<double> m_risingRight; // 1 or 0
    std::vector<Ranking> m_rankings;
    std::vector<Pair> m_pairs;
    Sums m_whole;
};

} // namespace hilum
