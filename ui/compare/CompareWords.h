// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// CompareWords: what each statistic of a comparison is, how large, and what that means in plain words.
//
// Units:   shares in per cent, areas and kappa as they are; intervals 95 %.
// Errors:  none; what these films can't tell is said so.
// Threads: pure functions.
#pragma once

#include "core/compare/FilmComparison.h"

#include <QString>

#include <vector>

namespace hilum::ui {

struct CompareStatistic {
    QString title;
    QString value;
    QString meaning; // one sentence
};

[[nodiscard]] std::vector<CompareStatistic> compareStatistics(const FilmComparison &comparison,
                                                              const ModelComparison &statistics);
[[nodiscard]] QString statisticsHtml(const std::vector<CompareStatistic> &statistics, const QString &muted);

[[nodiscard]] QString shareText(const Share &share); // "91.7 % (81.9–96.4)"; a dash for no film
[[nodiscard]] QString testText(double p, bool isExact); // "0.04 (exact)", "< 0.001"

// "23 of 60 films, 1.3 a second, about 30 s left, 1 could not be read"
[[nodiscard]] QString progressText(const TwiceProgress &progress);

} // namespace hilum::ui
