// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// AuditWords: what an audit found, in plain English sentences.
//
// Errors:  none.
// Threads: pure functions.
#pragma once

#include "core/audit/Audit.h"

namespace hilum {

[[nodiscard]] std::string auditClassTitle(const std::string &label); // "COVID-19"
// "0.84 (0.82–0.86)"
[[nodiscard]] std::string estimateText(const Estimate &estimate);
// "COVID-19 and Normal inside NIH ChestX-ray14"
[[nodiscard]] std::string comparisonTitle(const AuditComparison &comparison);

[[nodiscard]] std::string comparisonSentence(const AuditComparison &comparison);
// The whole verdict, the gravest first; among equals faults of the list before comparisons.
[[nodiscard]] std::vector<AuditFinding> verdictOf(const AuditReport &report);

} // namespace hilum
