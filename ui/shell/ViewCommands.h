// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ViewCommands: what the View and Film menus do to the film in the active view: zoom, turns, tools, window
// presets, stepping through the strip; and the pixel under the cursor in the status line.
//
// Errors:  none.
#pragma once

#include <QObject>
#include <QPoint>

class QMenu;

namespace hilum::ui {

class Actions;
class FilmArea;
class MarkCommands;
class FilmSession;
class ReadingSession;
class StatusLine;
enum class HandTool;

class ViewCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        FilmSession &films;
        ReadingSession &readings;
        Actions &actions;
        FilmArea &area;
        StatusLine &status;
        QMenu &presets;
        MarkCommands &marks;
    };

    ViewCommands(Parts parts, QWidget *window);

private:
    void connectView();
    void connectFilm();
    void setTool(HandTool tool);
    void stop();
    void filmChanged();
    void updateEnabled();
    void showPixel(QPoint pixel);
    void fillPresets();

    Parts m_parts;
    QWidget *m_window;
    QPoint m_pixel{-1, -1};
};

} // namespace hilum::ui
