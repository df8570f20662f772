// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SharesPlot: shares of films with their intervals, row by row: of several hospitals, say, each with how
// often two networks agree and how often each is right.
//
// Shape:   every row has one share for each series, in the same order; series differ by shape and place.
// Units:   shares 0 to 1, shown in per cent; a share that is not a number has no mark.
// Errors:  none; without rows it says so.
// Threads: UI thread only.
#pragma once

#include "core/metrics/Evaluation.h"
#include "ui/plots/PlotSurface.h"

#include <vector>

class QCustomPlot;

namespace hilum::ui {

struct SharesRow {
    QString name;
    std::vector<Share> shares; // by series
};

class SharesPlot : public PlotSurface {
    Q_OBJECT

public:
    explicit SharesPlot(QWidget *parent = nullptr);

    // `provenance` stands in every row that is saved.
    void setRows(const QString &title, std::vector<QString> series, std::vector<SharesRow> rows,
                 const QString &provenance);

    QString title() const override { return m_title; }
    QString csv() const override;
    QString sentence() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {320, 160}; }

protected:
    void paintPlot(QPainter &painter, QSize size) override;
    void themeChanged() override { rebuild(); }
    void resizeEvent(QResizeEvent *event) override;

private:
    void rebuild();
    double heightOf(std::size_t row, std::size_t series) const;
    void addSeries(std::size_t series);
    void arrangeAxes();

    QCustomPlot *m_plot;
    QString m_title;
    std::vector<QString> m_series;
    std::vector<SharesRow> m_rows;
    QString m_provenance;
};

} // namespace hilum::ui
