// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// BaselinePlot: how well classifiers do that see no anatomy: a bar each, its 95 % interval, and where a
// guess lies.
//
// Shape:   the first bar on top.
// Units:   balanced accuracy, 0 to 1.
// Errors:  none; without bars it says so.
// Threads: UI thread only.
#pragma once

#include "core/metrics/ConfusionMatrix.h"
#include "ui/plots/PlotSurface.h"

#include <vector>

class QCustomPlot;

namespace hilum::ui {

struct BaselineBar {
    QString name;
    double value = 0;
    Interval interval;
    bool isToBeat = false; // the highest
};

class BaselinePlot : public PlotSurface {
    Q_OBJECT

public:
    explicit BaselinePlot(QWidget *parent = nullptr);

    void setBars(const QString &title, std::vector<BaselineBar> bars, double chance);

    QString title() const override { return m_title; }
    QString csv() const override;
    // "Lungs blacked out 0.85 (0.84–0.87), …; a guess 0.50"
    QString sentence() const;

    QSize sizeHint() const override { return {560, 220}; }
    QSize minimumSizeHint() const override { return {320, 150}; }

protected:
    void paintPlot(QPainter &painter, QSize size) override;
    void themeChanged() override { rebuild(); }
    void resizeEvent(QResizeEvent *event) override;

private:
    void rebuild();

    QCustomPlot *m_plot;
    QString m_title;
    std::vector<BaselineBar> m_bars;
    double m_chance = 0.5;
};

} // namespace hilum::ui
