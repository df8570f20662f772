// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// HidingPlot: how the probability falls as what a map marks is hidden from the strongest on, or rises as it
// is shown, beside the same curve of the maps that know nothing.
//
// Shape:   the curves of one way of hiding; their names and areas at the right, the largest area on top.
// Units:   share of the film 0 to 1, probability 0 to 1.
// Errors:  none; without curves it is an empty frame.
// Threads: UI thread only.
#pragma once

#include "core/explain/MapQuality.h"
#include "ui/plots/PlotSurface.h"

#include <vector>

class QCPItemStraightLine;
class QCustomPlot;

namespace hilum::ui {

struct NamedHiding {
    QString name;
    HidingCurve curve;
    bool isNull = false; // of a map that knows nothing
};

class HidingPlot : public PlotSurface {
    Q_OBJECT

public:
    explicit HidingPlot(QWidget *parent = nullptr);

    // `probabilityOf`: the class, as it is called; `shows`: insertion instead of deletion.
    void setCurves(const QString &probabilityOf, bool shows, std::vector<NamedHiding> curves);

    QString title() const override;
    QString csv() const override;
    // "Grad-CAM 0.41, Random CAM 0.52, …": areas under the curves.
    QString sentence() const;

    QSize sizeHint() const override { return {340, 200}; }
    QSize minimumSizeHint() const override { return {240, 160}; }

protected:
    void paintPlot(QPainter &painter, QSize size) override;
    void themeChanged() override { rebuild(); }
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override; // hovering over the plot

private:
    void rebuild();
    void addCurves();
    void label(const NamedHiding &hiding, int row, const QPen &pen);
    QPen penOf(const NamedHiding &hiding, int nullsBefore) const;
    void point(const QPoint &at);

    QCustomPlot *m_plot;
    QCPItemStraightLine *m_cursor = nullptr;
    QString m_of;
    bool m_shows = false;
    std::vector<NamedHiding> m_curves;
};

} // namespace hilum::ui
