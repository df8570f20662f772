// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmPage: a report on a film (core/report/FilmReport.h) as one page.
//
// Errors:  none; a picture that is not there is left out.
// Threads: where QPainter may be used.
#pragma once

#include "core/report/FilmReport.h"
#include "ui/report/ReportPage.h"

namespace hilum::ui {

// `folder` holds the report's pictures.
[[nodiscard]] ReportPage filmPage(const FilmReport &report, const QString &folder);

} // namespace hilum::ui
