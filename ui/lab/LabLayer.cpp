// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lab/LabLayer.h"

#include "ui/viewer/FilmView.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

constexpr double leastMove = 0.004; // of the square: less is a click

InputMap squareOf(const FilmView &view)
{
    const QSize size = view.transform().filmSize();
    return centreSquare(size.width(), size.height());
}

bool isInside(const CoverRectangle &area, const LabPoint &point)
{
    return point.x >= area.left && point.x <= area.left + area.width && point.y >= area.top
        && point.y <= area.top + area.height;
}

} // namespace

LabPoint LabLayer::pointOf(const FilmView &view, QPointF filmPoint) const
{
    const InputMap square = squareOf(view);
    return {(filmPoint.x() - square.left) / square.width, (filmPoint.y() - square.top) / square.width};
}

const FilmChange *LabLayer::selected() const
{
    const int index = m_session.selected();
    return index < 0 ? nullptr : &m_session.changes()[static_cast<std::size_t>(index)];
}

void LabLayer::paint(FilmView &view, QPainter &painter)
{
    if (!view.film())
        return;
    const InputMap square = squareOf(view);
    const QTransform toScreen = view.transform().toScreen();
    const auto outline = [&](const QRectF &area, const QPen &pen) {
        painter.setPen(QPen(QColor(0, 0, 0, 160), pen.widthF() + 2 * view.devicePixelRatioF()));
        painter.drawRect(toScreen.mapRect(area));
        painter.setPen(pen);
        painter.drawRect(toScreen.mapRect(area));
    };
    painter.setBrush(Qt::NoBrush);
    const double thin = view.devicePixelRatioF();
    if (square.filmWidth != square.filmHeight)
        outline(QRectF(square.left, square.top, square.width, square.height),
                QPen(QColor(0xe6, 0xe6, 0xe6), thin, Qt::DashLine));
    const FilmChange *change = selected();
    if (const auto *area = change == nullptr ? nullptr : std::get_if<CoverRectangle>(change))
        outline(QRectF(square.left + area->left * square.width, square.top + area->top * square.width,
                       area->width * square.width, area->height * square.width),
                QPen(QColor(0x6c, 0xb2, 0xeb), 1.5 * thin));
}

bool LabLayer::press(FilmView &view, const ViewTouch &touch)
{
    if (touch.button != Qt::LeftButton || !view.film())
        return false;
    m_from = pointOf(view, touch.film);
    m_gesture = m_session.newGesture();
    const FilmChange *change = selected();
    if (change != nullptr && std::holds_alternative<PasteText>(*change)) {
        m_hand = Hand::Place;
        follow(m_from);
        return true;
    }
    if (const auto *brush = change == nullptr ? nullptr : std::get_if<CoverBrush>(change)) {
        m_hand = Hand::Brush;
        CoverBrush stroke = *brush;
        stroke.points = {m_from};
        // The first stroke belongs to the brush that was just chosen.
        if (brush->points.empty())
            m_session.replace(m_session.selected(), stroke, m_gesture);
        else
            m_session.add(stroke, m_gesture);
        return true;
    }
    const auto *area = change == nullptr ? nullptr : std::get_if<CoverRectangle>(change);
    m_hand = area != nullptr && isInside(*area, m_from) ? Hand::Move : Hand::Draw;
    m_moved = area == nullptr ? CoverRectangle() : *area;
    return true;
}

void LabLayer::drag(FilmView &view, const ViewTouch &touch) { follow(pointOf(view, touch.film)); }

void LabLayer::follow(const LabPoint &point)
{
    const int index = m_session.selected();
    const FilmChange *change = selected();
    if (m_hand == Hand::Place && change != nullptr) {
        PasteText text = std::get<PasteText>(*change);
        text.place.x = point.x;
        text.place.y = point.y;
        return m_session.replace(index, text, m_gesture);
    }
    if (m_hand == Hand::Brush && change != nullptr) {
        CoverBrush stroke = std::get<CoverBrush>(*change);
        const LabPoint &last = stroke.points.back();
        if (std::hypot(point.x - last.x, point.y - last.y) < leastMove)
            return;
        stroke.points.push_back(point);
        return m_session.replace(index, stroke, m_gesture);
    }
    if (m_hand == Hand::None || std::hypot(point.x - m_from.x, point.y - m_from.y) < leastMove)
        return;
    CoverRectangle area = m_moved;
    if (m_hand == Hand::Move) {
        area.left += point.x - m_from.x;
        area.top += point.y - m_from.y;
    } else {
        area.left = std::min(m_from.x, point.x);
        area.top = std::min(m_from.y, point.y);
        area.width = std::abs(point.x - m_from.x);
        area.height = std::abs(point.y - m_from.y);
    }
    if (change != nullptr && std::holds_alternative<CoverRectangle>(*change))
        return m_session.replace(index, area, m_gesture);
    m_session.add(area, m_gesture);
}

void LabLayer::release(FilmView &, const ViewTouch &) { m_hand = Hand::None; }

std::optional<QCursor> LabLayer::cursor(FilmView &view, const ViewTouch &touch)
{
    if (!view.film())
        return std::nullopt;
    const FilmChange *change = selected();
    const auto *area = change == nullptr ? nullptr : std::get_if<CoverRectangle>(change);
    const bool moves = area != nullptr && isInside(*area, pointOf(view, touch.film));
    return QCursor(moves ? Qt::SizeAllCursor : Qt::CrossCursor);
}

} // namespace hilum::ui
