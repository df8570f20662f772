// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MarkCommands: gives the mark tools, the Edit menu and the list of marks something to do.
//
// Owns the marks, their layer over every view, and what can be undone. Dialogs never block the window.
//
// Errors:  none; a region without a pixel is said in the status line.
#pragma once

#include "ui/marks/History.h"
#include "ui/marks/MarkLayer.h"
#include "ui/marks/MarkStore.h"
#include "ui/marks/ViewHistory.h"

#include <QObject>
#include <QPoint>

class QInputDialog;

namespace hilum::ui {

class Actions;
class FilmArea;
class Lanes;
class MarksPanel;
class StatusLine;

class MarkCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Lanes &lanes;
        FilmSession &films;
        Actions &actions;
        FilmArea &area;
        StatusLine &status;
    };

    MarkCommands(Parts parts, QWidget *window);

    MarkStore &store() { return m_store; }
    MarkLayer &layer() { return m_layer; }
    History &history() { return m_history; }
    MarksPanel *panel() const { return m_panel; } // to be put into the side panel

    bool stop(); // Esc: what is half drawn, then the tool; false: neither

private:
    void connectTools();
    void connectHistory();
    void connectMarks();
    void filmChanged();
    void updateEnabled();
    void updateHint();
    void undo();
    void windowOf(FilmView *view, Region region);
    void showMenu(int film, int id, QPoint at);
    void askForLength(int film, int id);
    void askForText(int film, int id);
    void copy(int film, int id);
    void copyAll(int film);
    QInputDialog *ask(const QString &title, const QString &question) const;
    FilmPtr source() const; // of the current film

    Parts m_parts;
    QWidget *m_window;
    MarkStore m_store;
    History m_history;
    MarkLayer m_layer;
    ViewHistory m_views;
    MarksPanel *m_panel;
    std::stop_source m_regionStop;
};

} // namespace hilum::ui
