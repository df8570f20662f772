// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LivePlot: a training as it goes: loss, accuracy and learning rate below each other, against epochs.
//
// Training is drawn step by step and thin, validation at the end of each epoch and thick, with the last
// value beside its name. New points are drawn at most ten times a second. The wheel zooms, dragging pans,
// a double click shows everything again.
//
// Shape:   one axis of epochs for all three; position 0 is the start, 1 the end of the first epoch.
// Units:   loss in nats, accuracy 0 to 1, learning rate a step.
// Errors:  none; without points it says that it waits for them.
// Threads: UI thread only.
#pragma once

#include "core/metrics/TrainingHistory.h"
#include "ui/plots/PlotSurface.h"

#include <QTimer>

#include <array>
#include <optional>
#include <vector>

class QCPAxis;
class QCPAxisRect;
class QCPGraph;
class QCPItemText;
class QCPMarginGroup;
class QCPTextElement;
class QCustomPlot;

namespace hilum::ui {

struct LivePoint {
    double position = 0; // epochs gone
    double loss = 0;
    double accuracy = 0;
    double learningRate = 0;
};

class LivePlot : public PlotSurface {
    Q_OBJECT

public:
    explicit LivePlot(QWidget *parent = nullptr);

    void begin(const QString &name, int epochs); // empties it
    void addStep(const LivePoint &point);
    void setSteps(std::vector<LivePoint> points);
    void setHistory(const TrainingHistory &history);

    QString title() const override;
    QString csv() const override;
    // What there is to see, in a sentence, for who can't see it.
    QString summary() const;

    QCustomPlot *plot() const { return m_plot; }

    QSize sizeHint() const override { return {560, 420}; }
    QSize minimumSizeHint() const override { return {280, 240}; }

public Q_SLOTS:
    void showAll();

protected:
    void paintPlot(QPainter &painter, QSize size) override;
    void themeChanged() override;
    void resizeEvent(QResizeEvent *event) override;

private:
    enum Quantity { Loss, Accuracy, Rate, quantities };
    struct Panel {
        QCPTextElement *head = nullptr;
        QCPAxisRect *rect = nullptr;
        QCPGraph *training = nullptr;
        QCPGraph *validation = nullptr; // none for the rate
        QCPItemText *trainingLabel = nullptr;
        QCPItemText *validationLabel = nullptr;
    };

    void makePanel(Quantity quantity);
    void refresh(); // graphs from points, ranges, labels; soon drawn
    void fit();
    void label(QCPItemText *item, QCPGraph *graph, const QString &name, Quantity quantity) const;
    QCPAxis *epochAxis(const Panel &panel) const;
    QCPAxis *valueAxis(const Panel &panel) const;

    QCustomPlot *m_plot;
    QCPMarginGroup *m_leftEdge; // epochs stand below each other
    std::array<Panel, quantities> m_panels;
    QString m_name;
    int m_epochs = 0;
    std::vector<LivePoint> m_points;
    TrainingHistory m_history;
    QTimer m_soon;
    bool m_follows = true; // until the hand zooms
};

} // namespace hilum::ui
