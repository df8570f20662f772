// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// BatchCommands: opens the window that reads many films, and in the viewer the films of its rows.
//
// Owns the batch: closing its window leaves it running, closing the program ends it after the film at hand.
//
// Errors:  none; each is shown in the batch's window.
#pragma once

#include "ui/batch/BatchRun.h"

#include <QObject>

class QWidget;

namespace hilum::ui {

class Actions;
class BatchWindow;
class FilmSession;
class Lanes;
class ReadingSession;
class ReportCommands;

class BatchCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Lanes &lanes;
        FilmSession &films;
        ReadingSession &readings;
        Actions &actions;
        ReportCommands &reports;
    };

    BatchCommands(Parts parts, QWidget *window);
    ~BatchCommands() override;

    BatchWindow &open(); // made when first needed
    BatchRun &batch() { return m_run; }

private:
    void showFilm(const QString &path, bool comesForward);

    Parts m_parts;
    QWidget *m_main;
    BatchRun m_run;
    BatchWindow *m_window = nullptr;
};

} // namespace hilum::ui
