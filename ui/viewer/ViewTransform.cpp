// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/ViewTransform.h"

#include <algorithm>
#include <cmath>

namespace hilum::ui {

void ViewTransform::setFilm(QSize size, double pixelAspect)
{
    m_film = size;
    m_aspect = pixelAspect > 0 ? pixelAspect : 1;
    m_quarters = 0;
    m_mirrored = false;
    fit();
}

void ViewTransform::setView(QSizeF devicePixels)
{
    m_view = devicePixels;
    if (m_fitted)
        fit();
}

double ViewTransform::fittingZoom() const
{
    if (m_film.isEmpty() || m_view.isEmpty())
        return 1;
    QSizeF upright(m_film.width(), m_film.height() * m_aspect);
    if (m_quarters % 2 == 1)
        upright.transpose();
    return std::min(m_view.width() / upright.width(), m_view.height() / upright.height());
}

void ViewTransform::fit()
{
    m_zoom = std::min(fittingZoom(), largestZoom);
    m_centre = {m_film.width() / 2.0, m_film.height() / 2.0};
    m_fitted = true;
}

void ViewTransform::setZoom(double zoom, QPointF screenAnchor)
{
    const QPointF anchor = toFilm(screenAnchor);
    const double smallest = std::min(fittingZoom() / 4, 1.0);
    m_zoom = std::clamp(zoom, smallest, largestZoom);
    m_fitted = false;
    panBy(screenAnchor - toScreen(anchor));
}

void ViewTransform::panBy(QPointF screenDelta)
{
    const QPointF middle(m_view.width() / 2, m_view.height() / 2);
    m_centre = toFilm(middle - screenDelta);
    m_fitted = false;
    keepInReach();
}

QPointF ViewTransform::relativeCentre() const
{
    if (m_film.isEmpty())
        return {0.5, 0.5};
    return {m_centre.x() / m_film.width(), m_centre.y() / m_film.height()};
}

void ViewTransform::follow(const ViewTransform &other)
{
    if (other.isFitted())
        return fit();
    const QPointF centre = other.relativeCentre();
    m_zoom = std::min(fittingZoom() * other.relativeZoom(), largestZoom);
    m_centre = {centre.x() * m_film.width(), centre.y() * m_film.height()};
    m_fitted = false;
    keepInReach();
}

// The middle of the view always shows some film, so that it can't be lost.
void ViewTransform::keepInReach()
{
    m_centre.setX(std::clamp(m_centre.x(), 0.0, static_cast<double>(m_film.width())));
    m_centre.setY(std::clamp(m_centre.y(), 0.0, static_cast<double>(m_film.height())));
}

void ViewTransform::turn(int quarters)
{
    m_quarters = ((m_quarters + quarters) % 4 + 4) % 4;
    if (m_fitted)
        fit();
}

void ViewTransform::mirror()
{
    m_mirrored = !m_mirrored;
    // The mirror stands before the turn, so a turned film is turned the other way round.
    m_quarters = (4 - m_quarters) % 4;
}

// Upside down is left for right and half a turn.
void ViewTransform::flip()
{
    mirror();
    turn(2);
}

QTransform ViewTransform::toScreen() const
{
    QTransform transform;
    transform.translate(m_view.width() / 2, m_view.height() / 2);
    constexpr int rotations[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}}; // exact cosine and sine
    const double c = rotations[m_quarters][0];
    const double s = rotations[m_quarters][1];
    transform = QTransform(c, s, -s, c, 0, 0) * transform;
    transform.scale(m_mirrored ? -m_zoom : m_zoom, m_zoom * m_aspect);
    transform.translate(-m_centre.x(), -m_centre.y());
    return transform;
}

QPointF ViewTransform::toScreen(QPointF filmPoint) const { return toScreen().map(filmPoint); }

QPointF ViewTransform::toFilm(QPointF screenPoint) const { return toScreen().inverted().map(screenPoint); }

QRectF ViewTransform::filmOnScreen() const
{
    return toScreen().mapRect(QRectF(QPointF(0, 0), QSizeF(m_film)));
}

ViewTransform ViewTransform::magnified(double zoom, QPointF filmPoint, QSizeF view) const
{
    ViewTransform other = *this;
    other.m_view = view;
    other.m_zoom = zoom;
    other.m_centre = filmPoint;
    other.m_fitted = false;
    return other;
}

ViewTransform ViewTransform::snapped() const
{
    const QPointF corner = filmOnScreen().topLeft();
    const QPointF delta = QPointF(std::round(corner.x()), std::round(corner.y())) - corner;
    ViewTransform moved = *this;
    moved.m_centre = toFilm(QPointF(m_view.width() / 2, m_view.height() / 2) - delta);
    return moved;
}

} // namespace hilum::ui
