// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PlotTheme: the named colours a plot is drawn with; the window fills it from its palette.
//
// Units:   opaque sRGB. The default is the dark theme. Class colours are in ClassNames.h: they are
//          the same in every theme.
#pragma once

#include <QColor>

namespace hilum::ui {

struct PlotTheme {
    QColor background{0x16, 0x18, 0x1b}; // behind the plot
    QColor surface{0x1e, 0x21, 0x25}; // empty cells, tooltips
    QColor line{0x34, 0x38, 0x3e}; // grid and frames
    QColor text{0xe6, 0xe6, 0xe6};
    QColor muted{0x9a, 0xa0, 0xa8}; // axis numbers, captions
    QColor accent{0x6c, 0xb2, 0xeb};

    bool operator==(const PlotTheme &) const = default;
};

} // namespace hilum::ui
