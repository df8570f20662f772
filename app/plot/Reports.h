// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Reports: pages and plots of the reports that hilum-cli wrote.
//
// Errors:  those of the report's files; FileUnreadable for one that can't be written.
#pragma once

#include "core/base/Result.h"

#include <QPageSize>
#include <QString>

namespace hilum::ui {

// report.pdf, report.png and report.html of a film's report.json.
[[nodiscard]] Result<void> writeFilmReport(const QString &data, const QString &folder,
                                           QPageSize::PageSizeId paper);
// report.pdf and report.png of an evaluation, and each of its plots as PDF and PNG.
[[nodiscard]] Result<void> writeEvaluation(const QString &data, const QString &folder,
                                           QPageSize::PageSizeId paper);

} // namespace hilum::ui
