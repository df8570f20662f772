// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/saw/StepView.h"

#include <QContextMenuEvent>
#include <QMouseEvent>
#include <QPainter>

#include <cmath>

namespace hilum::ui {

namespace {

constexpr double armFrom = 4; // of the cross, logical pixels from its middle
constexpr double armTo = 11;
constexpr double smallestCell = 3; // that is framed

} // namespace

StepView::StepView(QWidget *parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setMinimumSize(96, 96);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setCursor(Qt::CrossCursor);
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void StepView::setStep(const QImage &picture, QSize stepSize, double pixelAspect)
{
    m_picture = picture;
    m_step = stepSize;
    m_aspect = pixelAspect;
    update();
}

void StepView::setMark(std::optional<QPointF> point)
{
    if (std::exchange(m_mark, point) != point)
        update();
}

QRectF StepView::place() const
{
    const QSizeF fitted
        = QSizeF(m_step.width(), m_step.height() * m_aspect).scaled(QSizeF(size()), Qt::KeepAspectRatio);
    return {QPointF((width() - fitted.width()) / 2, (height() - fitted.height()) / 2), fitted};
}

void StepView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Qt::black);
    if (m_picture.isNull())
        return;
    const QRectF where = place();
    const double enlarged = where.width() * devicePixelRatioF() / m_picture.width();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, enlarged < 1);
    painter.drawImage(where, m_picture);
    if (!m_mark)
        return;
    const double across = where.width() / m_step.width();
    const double down = where.height() / m_step.height();
    const QPointF at = where.topLeft() + QPointF(m_mark->x() * across, m_mark->y() * down);
    for (const auto &[colour, width] : {std::pair(QColor(0, 0, 0, 180), 3), {QColor(255, 214, 64), 1}}) {
        painter.setPen(QPen(colour, width));
        for (const QPointF arm : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)})
            painter.drawLine(at + arm * armFrom, at + arm * armTo);
        if (across >= smallestCell)
            painter.drawRect(QRectF(where.left() + std::floor(m_mark->x()) * across,
                                    where.top() + std::floor(m_mark->y()) * down, across, down));
    }
}

void StepView::mouseMoveEvent(QMouseEvent *event)
{
    const QRectF where = place();
    if (m_picture.isNull() || !where.contains(event->position())) {
        Q_EMIT left();
        return;
    }
    const QPointF inside = event->position() - where.topLeft();
    Q_EMIT pointed(
        {inside.x() / where.width() * m_step.width(), inside.y() / where.height() * m_step.height()});
}

void StepView::leaveEvent(QEvent *) { Q_EMIT left(); }

void StepView::contextMenuEvent(QContextMenuEvent *event) { Q_EMIT menuRequested(event->globalPos()); }

} // namespace hilum::ui
