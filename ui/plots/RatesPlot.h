// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// RatesPlot: a few rates below each other, each with its 95 % interval as a whisker and both in figures.
//
// Units:   0 to 1, shown in per cent.
// Errors:  none; a rate that is not a number says "not defined".
// Threads: UI thread only.
#pragma once

#include "core/metrics/ConfusionMatrix.h"
#include "ui/plots/PlotSurface.h"

#include <vector>

namespace hilum::ui {

struct NamedRate {
    QString name;
    QString of{}; // "301 of 417"
    QString meaning{};
    double value = 0; // NaN: not defined
    Interval interval;
    QColor colour{}; // invalid: the accent
};

class RatesPlot : public PlotSurface {
    Q_OBJECT

public:
    explicit RatesPlot(QWidget *parent = nullptr);

    void setRates(const QString &title, std::vector<NamedRate> rates, const QString &provenance = {});
    const std::vector<NamedRate> &rates() const { return m_rates; }

    QString title() const override { return m_title; }
    QString csv() const override;

    QSize sizeHint() const override { return {420, 200}; }
    QSize minimumSizeHint() const override;

protected:
    void paintPlot(QPainter &painter, QSize size) override;
    void themeChanged() override { update(); }
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void paint(QPainter &painter, QRect bounds) const;
    QRect rowIn(QRect bounds, std::size_t row) const;
    QRect bounds() const;

    QString m_title;
    QString m_provenance;
    std::vector<NamedRate> m_rates;
};

} // namespace hilum::ui
