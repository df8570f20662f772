// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ScorePlot: how a probability lies among films: bars of films by true class, and below them a box for each
// class and source. Every bar and box can be pointed at, clicked, and reached with the arrow keys.
//
// Shape:   bars of equal width from 0 to 1, one row of them a class; boxes lie over the same axis.
// Units:   probabilities 0 to 1; films upwards, on a root scale, so that few films are seen beside many.
// Errors:  none; without films it says so.
// Threads: UI thread only.
// Source:  Tukey 1977, as core/metrics/Distribution.h has it.
#pragma once

#include "core/metrics/Distribution.h"
#include "ui/plots/PlotSurface.h"

#include <optional>
#include <string>
#include <vector>

namespace hilum::ui {

struct ScoreBox {
    int truth = 0;
    std::string source;
    BoxFigures box;
};

struct ScoreFigure {
    QString title{};
    QString of{}; // "COVID-19": whose probability it is
    std::vector<std::string> classes{};
    std::vector<std::vector<int>> bars{}; // films, by true class
    std::vector<ScoreBox> boxes{};
    QString provenance{};

    bool isEmpty() const { return boxes.empty(); }
};

class ScorePlot : public PlotSurface {
    Q_OBJECT

public:
    explicit ScorePlot(QWidget *parent = nullptr);

    void setFigure(ScoreFigure figure);
    void setShowsBoxes(bool shows);
    void setThreshold(std::optional<double> threshold);
    // The film on the screen: its probability, and its class and source where they are known.
    void setFilm(std::optional<double> probability, int truth = -1, const std::string &source = {});

    QString title() const override { return m_figure.title; }
    QString csv() const override;
    QString barSentence(int truth, int bar) const;
    QString boxSentence(int box) const;
    QRect barRect(int truth, int bar) const; // in widget coordinates
    QRect boxRect(int box) const;

    QSize sizeHint() const override { return {420, 360}; }
    QSize minimumSizeHint() const override { return {260, 200}; }

Q_SIGNALS:
    void barActivated(int truth, int bar);
    void boxActivated(int box);

protected:
    void paintPlot(QPainter &painter, QSize size) override;
    void themeChanged() override { update(); }
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    struct Layout {
        QRect bars; // of all bars
        QRect boxes;
        int rowHeight = 0;
        int barHeight = 0; // of one class
    };
    struct Item { // a bar, or a box where truth is -1
        int truth = -1;
        int place = 0;

        bool operator==(const Item &) const = default;
    };

    QRect bounds() const;
    Layout layOut(QRect bounds) const;
    QRect barIn(const Layout &layout, int truth, int bar) const;
    QRect boxIn(const Layout &layout, int box) const;
    double across(const QRect &area, double probability) const;
    std::optional<Item> itemAt(QPoint point) const;
    QRect rectOf(const Item &item) const;
    QString sentenceOf(const Item &item) const;
    void activate(const Item &item);
    void moveTo(Item item);
    void paint(QPainter &painter, QRect bounds, bool withMarks) const;
    void paintBars(QPainter &painter, const Layout &layout) const;
    void paintBoxes(QPainter &painter, const Layout &layout) const;
    void paintMarks(QPainter &painter, const Layout &layout) const;
    int classCount() const { return static_cast<int>(m_figure.classes.size()); }
    int barCount() const;

    ScoreFigure m_figure;
    bool m_showsBoxes = true;
    std::optional<double> m_threshold;
    std::optional<double> m_film;
    int m_filmTruth = -1;
    std::string m_filmSource;
    Item m_current{0, 0};
};

} // namespace hilum::ui
