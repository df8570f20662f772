// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SawCommands: the tab of what the network saw, its cursor and the film's as one, and the wish to feed the
// networks what the view shows.
//
// Errors:  none.
#pragma once

#include "core/nn/ShownFilm.h"

#include <QObject>

#include <optional>

namespace hilum::ui {

class Actions;
class EvaluationTabs;
class FilmArea;
class FilmSession;
class FilmView;
class Lanes;
class ReadingSession;
class SawPage;
class StatusLine;

class SawCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Lanes &lanes;
        FilmSession &films;
        ReadingSession &readings;
        Actions &actions;
        FilmArea &area;
        EvaluationTabs &evaluation;
        StatusLine &status;
    };

    SawCommands(Parts parts, QObject *parent);

private:
    void connectCursor();
    void connectFeed();
    std::optional<ShownLook> lookOf(int filmId) const;
    void updateLook();
    bool showsTheFilm(const FilmView &view) const; // that the networks read

    Parts m_parts;
    SawPage *m_page;
};

} // namespace hilum::ui
