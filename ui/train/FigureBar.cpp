// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/FigureBar.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

constexpr int trackHeight = 8;
constexpr int gap = 4;
constexpr int markWidth = 3;

int along(const QRect &track, double share)
{
    return track.left() + static_cast<int>(std::lround(share * (track.width() - 1)));
}

} // namespace

FigureBar::FigureBar(PublishedFigure figure, QWidget *parent)
    : QWidget(parent)
    , m_figure(std::move(figure))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(m_figure.what + QStringLiteral(": ") + m_figure.text());
    setToolTip(accessibleName());
}

QSize FigureBar::sizeHint() const
{
    const int words = fontMetrics().horizontalAdvance(m_figure.what + m_figure.text());
    return {words + 8 * gap, fontMetrics().height() + gap + trackHeight + gap};
}

QSize FigureBar::minimumSizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_figure.text()) + 16 * gap, sizeHint().height()};
}

QRect FigureBar::trackRect() const { return {0, fontMetrics().height() + gap, width(), trackHeight}; }

QRect FigureBar::bandRect() const
{
    const QRect track = trackRect();
    const Interval ends = m_figure.interval();
    const int left = along(track, ends.low);
    return {left, track.top(), along(track, ends.high) - left + 1, track.height()};
}

void FigureBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect line(0, 0, width(), fontMetrics().height());
    const QString value = m_figure.text();
    const int valueWidth = fontMetrics().horizontalAdvance(value);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(
        line, Qt::AlignLeft | Qt::AlignVCenter,
        fontMetrics().elidedText(m_figure.what, Qt::ElideRight, std::max(0, width() - valueWidth - 4 * gap)));
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, value);

    const QRect track = trackRect();
    painter.fillRect(track, palette().color(QPalette::Mid));
    QColor band = palette().color(QPalette::Highlight);
    band.setAlpha(150);
    painter.fillRect(bandRect(), band);
    for (const double share : {0.25, 0.5, 0.75})
        painter.fillRect(QRect(along(track, share), track.top(), 1, track.height()),
                         palette().color(QPalette::Window));
    const int mark = std::clamp(along(track, m_figure.share()) - markWidth / 2, track.left(),
                                track.right() - markWidth + 1);
    painter.fillRect(QRect(mark, track.top() - 2, markWidth, track.height() + 4),
                     palette().color(QPalette::WindowText));
}

} // namespace hilum::ui
