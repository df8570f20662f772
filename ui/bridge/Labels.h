// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Labels: a sentence that wraps, in one of the theme's roles, its text as it is written: names that users
// give are no markup.
//
// Errors:  none.
// Threads: UI thread only.
#pragma once

#include <QString>

class QLabel;
class QWidget;

namespace hilum::ui {

[[nodiscard]] QLabel *wrappedLabel(QWidget *parent, const char *role, const QString &text = {});

} // namespace hilum::ui
