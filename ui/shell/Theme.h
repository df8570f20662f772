// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Theme: every colour and text size of the window, by role, in one table.
//
// Labels and buttons choose among the styles by a dynamic property "role": title, strong, body, small,
// muted, warning for labels; row, section, link for buttons.
//
// Units:   opaque sRGB; sizes in points, times the scale (1.3 in projector mode).
// Errors:  none.
// Threads: UI thread.
#pragma once

#include "ui/plots/PlotTheme.h"

#include <QColor>

class QApplication;

namespace hilum::ui {

enum class ThemeChoice { Dark, Light };

struct Theme {
    QColor background; // of the window
    QColor surface; // fields, lists
    QColor raised; // selected rows, hovered buttons
    QColor line;
    QColor text;
    QColor muted;
    QColor accent;
    QColor onAccent;
    QColor warning;
    QColor error;
};

[[nodiscard]] const Theme &themeOf(ThemeChoice choice);
[[nodiscard]] PlotTheme plotTheme(const Theme &theme);
void applyTheme(QApplication &application, const Theme &theme, double textScale);

inline constexpr double projectorScale = 1.35;

} // namespace hilum::ui
