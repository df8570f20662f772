// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inside/CellView.h"

#include "core/nn/InputSteps.h"
#include "ui/bridge/Convert.h"
#include "ui/viewer/HeatColours.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace hilum::ui {

namespace {

constexpr double heatOpacity = 0.75;
constexpr int heatSide = 448; // pixels: cells stay sharp

} // namespace

CellView::CellView(QWidget *parent)
    : QWidget(parent)
{
    setMinimumSize(200, 200);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::CrossCursor);
    setAccessibleName(tr("Activation over the film"));
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void CellView::setInput(const Plane<float> *input)
{
    m_input = {};
    m_heat = {};
    m_cells = {};
    if (input != nullptr && !input->empty()) {
        InputStep step;
        step.values = *input;
        const auto [low, high] = std::ranges::minmax(input->samples());
        step.low = low;
        step.high = high;
        m_input = toImage(stepPicture(step));
    }
    update();
}

void CellView::setCells(const Plane<float> &cells)
{
    const bool isSigned = std::ranges::any_of(cells.samples(), [](float value) { return value < 0; });
    const ActivationMap map = scaledMap(cells, isSigned ? MapSign::Both : MapSign::Positive);
    m_cells = {cells.width(), cells.height()};
    m_heat = heatLayer(map, {MapLook::Style::Cells, 0}, std::max(heatSide, cells.width()));
    update();
}

void CellView::setChosen(std::optional<QPoint> cell, std::optional<ReceptiveField> field)
{
    m_cell = cell;
    m_field = field;
    update();
}

QRectF CellView::place() const
{
    const int side = std::min(width(), height());
    return QRectF((width() - side) / 2.0, (height() - side) / 2.0, side, side);
}

std::optional<QPoint> CellView::cellAt(QPointF point) const
{
    const QRectF where = place();
    if (m_cells.isEmpty() || !where.contains(point))
        return std::nullopt;
    const QPointF inside = point - where.topLeft();
    return QPoint(
        std::min(static_cast<int>(inside.x() / where.width() * m_cells.width()), m_cells.width() - 1),
        std::min(static_cast<int>(inside.y() / where.height() * m_cells.height()), m_cells.height() - 1));
}

void CellView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Qt::black);
    if (m_input.isNull())
        return;
    const QRectF where = place();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(where, m_input);
    painter.setOpacity(heatOpacity);
    painter.drawImage(where, m_heat);
    painter.setOpacity(1);
    painter.setBrush(Qt::NoBrush);
    const auto frame = [&](const QRectF &area) {
        for (const auto &[colour, width] : {std::pair(QColor(0, 0, 0, 180), 4), {QColor(255, 255, 255), 2}}) {
            painter.setPen(QPen(colour, width));
            painter.drawRect(area);
        }
    };
    if (m_field && m_field->width > 0) {
        const double pixel = where.width() / m_input.width();
        frame(QRectF(where.left() + m_field->left * pixel, where.top() + m_field->top * pixel,
                     m_field->width * pixel, m_field->height * pixel));
    }
    if (m_cell && !m_cells.isEmpty()) {
        const double across = where.width() / m_cells.width();
        const double down = where.height() / m_cells.height();
        painter.setPen(QPen(QColor(255, 214, 64), 2));
        painter.drawRect(
            QRectF(where.left() + m_cell->x() * across, where.top() + m_cell->y() * down, across, down));
    }
    if (hasFocus()) {
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void CellView::mousePressEvent(QMouseEvent *event)
{
    if (const auto cell = cellAt(event->position()))
        Q_EMIT cellChosen(*cell);
}

void CellView::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        mousePressEvent(event);
}

void CellView::keyPressEvent(QKeyEvent *event)
{
    const QPoint step = event->key() == Qt::Key_Left ? QPoint(-1, 0)
        : event->key() == Qt::Key_Right              ? QPoint(1, 0)
        : event->key() == Qt::Key_Up                 ? QPoint(0, -1)
        : event->key() == Qt::Key_Down               ? QPoint(0, 1)
                                                     : QPoint();
    if (step.isNull() || m_cells.isEmpty())
        return QWidget::keyPressEvent(event);
    const QPoint from = m_cell.value_or(QPoint(m_cells.width() / 2, m_cells.height() / 2));
    Q_EMIT cellChosen({std::clamp(from.x() + step.x(), 0, m_cells.width() - 1),
                       std::clamp(from.y() + step.y(), 0, m_cells.height() - 1)});
}

} // namespace hilum::ui
