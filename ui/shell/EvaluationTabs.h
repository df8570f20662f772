// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// EvaluationTabs: training curves and confusion matrices of the networks, and pages that others bring, below
// the film, foldable.
//
// A click on the open tab folds the tabs away; a click on any opens them. The plots are made when they
// are first seen.
//
// Errors:  none; a network without a history or held-out predictions says so.
#pragma once

#include "ui/plots/PlotTheme.h"

#include <QWidget>

#include <vector>

class QStackedWidget;
class QTabBar;

namespace hilum::ui {

class PlotSurface;
class ReadingSession;

class EvaluationTabs : public QWidget {
    Q_OBJECT

public:
    enum Page { Curves, Matrices };

    explicit EvaluationTabs(ReadingSession &readings, QWidget *parent = nullptr);

    bool isOpen() const { return m_open; }
    void setOpen(bool open);
    // Another tab; the page stays for good. Gives the tab's number, for showPage.
    int addPage(const QString &title, QWidget *page);
    void showPage(int page);
    int foldedHeight() const;
    void setTheme(const PlotTheme &theme);

Q_SIGNALS:
    void openChanged(bool open);
    void saveFailed(const QString &sentence); // of a plot

private:
    void build();
    void replace(Page page, QWidget *made);
    QWidget *curves();
    QWidget *matrices();
    QWidget *nothing(const QString &sentence);

    ReadingSession &m_readings;
    QTabBar *m_tabs;
    QStackedWidget *m_pages;
    std::vector<PlotSurface *> m_plots;
    PlotTheme m_theme;
    bool m_open = false;
    bool m_stale = true;
};

} // namespace hilum::ui
