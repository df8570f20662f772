// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ChangeWords: what a change is called, what its strength is, and why one would try it.
//
// Errors:  none.
// Threads: pure functions.
#pragma once

#include "core/lab/FilmChange.h"

#include <QString>

namespace hilum::ui {

[[nodiscard]] QString changeTitle(const FilmChange &change); // "Cover a rectangle"
[[nodiscard]] QString changeLine(const FilmChange &change); // in the list: "JPEG, quality 30"
[[nodiscard]] QString strengthTitle(const FilmChange &change); // of the slider and the axis: "JPEG quality"
[[nodiscard]] QString strengthText(const FilmChange &change); // "-12°"
// What the hand may do, and what a person can learn from it.
[[nodiscard]] QString changeHint(const FilmChange &change);

} // namespace hilum::ui
