// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/predict/ColourBar.h"

#include "ui/viewer/HeatColours.h"

#include <QPainter>

#include <algorithm>

namespace hilum::ui {

namespace {

constexpr int barHeight = 10;

} // namespace

ColourBar::ColourBar(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Colour bar of the map: dark is no evidence, bright is the strongest cell"));
}

QSize ColourBar::sizeHint() const { return {160, barHeight + 4 + fontMetrics().height()}; }

void ColourBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    for (int x = 0; x < width(); ++x)
        painter.fillRect(x, 0, 1, barHeight, heatColour(x / std::max(1.0, width() - 1.0)));
    painter.setPen(palette().color(QPalette::PlaceholderText));
    const QRect numbers(0, barHeight + 2, width(), fontMetrics().height() + 2);
    painter.drawText(numbers, Qt::AlignLeft, tr("0"));
    painter.drawText(numbers, Qt::AlignHCenter, tr("0.5"));
    painter.drawText(numbers, Qt::AlignRight, tr("1 (strongest cell)"));
}

} // namespace hilum::ui
