// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/FilmArea.h"

#include "ui/session/FilmSession.h"
#include "ui/session/MapSession.h"
#include "ui/session/ReadingSession.h"
#include "ui/shell/StartPage.h"
#include "ui/shell/ViewportGrid.h"
#include "ui/viewer/FilmView.h"

namespace hilum::ui {

FilmArea::FilmArea(FilmSession &films, ReadingSession &readings, MapSession &maps, QWidget *parent)
    : QStackedWidget(parent)
    , m_films(films)
    , m_readings(readings)
    , m_maps(maps)
    , m_start(new StartPage(this))
    , m_grid(new ViewportGrid(films, this))
{
    addWidget(m_start);
    addWidget(m_grid);
    connect(&films, &FilmSession::currentChanged, this, &FilmArea::showCurrent);
    connect(&films, &FilmSession::filmReady, this, &FilmArea::showFilm);
    connect(&films, &FilmSession::viewportChanged, this, &FilmArea::showMap);
    connect(&films, &FilmSession::viewportsChanged, this, &FilmArea::showMap);
    connect(&films, &FilmSession::frameChanged, this, &FilmArea::showMap);
    connect(&readings, &ReadingSession::selectionChanged, this, &FilmArea::showMap);
    connect(&readings, &ReadingSession::fedChanged, this, &FilmArea::showMap);
    connect(&maps, &MapSession::mapChanged, this, &FilmArea::showMap);
    connect(&maps, &MapSession::lookChanged, this, &FilmArea::showMap);
    connect(m_grid, &ViewportGrid::activeViewChanged, this, &FilmArea::activeViewChanged);
    connect(m_grid, &ViewportGrid::openRequested, this, &FilmArea::openRequested);
}

FilmView *FilmArea::view() const { return m_grid->view(); }

QList<FilmView *> FilmArea::views() const { return m_grid->views(); }

bool FilmArea::showsFilm() const { return currentIndex() == indexOf(m_grid) && m_grid->showsFilm(); }

void FilmArea::showCurrent()
{
    m_readings.setFilm(m_films.currentId(), m_films.film());
    setCurrentIndex(m_films.count() == 0 ? indexOf(m_start) : indexOf(m_grid));
}

void FilmArea::showFilm()
{
    m_readings.setFilm(m_films.currentId(), m_films.film());
    showMap();
}

void FilmArea::showMap()
{
    const auto map = m_readings.isOverlayShown() ? m_maps.currentMap() : std::nullopt;
    for (FilmView *one : views()) {
        const bool sameFilm = one->film() && one->filmId() == m_films.currentId();
        const auto look = m_readings.fedLook();
        const bool sameFrame = sameFilm && one->film()->frame == (look ? look->frame : 0);
        one->setOverlay(sameFrame ? map : std::nullopt, m_readings.opacity(), m_maps.look());
        QString notice;
        if (map && sameFilm && !sameFrame)
            notice = look ? tr("The networks read another frame: no map here")
                          : tr("The networks read frame 1: no map here");
        else if (look && one == view())
            notice = tr("The networks are fed what this view shows, not the film's own values");
        else if (look && sameFilm)
            notice = tr("The networks are fed what the other view shows");
        one->setNotice(notice);
    }
}

} // namespace hilum::ui
