// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LabWindow: the shortcut laboratory: the film under the hand, what was done to it, what every network says
// now, and how its probabilities run along the strength of one change.
//
// It stands beside the main window and follows its film; changes stay from film to film, so that one
// experiment can be tried on many.
//
// Errors:  a file that can't be read or written is said in the window.
// Threads: UI thread; work runs on the lanes.
#pragma once

#include "ui/lab/LabLayer.h"
#include "ui/lab/LabSession.h"
#include "ui/plots/PlotTheme.h"

#include <QDialog>

#include <filesystem>

class QLabel;
class QListWidget;
class QMenu;
class QPushButton;
class QToolButton;

namespace hilum::ui {

class ChangeForm;
class FilmView;
class LungMasks;
class LungRow;
class StrengthPlot;

class LabWindow : public QDialog {
    Q_OBJECT

public:
    LabWindow(Lanes &lanes, std::shared_ptr<NetworkService> service, ReadingSession &readings,
              LungMasks &lungs, QWidget *parent);
    ~LabWindow() override;

    LabSession &session() { return m_session; }
    FilmView &view() { return *m_view; }
    void setTheme(const PlotTheme &theme);
    void openExperiment(const std::filesystem::path &file);
    bool saveExperiment(const std::filesystem::path &file);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *head();
    QWidget *left();
    QWidget *right();
    QMenu *addMenu();
    void fillExperiments();
    void askForExperiment();
    void askWhereToSave();
    void askForLungs();
    void say(const QString &words); // until the changes are others
    void showFilm();
    void showChanges();
    void showSweep();
    void showStatus();

    ReadingSession &m_readings;
    LungMasks &m_lungMasks;
    LabSession m_session;
    LabLayer m_layer;
    FilmView *m_view;
    StrengthPlot *m_plot;
    QListWidget *m_list;
    ChangeForm *m_form;
    LungRow *m_lungs;
    QLabel *m_about; // the experiment's words, or what went wrong with a file
    std::vector<FilmChange> m_aboutOf; // the changes when it was said
    QLabel *m_status;
    QMenu *m_experiments;
    QAction *m_undo;
    QAction *m_redo;
    QToolButton *m_remove;
    QPushButton *m_reset;
    QPushButton *m_save;
    bool m_isShowing = false;
};

} // namespace hilum::ui
