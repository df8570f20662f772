// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DistributionPlot: how properties of films lie in each class, one small panel a property, two in a row.
//
// Shape:   each class is a stepped histogram over the range that all classes of the panel share (outermost
//          hundredths gathered at the ends).
// Units:   those of the property across; share of the class's films upwards.
// Errors:  none; without panels it says so.
// Threads: UI thread only.
#pragma once

#include "ui/plots/PlotSurface.h"

#include <string>
#include <vector>

class QCustomPlot;

namespace hilum::ui {

struct ClassValues {
    std::string label;
    int index = 0; // of the class, for its colour
    std::vector<double> values;
};

struct DistributionPanel {
    QString title;
    std::vector<ClassValues> classes;
};

class DistributionPlot : public PlotSurface {
    Q_OBJECT

public:
    explicit DistributionPlot(QWidget *parent = nullptr);

    void setPanels(const QString &title, std::vector<DistributionPanel> panels);

    QString title() const override { return m_title; }
    QString csv() const override;

    QSize sizeHint() const override { return {560, 300}; }
    QSize minimumSizeHint() const override { return {320, 200}; }

protected:
    void paintPlot(QPainter &painter, QSize size) override;
    void themeChanged() override { rebuild(); }
    void resizeEvent(QResizeEvent *event) override;

private:
    void rebuild();
    void addPanel(const DistributionPanel &panel, int row, int column);

    QCustomPlot *m_plot;
    QString m_title;
    std::vector<DistributionPanel> m_panels;
};

} // namespace hilum::ui
