// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ViewCommands: what the View and Film menus do to the film in the active view: zoom, turns, tools, window
// presets, stepping through the strip; and the pixel under the cursor in the status line.
//
// Errors:  none.
#pragma once

#include <QObject>
#include <QPoint>

#include <array>
#include <cstddef>

class QMenu;

namespace hilum::ui {

class Actions;
class FilmArea;
class MarkCommands;
class FilmSession;
class FilmView;
class MapSession;
class PresetBook;
class ReadingSession;
class StatusLine;
enum class HandTool;

class ViewCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        FilmSession &films;
        ReadingSession &readings;
        MapSession &maps;
        Actions &actions;
        FilmArea &area;
        StatusLine &status;
        PresetBook &book;
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
    void showPixel();
    void fillPresets();
    void choosePreset(std::size_t offer);

    Parts m_parts;
    QWidget *m_window;
    const FilmView *m_pointed = nullptr; // the views outlive their commands' last signal
    QPoint m_pixel{-1, -1};
    std::array<std::size_t, 9> m_digits{}; // which offer of the book each digit chooses
};

} // namespace hilum::ui
