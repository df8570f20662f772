// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LinkedViews: film views that move together and show each other where the cursor is.
//
// Zoom and centre follow relative to the fitted film (ViewTransform::follow), so films of different size
// stay aligned; turns stay each view's own. The cursor stands on the same pixel of the same film, else at
// the same part of width and height. Windows are linked in FilmSession.
//
// Errors:  none.
// Threads: UI thread.
#pragma once

#include "ui/session/ViewLinks.h"

#include <QList>
#include <QObject>

namespace hilum::ui {

class FilmView;

class LinkedViews : public QObject {
    Q_OBJECT

public:
    explicit LinkedViews(const QList<FilmView *> &views, QObject *parent = nullptr);

    void setLinks(const ViewLinks &links);
    void align(FilmView *leader); // the others with it, where zoom and pan are linked
    void join(FilmView *newcomer); // with the first other view that shows a film

private:
    void point(FilmView *from, QPoint pixel);

    QList<FilmView *> m_views;
    ViewLinks m_links;
};

} // namespace hilum::ui
