// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/HistogramStrip.h"

#include "ui/viewer/CornerTexts.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

constexpr double gripReach = 6;

double narrowest(const Window &window, double range)
{
    return window.function == VoiFunction::Linear ? 1.0 : range / 1e4;
}

// Luminance comes in floats: a millionth of the range is nothing.
QString endText(double value, const ValueRange &range)
{
    return valueText(std::abs(value) < (range.high - range.low) * 1e-6 ? 0 : value);
}

} // namespace

HistogramStrip::HistogramStrip(QWidget *parent)
    : QWidget(parent)
{
    setMinimumHeight(72);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Histogram of the film's values, with the window"));
    setToolTip(tr("Drag the middle of the window to move it, an edge to widen it"));
}

void HistogramStrip::setFilm(DisplayFilmPtr film)
{
    m_film = std::move(film);
    if (m_film) {
        const double range = std::max(m_film->range.high - m_film->range.low, 1e-6);
        m_low = m_film->range.low - range * 0.05;
        m_high = m_film->range.high + range * 0.05;
    }
    update();
}

void HistogramStrip::setVoi(const Voi &voi)
{
    m_voi = voi;
    const Window window = asWindow(voi);
    setAccessibleDescription(
        tr("Window centre %1, width %2").arg(valueText(window.centre), valueText(window.width)));
    update();
}

QRectF HistogramStrip::plotArea() const
{
    return QRectF(rect()).adjusted(4, 4, -4, -(fontMetrics().height() + 4));
}

double HistogramStrip::xOf(double value) const
{
    const QRectF area = plotArea();
    return area.left() + (value - m_low) / (m_high - m_low) * area.width();
}

double HistogramStrip::valueAt(double x) const
{
    const QRectF area = plotArea();
    return m_low + (x - area.left()) / std::max(area.width(), 1.0) * (m_high - m_low);
}

void HistogramStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRectF area = plotArea();
    painter.fillRect(area, palette().color(QPalette::Base));
    if (m_film) {
        const Histogram &histogram = m_film->histogram;
        std::size_t most = 1;
        for (const std::size_t count : histogram.counts)
            most = std::max(most, count);
        QPainterPath shape(QPointF(xOf(histogram.low), area.bottom()));
        const double perBin = (histogram.high - histogram.low) / static_cast<double>(histogram.counts.size());
        for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
            const double share
                = std::sqrt(static_cast<double>(histogram.counts[i]) / static_cast<double>(most));
            shape.lineTo(xOf(histogram.low + (static_cast<double>(i) + 0.5) * perBin),
                         area.bottom() - share * (area.height() - 2));
        }
        shape.lineTo(xOf(histogram.high), area.bottom());
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillPath(shape, palette().color(QPalette::PlaceholderText));
        painter.setRenderHint(QPainter::Antialiasing, false);

        const Window window = asWindow(m_voi);
        const double low = std::clamp(xOf(window.centre - window.width / 2), area.left(), area.right());
        const double high = std::clamp(xOf(window.centre + window.width / 2), area.left(), area.right());
        const QColor accent = palette().color(QPalette::Highlight);
        QColor tint = accent;
        tint.setAlpha(50);
        painter.fillRect(QRectF(low, area.top(), high - low, area.height()), tint);
        painter.setPen(QPen(accent, 2));
        painter.drawLine(QPointF(low, area.top()), QPointF(low, area.bottom()));
        painter.drawLine(QPointF(high, area.top()), QPointF(high, area.bottom()));

        painter.setPen(palette().color(QPalette::PlaceholderText));
        const QRectF labels(area.left(), area.bottom() + 2, area.width(), fontMetrics().height());
        painter.drawText(labels, Qt::AlignLeft, endText(m_film->range.low, m_film->range));
        painter.drawText(labels, Qt::AlignRight, endText(m_film->range.high, m_film->range));
    }
    if (hasFocus()) {
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

HistogramStrip::Grip HistogramStrip::gripAt(double x) const
{
    if (!m_film)
        return Grip::None;
    const Window window = asWindow(m_voi);
    const QRectF area = plotArea();
    const double low = std::clamp(xOf(window.centre - window.width / 2), area.left(), area.right());
    const double high = std::clamp(xOf(window.centre + window.width / 2), area.left(), area.right());
    // Of two edges that lie close, the nearer one.
    if (std::abs(x - low) <= gripReach && std::abs(x - low) <= std::abs(x - high))
        return Grip::LowEdge;
    if (std::abs(x - high) <= gripReach)
        return Grip::HighEdge;
    return x > low && x < high ? Grip::Middle : Grip::None;
}

void HistogramStrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_grip = gripAt(event->position().x());
    m_grabbedAt = valueAt(event->position().x());
    m_grabbed = asWindow(m_voi);
}

void HistogramStrip::mouseMoveEvent(QMouseEvent *event)
{
    const double x = event->position().x();
    if (m_grip == Grip::None) {
        const Grip grip = gripAt(x);
        setCursor(grip == Grip::Middle     ? Qt::OpenHandCursor
                      : grip == Grip::None ? Qt::ArrowCursor
                                           : Qt::SizeHorCursor);
        return;
    }
    const double moved = valueAt(x) - m_grabbedAt;
    Window window = m_grabbed;
    if (m_grip == Grip::Middle) {
        window.centre += moved;
    } else {
        // One edge moves, the other stays where it is.
        const double sign = m_grip == Grip::HighEdge ? 1 : -1;
        const double width = std::max(narrowest(window, m_high - m_low), window.width + sign * moved);
        window.centre += sign * (width - window.width) / 2;
        window.width = width;
    }
    change(window);
}

void HistogramStrip::mouseReleaseEvent(QMouseEvent *) { m_grip = Grip::None; }

void HistogramStrip::keyPressEvent(QKeyEvent *event)
{
    const int direction = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (direction == 0 || !m_film)
        return QWidget::keyPressEvent(event);
    const double step = direction * (m_high - m_low) / 100;
    Window window = asWindow(m_voi);
    if (event->modifiers() & Qt::ShiftModifier)
        window.width = std::max(narrowest(window, m_high - m_low), window.width + step);
    else
        window.centre += step;
    change(window);
}

void HistogramStrip::change(Window window)
{
    setVoi(window);
    Q_EMIT windowDragged(window);
}

} // namespace hilum::ui
