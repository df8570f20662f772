// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/predict/ColourBar.h"

#include "ui/viewer/HeatColours.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

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

void ColourBar::setSign(MapSign sign)
{
    m_sign = sign;
    update();
}

void ColourBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    for (int x = 0; x < width(); ++x) {
        const double place = x / std::max(1.0, width() - 1.0);
        const double value = m_sign == MapSign::Both ? 2 * place - 1 : place;
        const bool isAgainst = m_sign == MapSign::Negative || value < 0;
        painter.fillRect(x, 0, 1, barHeight, isAgainst ? coldColour(std::abs(value)) : heatColour(value));
    }
    painter.setPen(palette().color(QPalette::PlaceholderText));
    const QRect numbers(0, barHeight + 2, width(), fontMetrics().height() + 2);
    const bool isBoth = m_sign == MapSign::Both;
    painter.drawText(numbers, Qt::AlignLeft, isBoth ? tr("\u22121 (against)") : tr("0"));
    painter.drawText(numbers, Qt::AlignHCenter, isBoth ? tr("0") : tr("0.5"));
    painter.drawText(numbers, Qt::AlignRight, isBoth ? tr("1 (for)") : tr("1 (strongest cell)"));
}

} // namespace hilum::ui
