// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ViewHistory: notices what became of the views and makes it undoable: window, inversion, zoom, pan, turns.
//
// A gesture of the hand is one step; what changes without one (menu, keys, histogram) is a step each, those
// that follow each other within a moment become one. Only the view that the hand moved has a step: views
// linked to it follow the undo as they followed the hand. Another film in a view begins anew; a resize is no
// step.
//
// Errors:  none.
// Threads: UI thread.
#pragma once

#include "ui/session/FilmSession.h"
#include "ui/viewer/FilmView.h"

#include <QElapsedTimer>
#include <QList>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <map>

namespace hilum::ui {

class History;

struct ViewState {
    const void *film = nullptr; // compared only; nothing: no film
    int filmId = 0;
    Voi voi;
    bool inverted = false;
    bool fitted = true;
    double zoom = 1; // counts where it isn't fitted
    QPointF centre;
    int quarters = 0;
    bool mirrored = false;
};

class ViewHistory : public QObject {
    Q_OBJECT

public:
    using Views = std::function<QList<FilmView *>()>; // in the order of the session's viewports

    ViewHistory(FilmSession &films, Views views, History &history, QObject *parent = nullptr);

    ViewState state(FilmView *view) const;
    void apply(FilmView *view, const ViewState &state);

private:
    void notice(); // soon: what belongs together comes together
    void look(); // what changed since the last look is a step
    void keep(FilmView *view, const ViewState &before, const ViewState &after);

    FilmSession &m_films;
    Views m_views;
    History &m_history;
    QTimer m_soon;
    std::map<FilmView *, ViewState> m_seen;
    FilmView *m_moved = nullptr; // by the last gesture; compared only
    bool m_inGesture = false;
    bool m_gestureEnded = false; // and is not a step yet
    QElapsedTimer m_lastKept;
    int m_lastKind = 0;
};

} // namespace hilum::ui
