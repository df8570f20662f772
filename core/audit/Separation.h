// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Separation: tables of what is no anatomy, and how well each property alone tells classes apart.
//
// Shape:   `films` are indices into `all`; `classes` in the order of a comparison.
// Units:   as AuditSummary and PropertySeparation say.
// Errors:  none; a property that no film has is left out.
// Threads: pure functions.
// Source:  mutual information over up to 12 bins of equal count (a value that fills a bin has its own),
//          corrected after Miller 1955.
#pragma once

#include "core/audit/Audit.h"

#include <span>

namespace hilum {

[[nodiscard]] std::vector<AuditSummary> summarise(const std::vector<AuditFilm> &all,
                                                  std::span<const int> films);

// All classes and sources, in the order that AuditReport::cells has.
[[nodiscard]] std::vector<AuditCell> cellsOf(const std::vector<AuditFilm> &all,
                                             const std::vector<std::string> &classes,
                                             const std::vector<std::string> &sources);

// The worst first.
[[nodiscard]] std::vector<PropertySeparation> separate(const std::vector<AuditFilm> &all,
                                                       std::span<const int> films,
                                                       const std::vector<std::string> &classes);

} // namespace hilum
