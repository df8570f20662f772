// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// EvaluationPage: an evaluation (core/report/JudgementReport.h) as one page: its numbers with their
// intervals, plots, what its films could mislead by, and where films, predictions and networks come from.
//
// Shape:   up to four networks; of more the first four have plots.
// Errors:  evaluationPage: FileUnreadable; DataCorrupt naming the file. drawSvg: false where a file can't be
//          read or written.
// Threads: where QPainter may be used.
#pragma once

#include "core/base/Result.h"
#include "ui/report/ReportPage.h"

#include <filesystem>

namespace hilum::ui {

// `folder` holds report.json and plots/.
[[nodiscard]] Result<ReportPage> evaluationPage(const std::filesystem::path &folder);

// A plot of core/report as PDF and PNG beside it, at its own size.
[[nodiscard]] bool drawSvg(const QString &svg, const QString &pdf, const QString &png);

} // namespace hilum::ui
