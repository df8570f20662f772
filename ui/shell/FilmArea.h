// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmArea: the middle of the window: the start page, or the films in their viewports.
//
// Keeps the views and the two sessions in step: film, window, map. Readings are of the active viewport's
// film; its map lies over every viewport that shows this film.
//
// Errors:  a film's Error is shown in its viewport.
#pragma once

#include <QList>
#include <QStackedWidget>

namespace hilum::ui {

class FilmSession;
class FilmView;
class MapSession;
class ReadingSession;
class StartPage;
class ViewportGrid;

class FilmArea : public QStackedWidget {
    Q_OBJECT

public:
    FilmArea(FilmSession &films, ReadingSession &readings, MapSession &maps, QWidget *parent = nullptr);

    FilmView *view() const; // the active one; another after activeViewChanged
    QList<FilmView *> views() const; // all four, those not in use hidden
    ViewportGrid *grid() const { return m_grid; }
    StartPage *startPage() const { return m_start; }
    bool showsFilm() const; // in the active viewport

Q_SIGNALS:
    void openRequested();
    void activeViewChanged(hilum::ui::FilmView *view);

private:
    void showCurrent();
    void showFilm();
    void showMap();

    FilmSession &m_films;
    ReadingSession &m_readings;
    MapSession &m_maps;
    StartPage *m_start;
    ViewportGrid *m_grid;
};

} // namespace hilum::ui
