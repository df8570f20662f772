// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MainWindow: puts the parts of the window together; the *Commands beside it give its actions work.
//
// Owns the two sessions. Closing is safe while anything runs: sessions ask their tasks to stop, the
// lanes (which outlive the window) wait for them.
//
// Errors:  none; each is shown where it belongs.
#pragma once

#include "ui/session/FilmSession.h"
#include "ui/session/LungMasks.h"
#include "ui/session/PresetBook.h"
#include "ui/session/ReadingSession.h"
#include "ui/session/TrustSession.h"
#include "ui/shell/Settings.h"

#include <QMainWindow>

#include <memory>

class QDockWidget;
class QSplitter;

namespace hilum::ui {

class Actions;
class AuditCommands;
class BatchCommands;
class CompareCommands;
class DeskCommands;
class EvaluationTabs;
class FileCommands;
class FilmArea;
class FilmPanel;
class GuestCommands;
class InsideCommands;
class MarkCommands;
class Keymap;
class LabCommands;
class NoticeBar;
class ReplayCommands;
class ReportCommands;
class SheetCommands;
class SidePanel;
class StatusLine;
class TrustPanel;
class TrainCommands;
class WindowSection;

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(Lanes &lanes, FilmSources sources, std::shared_ptr<NetworkService> networks);
    ~MainWindow() override;

    void showOnScreen(); // maximised where it would not fit otherwise
    void openPaths(const QStringList &paths);

    FilmSession &films() { return m_films; }
    ReadingSession &readings() { return m_readings; }
    MapSession &maps() { return m_maps; }
    LungMasks &lungs() { return m_lungs; }
    Actions &actions() { return *m_actions; }
    Keymap &keymap() { return *m_keymap; }
    FilmArea &filmArea() { return *m_area; }
    MarkCommands &marks() { return *m_marks; }
    SheetCommands &sheet() { return *m_sheetCommands; }
    CompareCommands &comparison() { return *m_compare; }
    DeskCommands &desk() { return *m_desk; }
    AuditCommands &audit() { return *m_audit; }
    BatchCommands &batch() { return *m_batch; }
    ReportCommands &reports() { return *m_reports; }
    GuestCommands &guests() { return *m_guests; }
    LabCommands &laboratory() { return *m_lab; }
    ReplayCommands &replay() { return *m_replay; }
    TrainCommands &training() { return *m_training; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QDockWidget *dock(const QString &name, const QString &title, Qt::DockWidgetArea area, QWidget *content);
    void makeDocks();
    void connectFilm();
    void connectLooks();
    void restore();
    void applyLook();
    void filmChanged();

    Settings m_settings;
    PresetBook m_presets;
    FilmSession m_films;
    ReadingSession m_readings;
    MapSession m_maps;
    TrustSession m_trust;
    LungMasks m_lungs;
    Actions *m_actions;
    FilmArea *m_area;
    EvaluationTabs *m_evaluation;
    QSplitter *m_middle;
    SidePanel *m_side;
    TrustPanel *m_trustPanel = nullptr;
    FilmPanel *m_filmPanel;
    WindowSection *m_window;
    NoticeBar *m_notices;
    StatusLine *m_status;
    MarkCommands *m_marks = nullptr;
    FileCommands *m_files = nullptr;
    SheetCommands *m_sheetCommands = nullptr;
    CompareCommands *m_compare = nullptr;
    DeskCommands *m_desk = nullptr;
    AuditCommands *m_audit = nullptr;
    ReportCommands *m_reports = nullptr;
    BatchCommands *m_batch = nullptr;
    InsideCommands *m_inside = nullptr;
    GuestCommands *m_guests = nullptr;
    LabCommands *m_lab = nullptr;
    ReplayCommands *m_replay = nullptr;
    TrainCommands *m_training = nullptr;
    Keymap *m_keymap = nullptr;
    QDockWidget *m_stripDock = nullptr;
    QDockWidget *m_sideDock = nullptr;
    bool m_started = false;
};

} // namespace hilum::ui
