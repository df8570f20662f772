// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SpokenFilm: says what each film view shows to who can't see it, through the view's accessible description:
// "chest.dcm, window centre 2048, width 4096, zoom 45 %, vgg16: Pneumonia 0.72".
//
// Errors:  none.
#pragma once

#include <QObject>

namespace hilum::ui {

class FilmArea;
class FilmSession;
class ReadingSession;

class SpokenFilm : public QObject {
    Q_OBJECT

public:
    SpokenFilm(FilmSession &films, ReadingSession &readings, FilmArea &area, QObject *parent);

private:
    void describe(int viewport);
    void describeAll();
    QString description(int viewport) const;

    FilmSession &m_films;
    ReadingSession &m_readings;
    FilmArea &m_area;
};

} // namespace hilum::ui
