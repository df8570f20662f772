// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// CurvePlot's hand: what lies under the mouse, and walking along curves by keys.

#include "ui/plots/CurvePlot.h"
#include "ui/plots/QCustomPlotHeader.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

constexpr int reach = 14; // pixels from a point

std::size_t at(int index) { return static_cast<std::size_t>(index); }

} // namespace

QPoint CurvePlot::positionOf(const Place &place) const
{
    const FigureCurve &curve = m_figure.curves[at(place.curve)];
    return QPointF(m_plot->xAxis->coordToPixel(curve.x[at(place.point)]),
                   m_plot->yAxis->coordToPixel(curve.y[at(place.point)]))
        .toPoint();
}

CurvePlot::Place CurvePlot::placeAt(const QPoint &position) const
{
    Place nearest;
    double best = reach * reach;
    for (int c = 0; c < static_cast<int>(m_figure.curves.size()); ++c) {
        const FigureCurve &curve = m_figure.curves[at(c)];
        if (curve.isQuiet)
            continue;
        for (std::size_t i = 0; i < curve.x.size(); ++i) {
            if (!std::isfinite(curve.y[i]))
                continue;
            const double dx = m_plot->xAxis->coordToPixel(curve.x[i]) - position.x();
            const double dy = m_plot->yAxis->coordToPixel(curve.y[i]) - position.y();
            if (dx * dx + dy * dy < best) {
                best = dx * dx + dy * dy;
                nearest = {c, static_cast<int>(i)};
            }
        }
    }
    return nearest;
}

int CurvePlot::firstLoud() const
{
    const auto found = std::ranges::find(m_figure.curves, false, &FigureCurve::isQuiet);
    return static_cast<int>(found - m_figure.curves.begin());
}

int CurvePlot::barAt(const QPoint &position) const
{
    if (!m_below || !m_below->rect().contains(position))
        return -1;
    const double x = m_below->axis(QCPAxis::atBottom)->pixelToCoord(position.x());
    for (const CountBar &bar : m_figure.bars) {
        if (x >= bar.low && x <= bar.high && bar.value > 0)
            return bar.point;
    }
    return -1;
}

void CurvePlot::say(const Place &place, const QPoint &globalPosition)
{
    if (m_figure.sentence)
        QToolTip::showText(globalPosition, m_figure.sentence(place.curve, place.point), m_plot);
}

void CurvePlot::step(int curves, int points)
{
    const int count = static_cast<int>(m_figure.curves.size());
    Place next = m_focused;
    if (!next.isThere()) {
        next = {0, 0};
        curves = 0;
        points = 0;
    }
    const auto isUseful = [&](int c) { return !isQuiet(c) && !m_figure.curves[at(c)].x.empty(); };
    const int direction = curves < 0 ? -1 : 1;
    int tried = 0;
    next.curve = (next.curve + curves + count) % count;
    while (!isUseful(next.curve) && ++tried < count)
        next.curve = (next.curve + direction + count) % count;
    if (!isUseful(next.curve))
        return;
    const int last = static_cast<int>(m_figure.curves[at(next.curve)].x.size()) - 1;
    next.point = std::clamp(next.point + points, 0, last);
    m_focused = next;
    drawMarks();
    if (m_figure.sentence)
        setAccessibleDescription(m_figure.sentence(next.curve, next.point));
    say(next, m_plot->mapToGlobal(positionOf(next)));
}

void CurvePlot::keyPressEvent(QKeyEvent *event)
{
    if (m_figure.curves.empty())
        return PlotSurface::keyPressEvent(event);
    const int tenth = m_focused.isThere()
        ? std::max(1, static_cast<int>(m_figure.curves[at(m_focused.curve)].x.size()) / 10)
        : 1;
    constexpr int all = 1 << 28;
    switch (event->key()) {
    case Qt::Key_Left:
        return step(0, -1);
    case Qt::Key_Right:
        return step(0, 1);
    case Qt::Key_PageUp:
        return step(0, -tenth);
    case Qt::Key_PageDown:
        return step(0, tenth);
    case Qt::Key_Home:
        return step(0, -all);
    case Qt::Key_End:
        return step(0, all);
    case Qt::Key_Up:
        return step(-1, 0);
    case Qt::Key_Down:
        return step(1, 0);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_focused.isThere())
            Q_EMIT pointActivated(m_focused.curve, m_focused.point);
        return;
    default:
        PlotSurface::keyPressEvent(event);
    }
}

void CurvePlot::focusInEvent(QFocusEvent *event)
{
    PlotSurface::focusInEvent(event);
    drawMarks();
    update();
}

void CurvePlot::focusOutEvent(QFocusEvent *event)
{
    PlotSurface::focusOutEvent(event);
    drawMarks();
    update();
}

bool CurvePlot::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_plot)
        return PlotSurface::eventFilter(watched, event);
    if (event->type() == QEvent::MouseButtonPress) {
        m_pressed = static_cast<QMouseEvent *>(event)->pos();
        m_isDoubleClick = false;
        setFocus(Qt::MouseFocusReason);
    } else if (event->type() == QEvent::MouseButtonDblClick) {
        m_isDoubleClick = true;
        showAll();
        return true;
    } else if (event->type() == QEvent::MouseButtonRelease && !m_isDoubleClick) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const bool isClick = mouse->button() == Qt::LeftButton
            && (mouse->pos() - m_pressed).manhattanLength() < QApplication::startDragDistance();
        const int bar = isClick ? barAt(mouse->pos()) : -1;
        if (const Place place = isClick ? placeAt(mouse->pos()) : Place(); place.isThere()) {
            m_focused = place;
            drawMarks();
            Q_EMIT pointActivated(place.curve, place.point);
        } else if (bar >= 0) {
            Q_EMIT pointActivated(firstLoud(), bar);
        }
    } else if (event->type() == QEvent::MouseMove) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const bool isFree = mouse->buttons() == Qt::NoButton;
        const int bar = isFree ? barAt(mouse->pos()) : -1;
        const Place place = bar >= 0 ? Place{firstLoud(), bar} : isFree ? placeAt(mouse->pos()) : Place();
        m_plot->setCursor(place.isThere() ? Qt::PointingHandCursor : Qt::ArrowCursor);
        if (place.isThere())
            say(place, mouse->globalPosition().toPoint());
        else
            QToolTip::hideText();
    }
    return PlotSurface::eventFilter(watched, event);
}

} // namespace hilum::ui
