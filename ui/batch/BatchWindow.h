// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// BatchWindow: many films through the chosen networks: what is read, how far it is, and the results as they
// come, each of which opens its film.
//
// Drop folders, manifests, lists, films or a DICOMDIR on it. Closing it leaves the batch running.
//
// Errors:  shown in place, in words.
// Threads: UI thread; films are read by BatchRun's child.
#pragma once

#include "core/nn/ModelPackage.h"
#include "ui/batch/BatchRun.h"
#include "ui/batch/BatchStore.h"
#include "ui/batch/BatchTable.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QToolButton;
class QTreeView;
class QVBoxLayout;

namespace hilum::ui {

class BatchWindow : public QDialog {
    Q_OBJECT

public:
    struct Sources {
        std::function<std::vector<ModelPackage>()> networks;
        std::function<QStringList()> openFilms;
        std::function<QString(const QString &)> shownName; // of a film, as it may be shown
        std::function<QString()> device; // "auto", "cpu", "cuda"
    };

    BatchWindow(BatchRun &run, BatchStore store, Sources sources, QWidget *parent);

    void networksChanged();
    void namesChanged();
    void choose(const QStringList &paths); // what is read next
    void setFolder(const QString &folder); // where results go
    void begin();
    void openResults(const QString &folder);
    BatchTable &table() { return *m_table; }

Q_SIGNALS:
    void filmWanted(const QString &path, bool comesForward);
    void reportWanted(const QString &predictions); // an evaluation of results.csv

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *head();
    QWidget *progressRow();
    QWidget *startPage();
    QWidget *resultsPage();
    void listBatches();
    void showState();
    void showProgress();
    void showPlan();
    void showCount();
    void readFilter();
    void wantFilm(const QModelIndex &row, bool comesForward);
    void askForFolder();
    void askForFile();
    void askForResults();
    void askWhereTo();
    QStringList chosenModels() const;
    QString whyNot() const; // a run can't begin; empty: it can

    BatchRun &m_run;
    BatchStore m_store;
    Sources m_sources;
    BatchTable *m_table;
    QStringList m_paths;
    QString m_folder;
    QPushButton *m_choose;
    QLabel *m_name;
    QToolButton *m_networks;
    QMenu *m_networkMenu;
    QPushButton *m_where;
    QPushButton *m_begin;
    QPushButton *m_pause;
    QPushButton *m_cancel;
    QPushButton *m_report;
    QWidget *m_running;
    QProgressBar *m_bar;
    QLabel *m_left;
    QLabel *m_notice;
    QStackedWidget *m_pages;
    QVBoxLayout *m_earlier;
    QLineEdit *m_text;
    QComboBox *m_kind;
    QLabel *m_count;
    QTreeView *m_view;
    QLabel *m_line;
};

} // namespace hilum::ui
