// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// JudgementHtml: an evaluation as one self-contained page: every number with its interval and what it means,
// plots, sources, and where films and networks came from.
//
// Shape:   a whole HTML document; `plots` of each network in the judgement's order.
// Errors:  none.
// Threads: pure function.
#pragma once

#include "core/report/JudgementPlots.h"
#include "core/report/JudgementReport.h"

#include <string>
#include <vector>

namespace hilum {

[[nodiscard]] std::string judgementHtml(const Judgement &judgement,
                                        const std::vector<std::vector<ReportPlot>> &plots);

} // namespace hilum
