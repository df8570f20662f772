// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MarkText: a mark in words: its name, its numbers with what they are, and a table of all of them.
//
// Units:   millimetres with two decimals below 10, one above; pixels with one below 100, else whole.
//          The table has every digit.
// Errors:  none.
#pragma once

#include "ui/marks/MarkStore.h"

#include <QString>
#include <QStringList>

#include <functional>

namespace hilum::ui {

[[nodiscard]] QString kindText(MarkKind kind); // "Length"
[[nodiscard]] QString markName(const Mark &mark); // "Length 2"

[[nodiscard]] QString lengthText(const Length &length); // "142.3 mm at detector"
[[nodiscard]] QString areaText(const Length &area);

struct MarkWords {
    QString value; // "142.3", "34.2°", "mean 1834"
    QString what; // "mm at detector"
};
[[nodiscard]] MarkWords markWords(const Mark &mark, const MarkReading &reading);

// What stands beside it on the film.
[[nodiscard]] QStringList labelLines(const Mark &mark, const MarkReading &reading);

// All of it in one line, for the clipboard: "Length 2: 142.3 mm at detector".
[[nodiscard]] QString markLine(const Mark &mark, const MarkReading &reading);

// As a CSV table with a header line.
[[nodiscard]] QString marksTable(const FilmMarks &marks,
                                 const std::function<MarkReading(const Mark &)> &read);

} // namespace hilum::ui
