// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// JournalLines: a batch's plan and rows as the lines of its journal.
//
// Errors:  DataCorrupt: `where`, and what was found there.
// Threads: pure functions.
#pragma once

#include "core/batch/Journal.h"

namespace hilum {

// With their line's end.
[[nodiscard]] std::string batchLine(const BatchPlan &plan);
[[nodiscard]] std::string batchLine(const BatchRow &row);

[[nodiscard]] Result<BatchPlan> batchPlanOf(const std::string &line, const std::string &where);
[[nodiscard]] Result<BatchRow> batchRowOf(const std::string &line, const BatchPlan &plan,
                                          const std::string &where);

} // namespace hilum
