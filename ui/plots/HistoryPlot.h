// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// HistoryPlot: how networks learnt: loss and accuracy against epoch, one row of panels a network.
//
// Validation is a solid line, training a dashed one; networks differ by their row, so that no
// colour has to be remembered. The wheel zooms at the cursor, dragging pans, a double click shows
// everything again; epochs are shared by all panels, a quantity's range by its panels.
//
// Units:   loss in nats, accuracy 0 to 1, epochs from 1.
// Errors:  none; without records it says so.
// Threads: UI thread only.
#pragma once

#include "core/metrics/TrainingHistory.h"
#include "ui/plots/PlotSurface.h"

#include <memory>
#include <vector>

class QCPMarginGroup;
class QCustomPlot;

namespace hilum::ui {

struct NamedHistory {
    QString name; // the model's title
    TrainingHistory history;
};

class HistoryPlot : public PlotSurface {
    Q_OBJECT

public:
    explicit HistoryPlot(QWidget *parent = nullptr);
    ~HistoryPlot() override;

    void setHistories(std::vector<NamedHistory> histories);

    QString title() const override;
    QString csv() const override;
    // What the tooltip says for an epoch; empty when no network has a record of it.
    QString readOut(int epoch) const;
    bool isEmpty() const;
    // A line through all panels at an epoch that something else is about; 0: none.
    void setCursor(int epoch);
    int cursorEpoch() const { return m_cursor; }

    QCustomPlot *plot() const { return m_plot; }

    QSize sizeHint() const override { return {720, 360}; }
    QSize minimumSizeHint() const override { return {280, 200}; }

public Q_SLOTS:
    void showAll();

Q_SIGNALS:
    void epochClicked(int epoch);

protected:
    void paintPlot(QPainter &painter, QSize size) override;
    void themeChanged() override { rebuild(); }
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Curve;
    struct Panel;

    void rebuild();
    void arrange(QSize size);
    void addPanel(int model, bool accuracy);
    void addCurve(Panel &panel, int model, bool validation);
    void linkRanges();
    void placeLabels();
    void hover(QPoint point);
    void markEpoch(int epoch);
    void placeCursor();
    int epochAt(QPoint point) const; // 0: outside every panel

    QCustomPlot *m_plot;
    QCPMarginGroup *m_leftEdge; // numbers stand in one column below each other
    std::vector<NamedHistory> m_histories;
    std::vector<std::unique_ptr<Panel>> m_panels; // two for each network: loss, accuracy
    bool m_stacked = false;
    int m_marked = 0; // epoch under the mouse; 0 for none
    int m_cursor = 0;
    QPoint m_pressed;
};

} // namespace hilum::ui
