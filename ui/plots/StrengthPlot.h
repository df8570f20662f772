// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// StrengthPlot: the probability of one class along the strength of a change, a curve for each network, with
// the band of the film as it was.
//
// Units:   probabilities 0 to 1; strengths in the change's own unit, on a logarithmic axis where it says so.
// Errors:  none; without curves it says what is missing.
// Threads: UI thread only.
#pragma once

#include "core/metrics/ConfusionMatrix.h"
#include "ui/plots/PlotSurface.h"

#include <QColor>

#include <optional>
#include <vector>

class QCustomPlot;

namespace hilum::ui {

struct StrengthCurve {
    QString network;
    std::vector<double> strengths; // ascending
    std::vector<double> probabilities; // one for each
    std::optional<Interval> band; // of the film as it was
};

struct StrengthPicture {
    QString title; // "COVID-19 along JPEG quality"
    QString axis; // "JPEG quality"
    QString probability; // "Probability of COVID-19"
    QColor colour; // of the class
    double low = 0;
    double high = 1;
    double now = 0; // where the change stands
    bool isLogarithmic = false;
    std::vector<StrengthCurve> curves; // at most four are told apart
    QString missing; // said instead while there are none
};

class StrengthPlot : public PlotSurface {
    Q_OBJECT

public:
    explicit StrengthPlot(QWidget *parent = nullptr);

    void setPicture(StrengthPicture picture);

    QString title() const override { return m_picture.title; }
    QString csv() const override;

    QSize sizeHint() const override { return {560, 220}; }
    QSize minimumSizeHint() const override { return {280, 130}; }

Q_SIGNALS:
    void strengthChosen(double strength); // a click

protected:
    void paintPlot(QPainter &painter, QSize size) override;
    void themeChanged() override { rebuild(); }
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void rebuild();
    void addCurve(const StrengthCurve &curve, int index);

    QCustomPlot *m_plot;
    StrengthPicture m_picture;
};

} // namespace hilum::ui
