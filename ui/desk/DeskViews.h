// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DeskViews: the plots of the desk, tied to its session: each is drawn from the judgement when it is seen,
// opens the films behind what is clicked, and marks the film on the screen and the threshold.
//
// Errors:  a plot that can't be saved says so in PlotSurface::saveFailed.
// Threads: UI thread.
#pragma once

#include "core/metrics/ConfusionMatrix.h"
#include "ui/desk/DeskFigures.h"
#include "ui/desk/DeskSession.h"
#include "ui/plots/ConfusionView.h"

#include <QWidget>

class QLabel;

namespace hilum::ui {

// What all of them do alike: nothing is drawn before it is seen.
class DeskView : public QWidget {
    Q_OBJECT

public:
    explicit DeskView(DeskSession &session, QWidget *parent);

    virtual PlotSurface &surface() = 0;

protected:
    virtual void refresh() = 0; // another judgement or class
    virtual void mark() { } // another film or threshold
    void fill(PlotSurface *plot);
    void touch();
    void showEvent(QShowEvent *event) override;
    DeskSession &session() const { return m_session; }

private:
    void update(bool onlyMarks);

    DeskSession &m_session;
    bool m_isStale = true;
};

class DeskCurveView : public DeskView {
    Q_OBJECT

public:
    DeskCurveView(DeskSession &session, DeskCurve kind, QWidget *parent);

    PlotSurface &surface() override { return *m_plot; }
    CurvePlot &plot() { return *m_plot; }
    void setEveryClass(bool every); // with one network

protected:
    void refresh() override;
    void mark() override;

private:
    void openFilms(int curve, int point);
    int drawnLabel() const;

    DeskCurve m_kind;
    CurvePlot *m_plot;
    std::vector<CurveRef> m_refs;
    bool m_isEveryClass = false;
};

class DeskMatrixView : public DeskView {
    Q_OBJECT

public:
    enum class Which { First, Second, Difference };

    DeskMatrixView(DeskSession &session, Which which, QWidget *parent);

    PlotSurface &surface() override { return *m_plot; }
    ConfusionView &plot() { return *m_plot; }

protected:
    void refresh() override;
    void mark() override;

private:
    void openFilms(int truth, int called);

    Which m_which;
    ConfusionView *m_plot;
};

class DeskScoreView : public DeskView {
    Q_OBJECT

public:
    DeskScoreView(DeskSession &session, int side, bool withBoxes, QWidget *parent);

    PlotSurface &surface() override { return *m_plot; }
    ScorePlot &plot() { return *m_plot; }

protected:
    void refresh() override;
    void mark() override;

private:
    void openBar(int truth, int bar);
    void openBox(int box);

    int m_side;
    ScorePlot *m_plot;
    ScoreFigure m_figure;
};

} // namespace hilum::ui
