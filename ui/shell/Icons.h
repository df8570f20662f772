// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Icons: the line-drawn family of resources/icons in the colours of the palette.
//
// Errors:  a name that does not exist is a bug and gives an empty picture.
// Threads: UI thread.
#pragma once

#include <QIcon>
#include <QString>

namespace hilum::ui {

// Drawn when shown, in the application palette's text colour of that moment; disabled ones are muted.
[[nodiscard]] QIcon icon(const QString &name);

} // namespace hilum::ui
