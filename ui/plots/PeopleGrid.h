// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PeopleGrid: of 1,000 people, how many are found, missed, frightened for nothing, and left in peace: one
// small figure for each. Each group differs by filling, not by colour alone, and is counted in words below.
//
// Shape:   four counts that sum to 1,000; figures stand column by column, group after group.
// Errors:  none; before there are counts it is empty.
// Threads: UI thread only.
#pragma once

#include "ui/plots/PlotSurface.h"

#include <array>

namespace hilum::ui {

struct People {
    int found = 0; // have it, called so
    int missed = 0;
    int falseAlarms = 0;
    int spared = 0;
    QString of{}; // "COVID-19"
    QColor colour{};
    QString provenance{};

    int all() const { return found + missed + falseAlarms + spared; }
};

class PeopleGrid : public PlotSurface {
    Q_OBJECT

public:
    explicit PeopleGrid(QWidget *parent = nullptr);

    void setPeople(const People &people);
    const People &people() const { return m_people; }
    QString sentence() const; // "Of 1,000 people 50 have COVID-19; 69 are called so, 32 of them rightly"

    QString title() const override;
    QString csv() const override;

    QSize sizeHint() const override { return {420, 260}; }
    QSize minimumSizeHint() const override { return {280, 120}; }

protected:
    void paintPlot(QPainter &painter, QSize size) override;
    void themeChanged() override { update(); }
    void paintEvent(QPaintEvent *event) override;

private:
    struct Group {
        QString words;
        int count;
    };
    std::array<Group, 4> groups() const;
    void paint(QPainter &painter, QRect bounds, bool asPixels) const;
    void paintFigure(QPainter &painter, const QRectF &place, int group) const;

    People m_people;
};

} // namespace hilum::ui
