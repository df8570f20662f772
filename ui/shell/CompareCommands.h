// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// CompareCommands: opens the window that compares two networks over films, and in the viewer the films that
// it speaks of.
//
// Errors:  none.
#pragma once

#include "ui/plots/PlotTheme.h"

#include <QObject>

#include <memory>

class QWidget;

namespace hilum::ui {

class Actions;
class CompareWindow;
class FilmSession;
class Lanes;
class NetworkService;
class ReadingSession;

class CompareCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Lanes &lanes;
        std::shared_ptr<NetworkService> networks;
        FilmSession &films;
        ReadingSession &readings;
        Actions &actions;
    };

    CompareCommands(Parts parts, QWidget *window);
    ~CompareCommands() override;

    void setTheme(const PlotTheme &theme);
    CompareWindow &open();

private:
    void make();
    void showFilm(const QString &path, bool comesForward);
    void followFilm();

    Parts m_parts;
    QWidget *m_window;
    CompareWindow *m_compare = nullptr;
    PlotTheme m_theme;
};

} // namespace hilum::ui
