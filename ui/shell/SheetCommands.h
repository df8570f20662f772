// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SheetCommands: opens the window in which networks stand side by side.
//
// Errors:  what could not be saved is said in the status line.
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
class SheetWindow;
class StatusLine;

class SheetCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Lanes &lanes;
        std::shared_ptr<NetworkService> networks;
        FilmSession &films;
        ReadingSession &readings;
        Actions &actions;
        StatusLine &status;
    };

    SheetCommands(Parts parts, QWidget *window);
    ~SheetCommands() override;

    void setTheme(const PlotTheme &theme);
    SheetWindow &open();

private:
    Parts m_parts;
    QWidget *m_window;
    SheetWindow *m_sheet = nullptr;
    PlotTheme m_theme;
};

} // namespace hilum::ui
