// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// CornerTexts: what a film view writes into its corners, away from the lungs.
//
// Units:   zoom is device pixels per film pixel; spacing in millimetres with where it comes from.
// Errors:  none.
#pragma once

#include "ui/bridge/DisplayFilm.h"

#include <QRect>
#include <QString>

class QPainter;

namespace hilum::ui {

struct CornerTexts {
    QString left; // window and zoom
    QString right; // size and spacing
    QString notice; // top right: what is otherwise than one would think
    QString caption; // top left: which film it is, where several are shown
};

[[nodiscard]] CornerTexts cornerTexts(const DisplayFilm &film, const Voi &voi, bool inverted, double zoom);

// White with a dark edge, so that it is legible over bone and over air.
void drawCornerTexts(QPainter &painter, const QRect &area, const CornerTexts &texts);

// "0.143 mm at the detector (Imager Pixel Spacing)", or that the film doesn't say.
[[nodiscard]] QString spacingText(const Film &film);

// The same in a few words: "0.143 mm at the detector".
[[nodiscard]] QString shortSpacingText(const Film &film);

// A value as it is read out loud: whole when the step is whole, else four significant digits.
[[nodiscard]] QString valueText(double value);

} // namespace hilum::ui
