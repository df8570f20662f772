// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReplayWindow: a training looked at again, epoch by epoch, another beside it: the curves with a cursor, and
// for each run the confusion matrix, the film at hand, its probabilities and its map at that epoch.
//
// The slider goes through the epochs that the runs keep; a click on a curve goes to the nearest of them.
//
// Errors:  what can't be saved is said in saveFailed.
// Threads: UI thread.
#pragma once

#include "ui/plots/PlotTheme.h"
#include "ui/replay/ReplaySession.h"

#include <QTimer>
#include <QWidget>

#include <array>

class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace hilum::ui {

class FilmSession;
class HistoryPlot;
class ReplayColumn;

class ReplayWindow : public QWidget {
    Q_OBJECT

public:
    // Runs are looked for in the roots when the window is shown.
    ReplayWindow(Lanes &lanes, std::shared_ptr<NetworkService> service, FilmSession &films,
                 ReadingSession &readings, std::vector<std::filesystem::path> roots,
                 QWidget *parent = nullptr);

    void setTheme(const PlotTheme &theme);
    ReplaySession &session() { return m_session; }

Q_SIGNALS:
    void saveFailed(const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *head();
    QWidget *foot();
    void fillRuns();
    void showRuns();
    void showEpoch();
    void play(bool on);
    void step(int epochs);

    ReadingSession &m_readings;
    std::vector<std::filesystem::path> m_roots;
    ReplaySession m_session;
    std::array<QComboBox *, ReplaySession::sides> m_choices;
    QComboBox *m_class;
    HistoryPlot *m_curves;
    std::array<ReplayColumn *, ReplaySession::sides> m_columns;
    QLabel *m_nothing;
    QWidget *m_body;
    QSlider *m_slider;
    QLabel *m_epoch;
    QToolButton *m_play;
    QTimer m_playing;
    bool m_hasFocused = false;
};

} // namespace hilum::ui
