// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/CurvePlot.h"

#include "ui/plots/PlotPainting.h"
#include "ui/plots/QCustomPlotHeader.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

constexpr int headGap = 4;
constexpr int legendSample = 18; // length of a line in it
constexpr int legendSide = 8; // margin left and right of it
constexpr int mostInLegend = 18; // more names would leave the curves no room
constexpr int enoughForLabel = 190; // of height, for the words beside the upright axis
constexpr double room = 0.02; // of a range, around what it shows
constexpr double bandAlpha = 76;
constexpr int ringSize = 11; // of a mark
constexpr int wordsApart = 8; // from the mark
constexpr int wordsVeil = 190; // of 255, over what lies behind them
constexpr auto marksLayer = "marks";

std::size_t at(int index) { return static_cast<std::size_t>(index); }

QVector<double> values(const std::vector<double> &from) { return {from.begin(), from.end()}; }

QCPRange widened(double low, double high, bool isLog)
{
    if (isLog)
        return {low, high};
    const double more = (high - low) * room;
    return {low - more, high + more};
}

} // namespace

CurvePlot::CurvePlot(QWidget *parent)
    : PlotSurface(parent)
    , m_plot(new QCustomPlot(this))
    , m_edges(new QCPMarginGroup(m_plot))
{
    setFocusPolicy(Qt::StrongFocus);
    m_plot->setInteractions(QCP::iRangeZoom | QCP::iRangeDrag);
    m_plot->setContextMenuPolicy(Qt::NoContextMenu);
    m_plot->setMouseTracking(true);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->installEventFilter(this);
    m_plot->plotLayout()->setRowSpacing(2);
    m_plot->addLayer(QLatin1String(marksLayer), m_plot->layer(QStringLiteral("main")), QCustomPlot::limAbove);
    m_plot->layer(QLatin1String(marksLayer))->setMode(QCPLayer::lmBuffered);
    connect(m_plot, &QCustomPlot::afterLayout, this, &CurvePlot::spreadWords);
    rebuild();
    showAll();
}

void CurvePlot::setFigure(CurveFigure figure)
{
    const bool isAnother = figure.title != m_figure.title || figure.isLogX != m_figure.isLogX
        || figure.isLogY != m_figure.isLogY || figure.xLow != m_figure.xLow || figure.xHigh != m_figure.xHigh
        || figure.yLow != m_figure.yLow || figure.yHigh != m_figure.yHigh;
    m_figure = std::move(figure);
    m_focused = {};
    setAccessibleName(m_figure.title);
    setAccessibleDescription(m_figure.meaning);
    m_plot->setGeometry(rect().adjusted(1, headHeight(), -1, -1));
    rebuild();
    if (isAnother)
        showAll();
    update();
}

void CurvePlot::setMarks(std::vector<FigureMark> marks)
{
    m_marks = std::move(marks);
    drawMarks();
}

