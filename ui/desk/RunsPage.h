// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// RunsPage: training curves of runs and folds over each other, each to be shown or left out.
//
// Errors:  a history that can't be read is said below the curves: file, expected, found.
// Threads: UI thread; files are looked for and read on the decode lane.
#pragma once

#include "ui/desk/RunFigures.h"

#include <QWidget>

#include <stop_token>

class QCheckBox;
class QLabel;
class QListWidget;
class QSlider;
class QSpinBox;

namespace hilum::ui {

class Lanes;

class RunsPage : public QWidget {
    Q_OBJECT

public:
    RunsPage(Lanes &lanes, QWidget *parent);
    ~RunsPage() override;

    void addRun(const QString &name, const TrainingHistory &history); // one of the same name is replaced
    void open(const QStringList &paths); // history.csv files, or folders that hold some
    const std::vector<DeskRun> &runs() const { return m_runs; }
    QListWidget &list() { return *m_list; }
    QSlider &smoothing() { return *m_smoothing; }
    CurvePlot &loss() { return *m_plots[0]; }

private:
    QWidget *controls();
    struct Found;
    void addRuns(const std::vector<DeskRun> &runs);
    void take(const Found &found);
    void askForFiles();
    void askForFolder();
    void refill();
    void redraw();
    RunLook look() const;

    Lanes &m_lanes;
    QStringList m_asked; // paths that are being read
    std::stop_source m_opening;
    std::vector<DeskRun> m_runs;
    QListWidget *m_list;
    QSlider *m_smoothing;
    QCheckBox *m_training;
    QCheckBox *m_logLoss;
    QCheckBox *m_logEpochs;
    QSpinBox *m_patience;
    QLabel *m_notice;
    std::vector<CurvePlot *> m_plots; // loss, accuracy, learning rate
    bool m_isFilling = false;
};

} // namespace hilum::ui
