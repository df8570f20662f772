// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// findFilms: the files that a person means by the files and folders they opened or dropped.
//
// A file is taken as it is named, so that a wrong one gets its error shown. A folder is walked down
// and gives what looks like a film by its first bytes; hidden files and links out are left alone.
//
// Errors:  none; what can't be listed is left out.
// Threads: pure; decode lane, a folder may be large. Stops early when asked to.
#pragma once

#include <QStringList>

#include <stop_token>

namespace hilum::ui {

inline constexpr int mostFilmsAtOnce = 20000;

[[nodiscard]] QStringList findFilms(const QStringList &paths, std::stop_token stop);

} // namespace hilum::ui
