// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/PlotPainting.h"

#include "ui/plots/QCustomPlotHeader.h"

#include <QPainter>
#include <QPicture>

namespace hilum::ui {

void paintThrough(QCustomPlot &plot, QPainter &painter, QSize size)
{
    // Through a QPicture: QCustomPlot wants its own painter, and lines must stay lines.
    QPicture picture;
    QCPPainter recorder(&picture);
    plot.toPainter(&recorder, size.width(), size.height());
    recorder.end();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.drawPicture(0, 0, picture);
    painter.restore();
}

void calmAxis(QCPAxis &axis, const PlotTheme &theme, const QFont &font)
{
    axis.setBasePen(QPen(theme.line, 1));
    axis.setTickPen(Qt::NoPen);
    axis.setSubTickPen(Qt::NoPen);
    axis.setTickLabelColor(theme.muted);
    axis.setTickLabelFont(font);
    axis.setLabelColor(theme.muted);
    axis.setLabelFont(font);
    axis.grid()->setPen(QPen(theme.line, 1));
    axis.grid()->setZeroLinePen(Qt::NoPen);
}

void calmLegend(QCPLegend &legend, const PlotTheme &theme, const QFont &font, QSize sample)
{
    legend.setFillOrder(QCPLayoutGrid::foColumnsFirst);
    legend.setBrush(Qt::NoBrush);
    legend.setBorderPen(Qt::NoPen);
    legend.setFont(font);
    legend.setTextColor(theme.text);
    legend.setIconSize(sample);
}

QFont titleFont(QFont font)
{
    font.setBold(true);
    return font;
}

void paintTitle(QPainter &painter, const QRect &place, const QString &title, const QFont &font,
                const PlotTheme &theme)
{
    painter.setFont(titleFont(font));
    painter.setPen(theme.text);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignTop,
                     painter.fontMetrics().elidedText(title, Qt::ElideRight, place.width()));
}

} // namespace hilum::ui
