// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DeskCommands: opens the evaluation desk, tells it which film is on the screen and what the networks said of
// it, and opens in the viewer the films that it asks for, with the map over them.
//
// Errors:  none.
#pragma once

#include "ui/plots/PlotTheme.h"

#include <QObject>

#include <memory>

class QWidget;

namespace hilum::ui {

class Actions;
class DeskWindow;
class FilmSession;
class Lanes;
class NetworkService;
class ReadingSession;

class DeskCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Lanes &lanes;
        std::shared_ptr<NetworkService> networks;
        FilmSession &films;
        ReadingSession &readings;
        Actions &actions;
    };

    DeskCommands(Parts parts, QWidget *window);
    ~DeskCommands() override;

    void setTheme(const PlotTheme &theme);
    DeskWindow &open();

private:
    void make();
    void followFilm();
    void showFilm(const QString &path);

    Parts m_parts;
    QWidget *m_window;
    DeskWindow *m_desk = nullptr;
    PlotTheme m_theme;
};

} // namespace hilum::ui
