// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ViewTransform: where a film's pixels stand on the screen.
//
// Film coordinates have (0, 0) at the outer corner of the top left pixel and (columns, rows) at the
// opposite one; screen coordinates are device pixels of the view, y down. The film may be mirrored,
// then turned by quarter turns.
//
// Units:   zoom is device pixels per film column; rows are stretched by the pixel aspect.
// Errors:  none; impossible zooms are brought to the nearest possible one.
// Threads: a value.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSize>
#include <QSizeF>
#include <QTransform>

namespace hilum::ui {

class ViewTransform {
public:
    static constexpr double largestZoom = 64;

    void setFilm(QSize size, double pixelAspect); // forgets turns, fits
    void setView(QSizeF devicePixels); // keeps the centre; fits again when it was fitted

    QSize filmSize() const { return m_film; }
    QSizeF viewSize() const { return m_view; }
    double pixelAspect() const { return m_aspect; }
    double zoom() const { return m_zoom; }
    bool isFitted() const { return m_fitted; }
    int quarterTurns() const { return m_quarters; } // clockwise, 0 to 3
    bool isMirrored() const { return m_mirrored; }

    void fit();
    void setZoom(double zoom, QPointF screenAnchor); // the film point under the anchor stays there
    void zoomBy(double factor, QPointF screenAnchor) { setZoom(m_zoom * factor, screenAnchor); }
    void panBy(QPointF screenDelta);
    // The zoom over the fitting zoom, and the middle of the view as a part of the film: what two films of
    // different size have in common when the same region is in view.
    double relativeZoom() const { return m_zoom / fittingZoom(); }
    QPointF relativeCentre() const;
    void follow(const ViewTransform &other); // the same relative zoom and centre; keeps its own turns
    void turn(int quarters);
    void mirror(); // left for right, as seen on the screen
    void flip(); // top for bottom, as seen on the screen

    QPointF toScreen(QPointF filmPoint) const;
    QPointF toFilm(QPointF screenPoint) const;
    QTransform toScreen() const;
    QRectF filmOnScreen() const;

    // The same turns, another zoom (however strong), and a film point in the middle of another view.
    ViewTransform magnified(double zoom, QPointF filmPoint, QSizeF view) const;

    // The same, moved by less than a pixel so that film pixels meet screen pixels at 1:1.
    ViewTransform snapped() const;

    bool operator==(const ViewTransform &) const = default;

private:
    double fittingZoom() const;
    void keepInReach();

    QSize m_film;
    QSizeF m_view;
    QPointF m_centre; // film point at the middle of the view
    double m_aspect = 1;
    double m_zoom = 1;
    int m_quarters = 0;
    bool m_mirrored = false;
    bool m_fitted = true;
};

} // namespace hilum::ui
