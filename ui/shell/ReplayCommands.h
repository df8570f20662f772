// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReplayCommands: opens the window in which trainings are looked at again.
//
// Errors:  a plot that can't be saved is said in the status line.
#pragma once

#include "ui/plots/PlotTheme.h"

#include <QObject>

#include <memory>

class QWidget;

namespace hilum::ui {

class Actions;
class FilmSession;
class Lanes;
class NetworkService;
class ReadingSession;
class ReplayWindow;
class StatusLine;

class ReplayCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Lanes &lanes;
        FilmSession &films;
        ReadingSession &readings;
        std::shared_ptr<NetworkService> networks;
        Actions &actions;
        StatusLine &status;
    };

    ReplayCommands(Parts parts, QWidget *window);
    ~ReplayCommands() override;

    void setTheme(const PlotTheme &theme);
    ReplayWindow &open();

private:
    Parts m_parts;
    QWidget *m_window;
    ReplayWindow *m_replay = nullptr;
    PlotTheme m_theme;
};

} // namespace hilum::ui
