// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PlotCsv: how words, numbers and the stamp stand in the CSV of a plot.
//
// Threads: pure functions.
#pragma once

#include <QString>

namespace hilum::ui {

[[nodiscard]] QString csvField(const QString &text); // in quotes where it must
[[nodiscard]] QString csvValue(double value); // every digit; empty when it is not defined
// ",who,Hilum 1.0,notice\n": the end of every row that leaves the program.
[[nodiscard]] QString csvTail(const QString &provenance);

} // namespace hilum::ui
