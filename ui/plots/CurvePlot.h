// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// CurvePlot: curves with bands and points with whiskers, to point at: what ROC, precision-recall, DET,
// decision curves, reliability diagrams and training curves are drawn with.
//
// Hovering says a point's exact values; a click, or Enter, activates it. With the keyboard Left and Right go
// along a curve (Page keys by a tenth), Up and Down to another. The wheel zooms at the cursor, a drag pans, a
// double click shows everything again. Marks lie over the curves and move without drawing them anew.
//
// Shape:   points of a curve by their place in x and y, x never falling. Bars stand below, over the same x.
// Units:   those of the figure; positions that are not finite are left out.
// Errors:  none; a figure without curves says its `nothing`.
// Threads: UI thread only.
#pragma once

#include "ui/plots/PlotSurface.h"

#include <functional>
#include <utility>
#include <vector>

class QCPAxisRect;
class QCPGraph;
class QCPItemPosition;
class QCPMarginGroup;
class QCustomPlot;

namespace hilum::ui {

struct FigureCurve {
    QString name; // in the legend; empty: not there
    QColor colour;
    Qt::PenStyle style = Qt::SolidLine;
    double width = 1.8;
    bool isDots = false; // dots with whiskers instead of a line
    bool isQuiet = false; // neither hovered nor clicked
    std::vector<double> x{};
    std::vector<double> y{};
    std::vector<double> low{}; // whiskers of dots
    std::vector<double> high{};
    std::vector<double> bandX{};
    std::vector<double> bandLow{};
    std::vector<double> bandHigh{};
};

struct CountBar {
    double low = 0;
    double high = 0;
    double value = 0;
    int point = 0; // of the first curve that isn't quiet: what it stands for
};

struct FigureMark {
    double x = 0;
    double y = 0;
    QString words{}; // beside it
    bool isUpright = false; // a line over the whole height instead of a ring
    QColor colour{}; // invalid: the text's
    bool isBelow = false; // its words: where another mark's may stand beside it
};

using FigureTicks = std::vector<std::pair<double, QString>>;

struct CurveFigure {
    QString title{};
    QString meaning{}; // a sentence: what one sees here
    QString nothing{};
    QString x{};
    QString y{};
    double xLow = 0;
    double xHigh = 1;
    double yLow = 0;
    double yHigh = 1;
    bool isWholeX = false; // ticks at whole numbers
    bool isLogX = false;
    bool isLogY = false;
    FigureTicks xTicks{}; // instead of numbers
    FigureTicks yTicks{};
    std::vector<FigureCurve> curves{};
    std::vector<CountBar> bars{};
    QString barTitle{};
    std::function<QString(int curve, int point)> sentence{};
    QString csv{};
};

class CurvePlot : public PlotSurface {
    Q_OBJECT

public:
    explicit CurvePlot(QWidget *parent = nullptr);

    void setFigure(CurveFigure figure); // the same title: what was zoomed stays
    const CurveFigure &figure() const { return m_figure; }
    void setMarks(std::vector<FigureMark> marks);

    QString title() const override { return m_figure.title; }
    QString csv() const override { return m_figure.csv; }

    struct Place {
        int curve = -1;
        int point = -1;

        bool isThere() const { return curve >= 0; }
        bool operator==(const Place &) const = default;
    };
    Place placeAt(const QPoint &position) const; // the nearest point within reach
    QPoint positionOf(const Place &place) const;
    const Place &focused() const { return m_focused; }
    QCustomPlot *plot() const { return m_plot; }

    QSize sizeHint() const override { return {420, 320}; }
    QSize minimumSizeHint() const override { return {220, 160}; }

public Q_SLOTS:
    void showAll();

Q_SIGNALS:
    void pointActivated(int curve, int point);

protected:
    void paintPlot(QPainter &painter, QSize size) override;
    void themeChanged() override { rebuild(); }
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override; // of the hand over the plot

private:
    void rebuild();
    int headHeight() const;
    void dressAxes();
    void addCurve(const FigureCurve &curve);
    void addBars();
    int wordsInHead() const; // the legend's width there
    bool isLegendInHead() const;
    void placeLegend(bool isBelow);
    void paintHead(QPainter &painter) const;
    void showLabels();
    void drawMarks();
    void addWords(const FigureMark &mark, const QColor &colour, QCPItemPosition &place);
    void spreadWords();
    void step(int curves, int points);
    void say(const Place &place, const QPoint &globalPosition);
    int firstLoud() const;
    int barAt(const QPoint &position) const;
    bool isQuiet(int curve) const { return m_figure.curves[static_cast<std::size_t>(curve)].isQuiet; }

    QCustomPlot *m_plot;
    QCPMarginGroup *m_edges; // the bars stand exactly below what they belong to
    QCPAxisRect *m_below = nullptr; // of the bars
    QCPGraph *m_ring = nullptr;
    CurveFigure m_figure;
    std::vector<FigureMark> m_marks;
    std::vector<QObject *> m_markItems;
    Place m_focused;
    QPoint m_pressed;
    bool m_isDoubleClick = false;
};

} // namespace hilum::ui
