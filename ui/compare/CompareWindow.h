// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// CompareWindow: two networks over a folder, a manifest, the open films, or results written before.
//
// Before a run it says what one is; during it shows how far it is and can be stopped, keeping what it has;
// closing stops it, too. Drop a manifest, a folder or a comparison.csv on it.
//
// Errors:  shown in place, in words.
// Threads: UI thread; work runs on the lanes.
#pragma once

#include "ui/compare/CompareSession.h"
#include "ui/plots/PlotTheme.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QProcess;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace hilum::ui {

class ComparePage;

class CompareWindow : public QDialog {
    Q_OBJECT

public:
    struct Sources {
        std::function<TwiceReadingPlan::Reader()> makeReader;
        std::function<std::vector<ModelPackage>()> networks;
        std::function<std::vector<Sample>()> openFilms;
        std::function<QString(const QString &)> shownName; // of a film, as it may be shown
    };

    CompareWindow(Lanes &lanes, std::shared_ptr<NetworkService> service, Sources sources, QWidget *parent);
    ~CompareWindow() override;

    CompareSession &session() { return m_session; }
    ComparePage &page() { return *m_page; }
    void setTheme(const PlotTheme &theme);
    void networksChanged();
    // What is compared next: a manifest, a folder, or a comparison written before, which opens at once.
    void choose(const QString &path);
    void chooseOpenFilms();
    void begin();
    // comparison.csv and .json, then the plots beside them.
    void save(const QString &folder);

Q_SIGNALS:
    void filmWanted(const QString &path, bool comesForward);
    void saved(bool withPlots);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *head();
    QWidget *startPage();
    QWidget *progressRow();
    void askForFile();
    void askForFolder();
    void askForResults();
    void askWhereToSave();
    void showState();
    void showNetworks();
    void wantFilm(int film, bool comesForward);
    void drawPlots(const QString &folder);
    void say(const QString &words);
    const ModelPackage *chosenNetwork(const QComboBox &box) const;
    QString whyNot() const; // a run can't begin; empty: it can

    Lanes &m_lanes;
    Sources m_sources;
    CompareSession m_session;
    std::vector<ModelPackage> m_networks;
    QString m_dataset; // to be read
    std::vector<Sample> m_films; // or these
    QPushButton *m_choose;
    QLabel *m_name;
    QComboBox *m_first;
    QComboBox *m_second;
    QPushButton *m_begin;
    QPushButton *m_save;
    QWidget *m_running;
    QProgressBar *m_bar;
    QLabel *m_left;
    QPushButton *m_stop;
    QLabel *m_notice;
    QPushButton *m_findFilms;
    QStackedWidget *m_pages;
    ComparePage *m_page;
    QLabel *m_line;
    QProcess *m_drawing = nullptr;
};

} // namespace hilum::ui
