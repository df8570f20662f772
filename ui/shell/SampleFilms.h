// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// sampleFilms: the films that come with the program, to have something to look at.
//
// Errors:  none; an empty list where none is installed.
// Threads: pure; reads one folder.
#pragma once

#include <QStringList>

namespace hilum::ui {

[[nodiscard]] QStringList sampleFilms();

} // namespace hilum::ui
