// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ComparePage: what came out of a comparison: the films as a table and as points, the statistics in words,
// and each source by itself. What is chosen in one is marked in the others.
//
// Errors:  a plot that can't be saved is said in saveFailed.
// Threads: UI thread.
#pragma once

#include "ui/compare/CompareSession.h"
#include "ui/plots/PlotTheme.h"

#include <QWidget>

#include <functional>

class QComboBox;
class QItemSelection;
class QLabel;
class QLineEdit;
class QTabWidget;
class QTextBrowser;
class QTreeView;
class QTreeWidget;

namespace hilum::ui {

class CompareTable;
class PairPlot;

class ComparePage : public QWidget {
    Q_OBJECT

public:
    ComparePage(CompareSession &session, std::function<QString(const QString &)> shownName,
                QWidget *parent = nullptr);

    void setTheme(const PlotTheme &theme);
    void namesChanged(); // another name may be shown
    PairPlot &plot() { return *m_plot; }
    QTreeView &table() { return *m_table; }

Q_SIGNALS:
    // `comesForward`: the window that shows it, too.
    void filmWanted(int film, bool comesForward);
    void saveFailed(const QString &sentence);

private:
    QWidget *left();
    QWidget *right();
    void refill(); // another comparison
    void fillStatistics();
    void fillSources();
    void fillUnread();
    void showLabel();
    void showFilter();
    void showSelection();
    void takeSelection();
    void readFilter();

    CompareSession &m_session;
    std::function<QString(const QString &)> m_shownName;
    CompareTable *m_model;
    QTreeView *m_table;
    QLineEdit *m_text;
    QComboBox *m_calls;
    QComboBox *m_source;
    QLabel *m_count;
    QComboBox *m_label;
    QComboBox *m_view;
    PairPlot *m_plot;
    QTabWidget *m_tabs;
    QTextBrowser *m_statistics;
    QTreeWidget *m_sources;
    QTreeWidget *m_unread;
    PlotTheme m_theme;
    bool m_isFollowing = false; // the session; nothing goes back
};

} // namespace hilum::ui
