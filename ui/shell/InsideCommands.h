// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// InsideCommands: opens the window that looks inside the networks, and lays what it shows over the film.
//
// Errors:  none; without networks that can be looked into the action stays off.
#pragma once

#include <QObject>

#include <memory>

class QWidget;

namespace hilum::ui {

class Actions;
class FilmArea;
class InsideLayer;
class InsideService;
class InsideSession;
class InsideWindow;
class Lanes;
class ReadingSession;
class StatusLine;

class InsideCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Lanes &lanes;
        ReadingSession &readings;
        std::shared_ptr<InsideService> service; // may be none
        Actions &actions;
        FilmArea &area;
        StatusLine &status;
    };

    InsideCommands(Parts parts, QWidget *window);
    ~InsideCommands() override;

private:
    void open();

    Parts m_parts;
    QWidget *m_window;
    InsideSession *m_session = nullptr;
    InsideWindow *m_inside = nullptr;
    std::unique_ptr<InsideLayer> m_layer;
};

} // namespace hilum::ui
