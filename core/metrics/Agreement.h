// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Agreement: do two classifiers err on the same films, and how far beyond chance do two columns of calls
// agree?
//
// Errors:  kappa and Matthews are NaN where chance explains all (an empty matrix, or one class only).
// Threads: pure functions.
// Source:  McNemar 1947, exact by the binomial below 25 discordant films, with Edwards' correction from
//          there on; Cohen 1960, large-sample interval of Fleiss, Cohen, Everitt 1969; Matthews 1975, for
//          several classes Gorodkin 2004.
#pragma once

#include "core/metrics/ConfusionMatrix.h"

namespace hilum {

struct McNemar {
    int onlyFirst = 0; // films that only the first called right
    int onlySecond = 0;
    bool isExact = true;
    double p = 1; // two-sided
};

[[nodiscard]] McNemar mcNemar(int onlyFirst, int onlySecond);

struct Kappa {
    double value = 0; // -1 to 1
    double standardError = 0;
    Interval interval; // 95 %
};

[[nodiscard]] Kappa cohensKappa(const ConfusionMatrix &matrix);

// -1 to 1.
[[nodiscard]] double matthews(const ConfusionMatrix &matrix);

} // namespace hilum
