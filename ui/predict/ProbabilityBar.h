// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ProbabilityBar: one class's probability by one network, as a bar and as a number.
//
// The band in which it moves is a whisker over the bar.
//
// Units:   0 to 1; the bar's full length is 1.
// Errors:  none.
#pragma once

#include "core/metrics/ConfusionMatrix.h"

#include <QColor>
#include <QWidget>

#include <optional>

namespace hilum::ui {

class ProbabilityBar : public QWidget {
    Q_OBJECT

public:
    ProbabilityBar(const QString &network, const QString &className, const QColor &colour,
                   QWidget *parent = nullptr);

    // Nothing: not read. `called`: this is the network's highest class.
    void setProbability(std::optional<double> probability, bool called);
    // Nothing: not known yet, or the network has none.
    void setBand(std::optional<Interval> band, double level);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();

    QString m_what;
    QColor m_colour;
    std::optional<double> m_probability;
    bool m_called = false;
    std::optional<Interval> m_band;
    double m_level = 0;
};

} // namespace hilum::ui
