// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PairPlot: what two networks say of the same films, a point a film: one network's probability across, the
// other's upwards; or how far they are apart against their mean.
//
// A film's true class gives the point its colour and its shape; it is filled where the networks call the film
// differently. Hovering says which film it is; a click chooses it, a double click or Enter opens it, a drag
// chooses all inside a rectangle. The wheel zooms at the cursor, a double click beside all points shows
// everything again.
//
// Shape:   points are known by their place.
// Units:   probabilities 0 to 1; differences -1 to 1. Limits of agreement: the mean difference and 1.96
//          standard deviations either side.
// Errors:  none; without points it is an empty frame.
// Threads: UI thread only.
// Source:  Bland, Altman 1986 for the difference against the mean.
#pragma once

#include "ui/plots/PlotSurface.h"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

class QCPGraph;
class QCPItemText;
class QCustomPlot;

namespace hilum::ui {

struct PairPoint {
    double first = 0;
    double second = 0;
    int truth = -1; // -1: not known
    bool isAgreed = true; // both call the film the same

    double mean() const { return (first + second) / 2; }
    double difference() const { return first - second; }
};

struct Pairs {
    QString of; // "COVID-19": whose probability it is
    std::array<QString, 2> names; // of the networks
    std::vector<std::string> classes;
    std::vector<PairPoint> points;
    std::array<std::optional<double>, 2> thresholds; // of this class's probability
    std::function<QString(int)> nameOf; // of a film; may be empty
    QString provenance; // of every row that is saved
};

class PairPlot : public PlotSurface {
    Q_OBJECT

public:
    enum class View { Both, Difference };

    explicit PairPlot(QWidget *parent = nullptr);

    void setPairs(Pairs pairs);
    const Pairs &pairs() const { return m_pairs; }
    void setView(View view);
    View view() const { return m_view; }
    // Of what is there only these points are drawn; none said: all.
    void setShown(std::optional<std::vector<int>> shown);
    void setSelected(std::vector<int> selected);
    void setCurrent(int point); // the film on the screen; -1: none

    QString title() const override;
    QString csv() const override;
    QString sentence(int point) const; // what hovering says
    QString summary() const;

    int pointAt(const QPoint &place) const; // the nearest within reach; -1: none
    QPoint placeOf(int point) const;
    QCustomPlot *plot() const { return m_plot; }

    QSize sizeHint() const override { return {480, 420}; }
    QSize minimumSizeHint() const override { return {260, 220}; }

public Q_SLOTS:
    void showAll();

Q_SIGNALS:
    void pointsChosen(const std::vector<int> &points); // by the hand; may be none
    void pointClicked(int point);
    void pointActivated(int point);

protected:
    void paintPlot(QPainter &painter, QSize size) override;
    void themeChanged() override { rebuild(); }
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override; // of the hand over the plot

private:
    double across(const PairPoint &point) const;
    double upwards(const PairPoint &point) const;
    void rebuild();
    void addPoints();
    void addLegend();
    void addThresholds();
    void addLimits();
    void line(double x1, double y1, double x2, double y2, const QPen &pen);
    void label(double x, double y, Qt::Alignment side, const QString &text);
    void mark();
    void choose(const QRect &rectangle);

    QCustomPlot *m_plot;
    QCPGraph *m_marked = nullptr;
    QCPGraph *m_here = nullptr;
    Pairs m_pairs;
    View m_view = View::Both;
    std::optional<std::vector<int>> m_only;
    std::vector<int> m_shown;
    std::vector<int> m_selected;
    int m_current = -1;
    QPoint m_pressed;
    bool m_isDoubleClick = false;
};

} // namespace hilum::ui
