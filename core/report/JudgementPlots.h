// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// JudgementPlots: what a network's evaluation looks like, each plot as SVG and as the CSV behind it.
//
// Shape:   `name` is a file's name without its ending: "confusion", "roc", "precision-recall", "det",
//          "reliability", "decision", "scores-<number>-<class>", "boxes-<number>-<class>".
// Errors:  none; a class that has no curve is left out of it.
// Threads: pure functions.
#pragma once

#include "core/report/JudgementReport.h"

#include <string>
#include <vector>

namespace hilum {

struct ReportPlot {
    std::string name;
    std::string meaning; // a sentence, for whoever reads the plot first
    std::string svg;
    std::string csv; // its last column is the notice
};

[[nodiscard]] std::vector<ReportPlot> plotsOf(const JudgedModel &model, const std::string &notice);

} // namespace hilum
