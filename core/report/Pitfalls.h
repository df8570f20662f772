// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Pitfalls: what in a table of films and truths could mislead whoever reads the numbers made from it: classes
// that come from one hospital each, films that stand twice, patients in two classes, classes of few films.
// What the films themselves give away is core/audit's.
//
// Shape:   the gravest first; never empty.
// Errors:  none.
// Threads: pure function.
// Source:  why: DeGrave, Janizek, Lee 2021.
#pragma once

#include "core/metrics/Evaluation.h"

#include <span>
#include <string>
#include <vector>

namespace hilum {

struct Pitfall {
    std::string gravity; // "grave", "warning", "note", "good": as core/audit names them
    std::string sentence;
};

[[nodiscard]] std::vector<Pitfall> pitfallsOf(std::span<const ScoredFilm> films,
                                              const std::vector<std::string> &labels);

} // namespace hilum
