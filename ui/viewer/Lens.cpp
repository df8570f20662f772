// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/Lens.h"

#include "ui/viewer/FilmView.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

constexpr double powerPerStep = 1.2;
constexpr int diameterPerStep = 24;
constexpr double rim = 2; // logical pixels

} // namespace

void Lens::setOn(bool on)
{
    m_on = on;
    if (!on) {
        m_over = nullptr;
        m_picture.setFilm(nullptr);
    }
}

void Lens::setPower(double power) { m_power = std::clamp(power, leastPower, mostPower); }

void Lens::setDiameter(int diameter) { m_diameter = std::clamp(diameter, smallest, largest); }

QRectF Lens::area(const FilmView &view) const
{
    const double side = std::round(m_diameter * view.devicePixelRatioF());
    return QRectF(std::round(m_at.x() - side / 2), std::round(m_at.y() - side / 2), side, side);
}

void Lens::refresh(FilmView &view) const
{
    const double ratio = view.devicePixelRatioF();
    const QRectF device = area(view);
    const QRectF logical(device.topLeft() / ratio, device.size() / ratio);
    view.update(logical.adjusted(-rim - 1, -rim - 1, rim + 1, rim + 1).toAlignedRect());
}

void Lens::pointed(FilmView &view, const ViewTouch &touch)
{
    if (!m_on)
        return;
    if (m_over)
        refresh(*m_over);
    m_over = &view;
    m_at = touch.screen;
    refresh(view);
}

void Lens::leave(FilmView &view)
{
    if (m_over != &view)
        return;
    refresh(view);
    m_over = nullptr;
}

bool Lens::wheel(FilmView &view, const ViewTouch &touch, double steps)
{
    if (!m_on)
        return false;
    if (m_over == &view)
        refresh(view);
    if (touch.modifiers & (Qt::ControlModifier | Qt::ShiftModifier))
        setDiameter(m_diameter + static_cast<int>(std::lround(steps * diameterPerStep)));
    else
        setPower(m_power * std::pow(powerPerStep, steps));
    pointed(view, touch);
    if (m_changed)
        m_changed();
    return true;
}

void Lens::paint(FilmView &view, QPainter &painter)
{
    if (!m_on || m_over != &view || !view.film())
        return;
    const QRectF place = area(view);
    if (m_picture.film() != view.film())
        m_picture.setFilm(view.film());
    m_picture.setVoi(view.voi(), view.isInverted());
    m_picture.setFileOverlays(view.hasFileOverlays());
    const ViewTransform below = view.transform().snapped();
    const ViewTransform through
        = below.magnified(below.zoom() * m_power, below.toFilm(place.center()), place.size());
    QPainterPath round;
    round.addEllipse(place);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(round, Qt::black);
    const QImage &image = m_picture.image(through, QRect(QPoint(0, 0), place.size().toSize()));
    if (!image.isNull()) {
        // A brush has smooth edges where a clip has steps.
        QBrush brush(image);
        const QPointF corner = place.topLeft() + m_picture.place().topLeft();
        brush.setTransform(QTransform::fromTranslate(corner.x(), corner.y()));
        QPainterPath there;
        there.addRect(QRectF(corner, QSizeF(image.size())));
        painter.fillPath(there.boundingRect().contains(place) ? round : round.intersected(there), brush);
    }
    painter.setPen(QPen(QColor(230, 230, 230), rim * view.devicePixelRatioF()));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(place);
    painter.restore();
}

} // namespace hilum::ui
