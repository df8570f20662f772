// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ViewportGrid: one, two or four films side by side, as the session's viewports say; the active one is
// framed.
//
// All four views exist from the start, so that layers can lie over each; those not in use are hidden.
//
// Errors:  none; each cell shows its own.
#pragma once

#include <QList>
#include <QWidget>

#include <array>

class QGridLayout;

namespace hilum::ui {

class FilmSession;
class FilmView;
class FrameBar;
class LinkedViews;
class ViewportCell;

class ViewportGrid : public QWidget {
    Q_OBJECT

public:
    explicit ViewportGrid(FilmSession &films, QWidget *parent = nullptr);

    FilmView *view() const; // the active one
    QList<FilmView *> views() const; // all, in order; the first viewportCount() are in use
    FrameBar *frameBar() const; // of the active viewport
    bool showsFilm() const; // in the active viewport
    void setNamesShown(bool shown);

Q_SIGNALS:
    void activeViewChanged(hilum::ui::FilmView *view);
    void openRequested();

private:
    ViewportCell *cell(int index) const { return m_cells[static_cast<std::size_t>(index)]; }
    void arrange();
    void updateLooks();
    void activeMoved();

    FilmSession &m_films;
    std::array<ViewportCell *, 4> m_cells{};
    QGridLayout *m_layout;
    LinkedViews *m_linked;
};

} // namespace hilum::ui
