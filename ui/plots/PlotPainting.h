// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PlotPainting: what every plot over QCustomPlot does alike.
//
// Threads: UI thread only.
// Sees QCustomPlot: include from .cpp files of this room only.
#pragma once

#include "ui/plots/PlotTheme.h"

#include <QFont>
#include <QSize>
#include <QString>

class QCPAxis;
class QCPLegend;
class QCustomPlot;
class QPainter;
class QRect;

namespace hilum::ui {

// Paints the plot at this size; what is drawn as lines stays lines in PDF and SVG.
void paintThrough(QCustomPlot &plot, QPainter &painter, QSize size);

// A thin base line and grid, no ticks, words in the muted colour.
void calmAxis(QCPAxis &axis, const PlotTheme &theme, const QFont &font);

// Column by column, without a frame; `sample`: of the line or dot before a name.
void calmLegend(QCPLegend &legend, const PlotTheme &theme, const QFont &font, QSize sample);

// A plot's own title: bold, at the top left of `place`, cut where it ends.
[[nodiscard]] QFont titleFont(QFont font);
void paintTitle(QPainter &painter, const QRect &place, const QString &title, const QFont &font,
                const PlotTheme &theme);

} // namespace hilum::ui
