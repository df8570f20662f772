// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// RunPage: a training as it goes, or as it was left: curves, confusion matrix, how long yet, and
// Pause, Resume, Stop, Remove.
//
// Errors:  a failed run says what happened, what is kept and what to do.
#pragma once

#include "ui/plots/PlotTheme.h"
#include "ui/train/RunStore.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace hilum::ui {

class ConfusionView;
class LivePlot;
class QuestionRow;
class TrainingRun;

class RunPage : public QWidget {
    Q_OBJECT

public:
    explicit RunPage(TrainingRun &training, QWidget *parent = nullptr);

    void setRun(const StoredRun &run); // to look at; it need not be the one that trains
    const StoredRun &run() const { return m_run; }
    void setTheme(const PlotTheme &theme);

Q_SIGNALS:
    void resumeRequested(const StoredRun &run);
    void removeRequested(const StoredRun &run); // asked and answered
    void stopped(const StoredRun &run); // asked and answered; it is on its way to a checkpoint
    void cardRequested(const QString &name);
    void saveFailed(const QString &sentence);

private:
    bool isLive() const; // the training's own run is shown
    QWidget *makeHead();
    QWidget *makePlots();
    void connectTraining();
    void update();
    void updateFacts();
    void updateNotes();
    void showHistory();
    void showMatrix();
    void showResult();
    QString stateSentence() const;

    TrainingRun &m_training;
    StoredRun m_run;
    QLabel *m_title = nullptr;
    QLabel *m_state = nullptr;
    QProgressBar *m_bar = nullptr;
    QLabel *m_facts = nullptr;
    QPushButton *m_pause = nullptr;
    QPushButton *m_resume = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_remove = nullptr;
    QPushButton *m_card = nullptr;
    QuestionRow *m_question = nullptr;
    QLabel *m_result = nullptr;
    QLabel *m_warning = nullptr;
    QLabel *m_error = nullptr;
    QLabel *m_detail = nullptr;
    LivePlot *m_plot = nullptr;
    ConfusionView *m_matrix = nullptr;
    QStackedWidget *m_matrixPlace = nullptr;
    QPushButton *m_unreadable = nullptr;
    QPlainTextEdit *m_films = nullptr;
    QLabel *m_slower = nullptr;
};

} // namespace hilum::ui
