// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Labels: a sentence that wraps, in one of the theme's roles, its text as it is written: names that users
// give are no markup.
//
// Errors:  none.
// Threads: UI thread only.
#pragma once

#include <QString>

class QFontMetrics;
class QLabel;
class QWidget;

namespace hilum::ui {

[[nodiscard]] QLabel *wrappedLabel(QWidget *parent, const char *role, const QString &text = {});

// A network's title where `columns` of them stand side by side in the side panel: its middle left out where
// it would make the panel wider than the screen allows. The whole title belongs into a tool tip.
[[nodiscard]] QString columnTitle(const QString &title, std::size_t columns, const QFontMetrics &metrics);

} // namespace hilum::ui
