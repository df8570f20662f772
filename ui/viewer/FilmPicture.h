// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmPicture: a film through its window, as it stands in a view: sampled when the view moves, looked up
// when the window does, and nothing at all when neither did.
//
// The file's own overlays lie over it at the film's resolution; they are part of the picture wherever it
// goes.
//
// Shape:   image is as large as place().
// Units:   device pixels of the view.
// Errors:  none; an empty place when no film pixel is in view.
// Threads: UI thread.
#pragma once

#include "ui/bridge/DisplayFilm.h"
#include "ui/viewer/ViewSample.h"
#include "ui/viewer/ViewTransform.h"

#include <QImage>

#include <optional>
#include <vector>

class QPainter;

namespace hilum::ui {

class FilmPicture {
public:
    void setFilm(DisplayFilmPtr film);
    void setVoi(const Voi &voi, bool inverted);
    void setFileOverlays(bool shown);

    const DisplayFilmPtr &film() const { return m_film; }
    const Voi &voi() const { return m_voi; }
    bool isInverted() const { return m_inverted; }
    bool hasFileOverlays() const { return m_overlaysShown; }
    const std::vector<std::uint8_t> &greys(); // by code

    // The part of the film in `part` (device pixels of the view), below it black.
    const QImage &image(const ViewTransform &transform, QRect part);
    QRect place() const { return m_sample.place; } // of the last image

private:
    void look();

    DisplayFilmPtr m_film;
    Voi m_voi;
    bool m_inverted = false;
    bool m_overlaysShown = true;
    std::optional<ViewTransform> m_at; // where m_sample was taken
    QRect m_part;
    ViewSample m_sample;
    ViewSample m_overlay;
    std::vector<std::uint8_t> m_greys; // empty: the window changed
    QImage m_image;
    bool m_looked = false;
};

// The file's own overlays of a whole view, for pictures that are made away from a FilmPicture. The painter
// stands in device pixels of the view.
void drawFileOverlays(QPainter &painter, const DisplayFilm &film, const ViewTransform &transform);

} // namespace hilum::ui
