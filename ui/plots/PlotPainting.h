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

class QCPAxis;
class QCustomPlot;
class QPainter;

namespace hilum::ui {

// Paints the plot at this size; what is drawn as lines stays lines in PDF and SVG.
void paintThrough(QCustomPlot &plot, QPainter &painter, QSize size);

// A thin base line and grid, no ticks, words in the muted colour.
void calmAxis(QCPAxis &axis, const PlotTheme &theme, const QFont &font);

} // namespace hilum::ui
