// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DeskWindow: the evaluation desk: how good networks are, seen from every side, and the films behind each
// number.
//
// The bundled networks' held-out predictions lie on it from the start; others come as files, from a
// comparison, or by letting networks read films. Esc closes it; what lies on it stays.
//
// Errors:  what can't be loaded is said above the plots: file, expected, found; what was there stays.
// Threads: UI thread; work runs on the lanes.
#pragma once

#include "ui/compare/CompareSession.h"
#include "ui/desk/DeskSession.h"
#include "ui/desk/FilmsBehind.h"
#include "ui/plots/PlotTheme.h"

#include <QDialog>

#include <functional>
#include <vector>

class QLabel;
class QProgressBar;
class QPushButton;
class QTabWidget;

namespace hilum::ui {

class DeskHead;
class PlotSurface;
class RunsPage;
class ThresholdPage;

class DeskWindow : public QDialog {
    Q_OBJECT

public:
    struct Sources {
        CompareSession::ReaderMaker makeReader;
        std::function<std::vector<ModelPackage>()> networks;
        std::function<QString(const QString &)> shownName;
    };

    DeskWindow(Lanes &lanes, std::shared_ptr<NetworkService> service, Sources sources,
               QWidget *parent = nullptr);
    ~DeskWindow() override;

    void setTheme(const PlotTheme &theme);
    void networksChanged(); // their predictions are offered
    void open(const QStringList &paths); // predictions, comparisons, histories, or manifests
    void read(const QString &dataset); // by the chosen networks
    DeskSession &session() { return m_session; }
    DeskHead &head() { return *m_head; }
    FilmsBehind &films() { return *m_films; }
    QTabWidget &tabs() { return *m_tabs; }
    ThresholdPage &threshold() { return *m_threshold; }
    RunsPage &runs() { return *m_runs; }

Q_SIGNALS:
    void filmWanted(const QString &path);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *notices();
    void fillMenu();
    void addPages();
    QWidget *overview();
    QWidget *matrices();
    QWidget *curves();
    QWidget *calibration();
    QWidget *scores();
    void showState();
    void showRun();
    void showLine(); // whose numbers these are
    void say(const QString &text);
    void askForPredictions();
    void askForManifest();
    void askForFilms(bool isFolder);
    void listen();

    DeskSession m_session;
    CompareSession m_reading;
    Sources m_sources;
    QStringList m_offered; // folders of packages whose predictions were loaded
    QString m_unjudged; // why what was read is not on the desk
    DeskHead *m_head;
    QLabel *m_notice;
    QLabel *m_line;
    QWidget *m_running = nullptr;
    QProgressBar *m_bar = nullptr;
    QLabel *m_left = nullptr;
    QTabWidget *m_tabs;
    FilmsBehind *m_films;
    RunsPage *m_runs;
    ThresholdPage *m_threshold = nullptr;
};

} // namespace hilum::ui
