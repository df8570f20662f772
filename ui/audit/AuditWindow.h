// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// AuditWindow: audits a data set that the user chooses, and shows the report.
//
// Before an audit it says what one is; during it shows how far it is and can be stopped; closing it stops
// it. A report stays until the next, and can be saved as HTML and JSON. Drop a manifest or folder on it.
//
// Errors:  shown in place, in words.
// Threads: UI thread; the audit runs on the lane for long work and starts threads of its own.
#pragma once

#include "core/audit/Audit.h"
#include "ui/plots/PlotTheme.h"

#include <QDialog>

#include <memory>
#include <stop_token>

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace hilum::ui {

class AuditPage;
class Lanes;

class AuditWindow : public QDialog {
    Q_OBJECT

public:
    AuditWindow(Lanes &lanes, std::function<FilmReader()> makeReader, QWidget *parent);
    ~AuditWindow() override;

    void setTheme(const PlotTheme &theme);
    void begin(const QString &dataset);
    void stop();
    bool isRunning() const { return m_isRunning; }
    AuditPage *page() { return m_page; } // none before the first report
    bool saveReport(const QString &folder);

Q_SIGNALS:
    void filmsWanted(const QStringList &paths);
    void auditEnded();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *startPage();
    QWidget *runningPage();
    void chooseManifest();
    void chooseFolder();
    void askWhereToSave();
    void showProgress(const AuditProgress &progress);
    void showReport(AuditReport report);
    void showError(const Error &error);
    void showState();

    Lanes &m_lanes;
    std::function<FilmReader()> m_makeReader;
    std::stop_source m_stop;
    std::shared_ptr<const AuditReport> m_report;
    PlotTheme m_theme;
    QString m_dataset;
    bool m_isRunning = false;
    QLabel *m_title;
    QLabel *m_purpose;
    QPushButton *m_manifest;
    QPushButton *m_folder;
    QPushButton *m_save;
    QStackedWidget *m_pages;
    QLabel *m_notice;
    QLabel *m_stage;
    QLabel *m_left;
    QProgressBar *m_bar;
    QPushButton *m_stopButton;
    AuditPage *m_page = nullptr;
};

} // namespace hilum::ui
