// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReplayColumn: one training at the epoch on the slider: its figures in words, the film at hand with the map
// and the probabilities that its network gives, and how it called the held-out films.
//
// Errors:  a film that the epoch's network can't read says why.
// Threads: UI thread.
#pragma once

#include "ui/plots/PlotTheme.h"
#include "ui/replay/ReplaySession.h"

#include <QWidget>

#include <filesystem>

class QGridLayout;
class QLabel;

namespace hilum::ui {

class ConfusionView;
class FilmSession;
class FilmView;
class ProbabilityBar;

class ReplayColumn : public QWidget {
    Q_OBJECT

public:
    ReplayColumn(ReplaySession &session, FilmSession &films, int side, QWidget *parent = nullptr);

    void setTheme(const PlotTheme &theme);
    void showRun();
    void showEpoch(); // curves' figures and matrix: at once
    void showFilm(); // and its reading, where there is one
    QString words() const; // what stands under the title

Q_SIGNALS:
    void saveFailed(const QString &sentence);

private:
    void showReading();
    QString noReadingText() const;

    ReplaySession &m_session;
    FilmSession &m_films;
    int m_side;
    QLabel *m_title;
    QLabel *m_words;
    FilmView *m_view;
    QWidget *m_bars;
    QGridLayout *m_barGrid;
    std::vector<ProbabilityBar *> m_probabilities; // in the order of the run's classes
    QLabel *m_note; // why there is no reading, or that the film was held out
    ConfusionView *m_matrix;
};

} // namespace hilum::ui
