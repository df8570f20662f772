// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TrainCommands: opens the training window, and tells the rest of the window how a training goes.
//
// Owns the training: closing its window leaves it running, closing the program leaves a checkpoint.
//
// Errors:  none; each is shown in the training window.
#pragma once

#include "ui/plots/PlotTheme.h"
#include "ui/train/RunStore.h"
#include "ui/train/TrainingRun.h"

#include <QObject>

class QWidget;

namespace hilum::ui {

class Actions;
class Lanes;
class ReadingSession;
class StatusLine;
class TrainWindow;

class TrainCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Lanes &lanes;
        ReadingSession &readings;
        Actions &actions;
        StatusLine &status;
    };

    TrainCommands(Parts parts, QWidget *window);

    TrainWindow &shown(); // made when first needed
    TrainingRun &training() { return m_training; }
    void setTheme(const PlotTheme &theme);

private:
    void updateStatus();
    void stateChanged();

    Parts m_parts;
    QWidget *m_main;
    RunStore m_store;
    TrainingRun m_training;
    TrainWindow *m_window = nullptr;
    PlotTheme m_theme;
};

} // namespace hilum::ui