void CurvePlot::dressAxes()
{
    const auto dress = [this](QCPAxis *axis, const QString &label, const FigureTicks &ticks, bool isLog) {
        calmAxis(*axis, theme(), font());
        axis->setLabelPadding(2);
        axis->setLabel(label);
        axis->setScaleType(isLog ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        if (!ticks.empty()) {
            const QSharedPointer<QCPAxisTickerText> words(new QCPAxisTickerText);
            for (const auto &[place, text] : ticks)
                words->addTick(place, text);
            axis->setTicker(words);
        } else if (isLog) {
            axis->setTicker(QSharedPointer<QCPAxisTickerLog>(new QCPAxisTickerLog));
        } else if (m_figure.isWholeX && axis == m_plot->xAxis) {
            const QSharedPointer<QCPAxisTickerFixed> whole(new QCPAxisTickerFixed);
            whole->setTickStep(1);
            whole->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
            axis->setTicker(whole);
        } else {
            const QSharedPointer<QCPAxisTicker> plain(new QCPAxisTicker);
            plain->setTickCount(5);
            axis->setTicker(plain);
        }
        axis->setNumberFormat(isLog ? QStringLiteral("gb") : QStringLiteral("g"));
        axis->setNumberPrecision(isLog ? 0 : 6);
    };
    dress(m_plot->xAxis, m_figure.x, m_figure.xTicks, m_figure.isLogX);
    dress(m_plot->yAxis, m_figure.y, m_figure.yTicks, m_figure.isLogY);
}

void CurvePlot::showLabels()
{
    const int enough = m_figure.bars.empty() ? enoughForLabel : enoughForLabel * 3 / 2;
    m_plot->yAxis->setLabel(height() < enough ? QString() : m_figure.y);
}

void CurvePlot::addCurve(const FigureCurve &curve)
{
    const QPen pen(curve.colour, curve.width, curve.style);
    if (!curve.bandX.empty()) {
        QColor fill = curve.colour;
        fill.setAlpha(static_cast<int>(bandAlpha));
        QCPGraph *low = m_plot->addGraph();
        QCPGraph *high = m_plot->addGraph();
        for (QCPGraph *edge : {low, high}) {
            edge->setPen(Qt::NoPen);
            edge->removeFromLegend();
        }
        low->setData(values(curve.bandX), values(curve.bandLow), true);
        high->setData(values(curve.bandX), values(curve.bandHigh), true);
        high->setBrush(fill);
        high->setChannelFillGraph(low);
    }
    QCPGraph *graph = m_plot->addGraph();
    graph->setPen(pen);
    graph->setData(values(curve.x), values(curve.y), true);
    graph->removeFromLegend();
    if (curve.isDots) {
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setScatterStyle({QCPScatterStyle::ssDisc, QPen(curve.colour), QBrush(curve.colour), 8});
        if (!curve.low.empty()) {
            auto *whiskers = new QCPErrorBars(m_plot->xAxis, m_plot->yAxis);
            QVector<double> minus;
            QVector<double> plus;
            for (std::size_t i = 0; i < curve.y.size(); ++i) {
                minus << curve.y[i] - curve.low[i];
                plus << curve.high[i] - curve.y[i];
            }
            whiskers->setDataPlottable(graph);
            whiskers->setData(minus, plus);
            whiskers->setPen(QPen(curve.colour, 1.2));
            whiskers->setWhiskerWidth(6);
            whiskers->removeFromLegend();
        }
    }
    if (!curve.name.isEmpty()) {
        graph->setName(curve.name);
        graph->addToLegend();
    }
}

void CurvePlot::addBars()
{
    if (m_below) {
        m_plot->plotLayout()->remove(m_below);
        m_plot->plotLayout()->simplify();
        m_below = nullptr;
    }
    m_plot->xAxis->setTickLabels(true);
    if (m_figure.bars.empty())
        return;
    m_below = new QCPAxisRect(m_plot);
    m_plot->plotLayout()->insertRow(1);
    m_plot->plotLayout()->addElement(1, 0, m_below);
    m_plot->plotLayout()->setRowStretchFactor(1, 0.3);
    m_plot->axisRect(0)->setMarginGroup(QCP::msLeft | QCP::msRight, m_edges);
    m_below->setMarginGroup(QCP::msLeft | QCP::msRight, m_edges);
    QCPAxis *across = m_below->axis(QCPAxis::atBottom);
    QCPAxis *upwards = m_below->axis(QCPAxis::atLeft);
    for (QCPAxis *axis : {across, upwards})
        calmAxis(*axis, theme(), font());
    // One axis below both: the bars carry its words.
    across->setLabel(m_figure.x);
    across->setNumberFormat(QStringLiteral("g"));
    m_plot->xAxis->setTickLabels(false);
    m_plot->xAxis->setLabel({});
    m_plot->axisRect(0)->setMinimumMargins({0, 4, 8, 4});
    m_below->setMinimumMargins({0, 0, 8, 0});
    across->setRange(m_plot->xAxis->range());
    upwards->setLabel(m_figure.barTitle);
    upwards->ticker()->setTickCount(2);
    connect(m_plot->xAxis, qOverload<const QCPRange &>(&QCPAxis::rangeChanged), across,
            qOverload<const QCPRange &>(&QCPAxis::setRange));
    double highest = 1;
    for (const CountBar &bar : m_figure.bars)
        highest = std::max(highest, bar.value);
    upwards->setRange(0, highest * 1.1);
    for (const CountBar &bar : m_figure.bars) {
        auto *drawn = new QCPBars(across, upwards);
        drawn->setWidth(bar.high - bar.low);
        drawn->setData({(bar.low + bar.high) / 2}, {bar.value});
        drawn->setPen(QPen(theme().background, 1));
        drawn->setBrush(theme().muted);
        drawn->removeFromLegend();
    }
}

int CurvePlot::wordsInHead() const
{
    int width = 0;
    for (const FigureCurve &curve : m_figure.curves) {
        if (!curve.name.isEmpty())
            width += legendSample + fontMetrics().horizontalAdvance(curve.name) + 3 * headGap;
    }
    return width;
}

bool CurvePlot::isLegendInHead() const
{
    return QFontMetrics(titleFont(font())).horizontalAdvance(m_figure.title) + wordsInHead() + 8 * headGap
        < width();
}

// In the title's line where it fits: below the plot it costs height.
void CurvePlot::placeLegend(bool isBelow)
{
    QCPLegend *legend = m_plot->legend;
    if (legend->layout())
        legend->layout()->take(legend);
    m_plot->plotLayout()->simplify();
    const auto named = std::ranges::count_if(m_figure.curves,
                                             [](const FigureCurve &curve) { return !curve.name.isEmpty(); });
    const bool has = isBelow && named > 0 && named <= mostInLegend;
    legend->setVisible(has);
    if (!has) {
        m_plot->axisRect(0)->insetLayout()->addElement(legend, Qt::AlignTop | Qt::AlignRight);
        return;
    }
    const int row = m_plot->plotLayout()->rowCount();
    m_plot->plotLayout()->addElement(row, 0, legend);
    m_plot->plotLayout()->setRowStretchFactor(row, 0.001);
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.9);
    calmLegend(*legend, theme(), small, {legendSample, fontMetrics().height()});
    int widest = 1;
    for (const FigureCurve &curve : m_figure.curves)
        widest = std::max(widest, QFontMetrics(small).horizontalAdvance(curve.name));
    constexpr int columnGap = 12;
    const int column = legendSample + legend->iconTextPadding() + widest + columnGap;
    legend->setWrap(std::clamp((m_plot->width() - 2 * legendSide + columnGap) / column, 1, 3));
    legend->setRowSpacing(0);
    legend->setColumnSpacing(columnGap);
    legend->setMargins({legendSide, 0, legendSide, 0});
}

