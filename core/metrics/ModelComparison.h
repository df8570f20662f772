// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ModelComparison: what two networks say of the same films: how often they agree, and which is right more
// often.
//
// Shape:   both give probabilities of the same classes in the same order.
// Units:   disagreement 0 (the same probabilities) to 1 (each is sure of another class): half the sum of
//          absolute differences. Intervals 95 %: Wilson for shares of films, patients drawn with replacement
//          for the difference of accuracies, DeLong for areas.
// Errors:  none; without truths (-1) only agreement is measured, NaN where a table has no films.
// Threads: pure functions, the same for the same films.
// Source:  Agreement.h, Auc.h, Bootstrap.h.
#pragma once

#include "core/metrics/Evaluation.h"

#include <span>
#include <string>
#include <vector>

namespace hilum {

struct TwiceReadFilm {
    std::string film;
    std::string group; // the film's own name when empty
    std::string source;
    int truth = -1; // no class: unknown
    std::vector<double> first; // probabilities
    std::vector<double> second;

    double disagreement() const;
    int firstCall() const;
    int secondCall() const;
};

struct AreaComparison {
    std::string label; // v the rest
    AucComparison areas;
};

struct ComparedFilms {
    std::string source; // empty: all
    int films = 0;
    Share agree; // on the call
    Kappa kappa;
    int labelled = 0; // films with a truth; what follows is of these
    Share firstRight;
    Share secondRight;
    McNemar test;
    std::vector<AreaComparison> areas;
};

struct ModelComparison {
    ComparedFilms all;
    BootstrapEstimate difference; // of accuracy, first less second, by patient
    ConfusionMatrix calls{2}; // rows: first, columns: second
    std::vector<ComparedFilms> sources; // where there is more than one
};

[[nodiscard]] ModelComparison compareModels(std::span<const TwiceReadFilm> films,
                                            const std::vector<std::string> &labels);

} // namespace hilum
