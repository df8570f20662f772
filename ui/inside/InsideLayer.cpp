// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inside/InsideLayer.h"

#include "ui/inside/InsideSession.h"
#include "ui/session/ReadingSession.h"
#include "ui/viewer/FilmView.h"
#include "ui/viewer/HeatColours.h"

#include <QPainter>

namespace hilum::ui {

namespace {

constexpr double heatOpacity = 0.6;

void drawField(QPainter &painter, const QRectF &field)
{
    painter.setBrush(Qt::NoBrush);
    for (const auto &[colour, width] : {std::pair(QColor(0, 0, 0, 180), 4), {QColor(255, 255, 255), 2}}) {
        QPen pen(colour, width);
        pen.setCosmetic(true);
        painter.setPen(pen);
        painter.drawRect(field);
    }
}

} // namespace

InsideLayer::InsideLayer(InsideSession &session)
    : m_session(session)
{
}

void InsideLayer::refresh()
{
    const auto map = m_session.isWatched() ? m_session.map() : std::nullopt;
    m_heat = map ? heatLayer(*map, {MapLook::Style::Cells, 0}, std::max(224, map->values.width())) : QImage();
    m_label = m_session.label();
    if (map)
        m_square = QRectF(map->map.left, map->map.top, map->map.width, map->map.height);
}

void InsideLayer::paint(FilmView &view, QPainter &painter)
{
    if (m_heat.isNull() || !view.film() || view.filmId() != m_session.readings().filmId())
        return;
    painter.save();
    painter.setTransform(view.transform().snapped().toScreen(), true);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setOpacity(heatOpacity);
    painter.drawImage(m_square, m_heat);
    painter.setOpacity(1);
    if (const auto field = m_session.fieldOnFilm())
        drawField(painter, QRectF(field->left, field->top, field->width, field->height));
    painter.restore();
    const double unit = view.devicePixelRatioF();
    painter.scale(unit, unit);
    painter.setFont(view.font());
    const QSize text = painter.fontMetrics().size(Qt::TextSingleLine, m_label);
    const QRect place(QPoint(8, 8 + 2 * text.height()), text + QSize(12, 6)); // below the view's caption
    painter.fillRect(place, QColor(0, 0, 0, 200));
    painter.setPen(QColor(230, 230, 230));
    painter.drawText(place, Qt::AlignCenter, m_label);
}

} // namespace hilum::ui