void CurvePlot::paintHead(QPainter &painter) const
{
    const QRect head = rect().adjusted(2 * headGap, headGap, -2 * headGap, 0);
    paintTitle(painter, head, m_figure.title, font(), theme());
    if (m_figure.curves.empty() || !isLegendInHead())
        return;
    painter.setFont(font());
    int x = head.right() - wordsInHead();
    const int middle = head.top() + painter.fontMetrics().height() / 2;
    for (const FigureCurve &curve : m_figure.curves) {
        if (curve.name.isEmpty())
            continue;
        painter.setPen(QPen(curve.colour, 2, curve.style));
        if (curve.isDots)
            painter.fillRect(x + legendSample / 2 - 3, middle - 3, 7, 7, curve.colour);
        else
            painter.drawLine(x, middle, x + legendSample, middle);
        painter.setPen(theme().text);
        painter.drawText(QPoint(x + legendSample + headGap, head.top() + painter.fontMetrics().ascent()),
                         curve.name);
        x += legendSample + painter.fontMetrics().horizontalAdvance(curve.name) + 3 * headGap;
    }
}

void CurvePlot::rebuild()
{
    m_markItems.clear();
    m_plot->clearItems();
    m_plot->clearPlottables();
    m_plot->setBackground(theme().background);
    dressAxes();
    showLabels();
    for (const FigureCurve &curve : m_figure.curves)
        addCurve(curve);
    addBars();
    placeLegend(!isLegendInHead());
    m_ring = m_plot->addGraph();
    m_ring->setLineStyle(QCPGraph::lsNone);
    m_ring->setLayer(QLatin1String(marksLayer));
    m_ring->removeFromLegend();
    m_ring->setScatterStyle({QCPScatterStyle::ssCircle, QPen(theme().text, 2), Qt::NoBrush, 15});
    m_plot->setVisible(!m_figure.curves.empty());
    drawMarks();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::drawMarks()
{
    for (QObject *item : m_markItems)
        m_plot->removeItem(static_cast<QCPAbstractItem *>(item));
    m_markItems.clear();
    for (const FigureMark &mark : m_marks) {
        if (!std::isfinite(mark.x) || !std::isfinite(mark.y))
            continue;
        const QColor colour = mark.colour.isValid() ? mark.colour : theme().text;
        QCPItemPosition *place = nullptr;
        if (mark.isUpright) {
            auto *line = new QCPItemStraightLine(m_plot);
            line->setLayer(QLatin1String(marksLayer));
            line->point1->setCoords(mark.x, m_figure.isLogY ? 1 : 0);
            line->point2->setCoords(mark.x, m_figure.isLogY ? 10 : 1);
            line->setPen(QPen(colour, 1.4, Qt::DashLine));
            m_markItems.push_back(line);
            place = line->point1;
        } else {
            auto *ring = new QCPItemTracer(m_plot);
            ring->setLayer(QLatin1String(marksLayer));
            ring->position->setCoords(mark.x, mark.y);
            ring->setStyle(QCPItemTracer::tsCircle);
            ring->setSize(ringSize);
            ring->setPen(QPen(colour, 2));
            ring->setBrush(theme().background);
            m_markItems.push_back(ring);
            place = ring->position;
        }
        if (!mark.words.isEmpty())
            addWords(mark, colour, *place);
    }
    QVector<double> x;
    QVector<double> y;
    if (m_focused.isThere() && hasFocus()) {
        const FigureCurve &curve = m_figure.curves[at(m_focused.curve)];
        x << curve.x[at(m_focused.point)];
        y << curve.y[at(m_focused.point)];
    }
    m_ring->setData(x, y);
    spreadWords();
    m_plot->layer(QLatin1String(marksLayer))->replot();
}

void CurvePlot::addWords(const FigureMark &mark, const QColor &colour, QCPItemPosition &place)
{
    auto *words = new QCPItemText(m_plot);
    words->setLayer(QLatin1String(marksLayer));
    const bool isRight = mark.x > m_plot->xAxis->range().center();
    words->setPositionAlignment((isRight ? Qt::AlignRight : Qt::AlignLeft)
                                | (mark.isUpright || mark.isBelow ? Qt::AlignTop : Qt::AlignVCenter));
    words->position->setTypeX(QCPItemPosition::ptAbsolute);
    words->position->setParentAnchorX(&place);
    words->position->setTypeY(mark.isUpright ? QCPItemPosition::ptAxisRectRatio
                                             : QCPItemPosition::ptAbsolute);
    if (!mark.isUpright)
        words->position->setParentAnchorY(&place);
    const double down = mark.isUpright ? mark.y : mark.isBelow ? wordsApart / 2.0 : 0;
    words->position->setCoords(isRight ? -wordsApart : wordsApart, down);
    words->setPadding({2, 0, 2, 0});
    words->setFont(font());
    words->setColor(colour);
    QColor veil = theme().background;
    veil.setAlpha(wordsVeil);
    words->setBrush(veil);
    words->setText(mark.words);
    m_markItems.push_back(words);
}

// Words beside rings keep clear of other rings and words: they move towards the middle of the plot.
void CurvePlot::spreadWords()
{
    const int middle = m_plot->axisRect(0)->center().y();
    std::vector<QRectF> taken;
    for (QObject *item : m_markItems) {
        if (const auto *ring = qobject_cast<QCPItemTracer *>(item)) {
            QRectF box(0, 0, ringSize, ringSize);
            box.moveCenter(ring->position->pixelPosition());
            taken.push_back(box);
        }
    }
    for (QObject *item : m_markItems) {
        auto *words = qobject_cast<QCPItemText *>(item);
        if (!words)
            continue;
        const bool canMove = words->positionAlignment().testFlag(Qt::AlignVCenter);
        if (canMove)
            words->position->setCoords(words->position->coords().x(), 0);
        QRectF box(words->topLeft->pixelPosition(), words->bottomRight->pixelPosition());
        const bool isUp = box.center().y() > middle;
        double moved = 0;
        while (canMove) {
            const auto met
                = std::ranges::find_if(taken, [&box](const QRectF &other) { return other.intersects(box); });
            if (met == taken.end())
                break;
            const double by
                = isUp ? std::floor(met->top() - box.bottom()) : std::ceil(met->bottom() - box.top());
            box.translate(0, by);
            moved += by;
        }
        taken.push_back(box);
        if (canMove)
            words->position->setCoords(words->position->coords().x(), moved);
    }
}

void CurvePlot::showAll()
{
    m_plot->xAxis->setRange(widened(m_figure.xLow, m_figure.xHigh, m_figure.isLogX));
    m_plot->yAxis->setRange(widened(m_figure.yLow, m_figure.yHigh, m_figure.isLogY));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

int CurvePlot::headHeight() const
{
    return m_figure.title.isEmpty() ? 0 : QFontMetrics(titleFont(font())).height() + 2 * headGap;
}

void CurvePlot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().background);
    paintHead(painter);
    if (m_figure.curves.empty()) {
        painter.setFont(font());
        painter.setPen(theme().muted);
        painter.drawText(rect().adjusted(16, headHeight(), -16, -8), Qt::AlignCenter | Qt::TextWordWrap,
                         m_figure.nothing);
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme().accent, 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

bool CurvePlot::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) { // over the title: the plot below has its own
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), m_figure.meaning, this);
        return true;
    }
    return PlotSurface::event(event);
}

void CurvePlot::resizeEvent(QResizeEvent *)
{
    m_plot->setGeometry(rect().adjusted(1, headHeight(), -1, -1));
    placeLegend(!isLegendInHead());
    showLabels();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void CurvePlot::paintPlot(QPainter &painter, QSize size)
{
    if (m_figure.curves.empty()) {
        painter.setPen(theme().muted);
        painter.drawText(QRect({}, size), Qt::AlignCenter | Qt::TextWordWrap, m_figure.nothing);
        return;
    }
    // The ring of the keyboard is not part of the picture; the film and the threshold are.
    m_ring->setVisible(false);
    placeLegend(true);
    paintThrough(*m_plot, painter, size);
    placeLegend(!isLegendInHead());
    m_ring->setVisible(true);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

} // namespace hilum::ui
