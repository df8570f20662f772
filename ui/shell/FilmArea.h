// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmArea: the middle of the window: start page, film on its way, film, or why there is none.
//
// Keeps the view and the two sessions in step: film, window, map.
//
// Errors:  a film's Error is shown in its place, with what to try and a way on.
#pragma once

#include "core/base/Result.h"

#include <QStackedWidget>

class QLabel;
class QPushButton;

namespace hilum::ui {

class FilmSession;
class FilmView;
class ReadingSession;
class StartPage;
class WaitingPage;

class FilmArea : public QStackedWidget {
    Q_OBJECT

public:
    FilmArea(FilmSession &films, ReadingSession &readings, QWidget *parent = nullptr);

    FilmView *view() const { return m_view; }
    StartPage *startPage() const { return m_start; }
    bool showsFilm() const;

Q_SIGNALS:
    void openRequested();

private:
    void makeMessagePage();
    void showCurrent();
    void showFilm();
    void showError(const Error &error);
    void showMap();

    FilmSession &m_films;
    ReadingSession &m_readings;
    StartPage *m_start;
    WaitingPage *m_waiting;
    FilmView *m_view;
    QWidget *m_message;
    QLabel *m_what;
    QLabel *m_tryThis;
    QLabel *m_detail;
};

} // namespace hilum::ui
