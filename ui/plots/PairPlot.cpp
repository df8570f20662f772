// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/PairPlot.h"

#include "ui/plots/ClassNames.h"
#include "ui/plots/PlotCsv.h"
#include "ui/plots/PlotPainting.h"
#include "ui/plots/QCustomPlotHeader.h"

#include <QApplication>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int reach = 9; // pixels from a point
constexpr double pointSize = 7;
constexpr double deviations = 1.96;
constexpr auto marksLayer = "marks";
constexpr std::array shapes{QCPScatterStyle::ssCircle, QCPScatterStyle::ssSquare, QCPScatterStyle::ssTriangle,
                            QCPScatterStyle::ssDiamond, QCPScatterStyle::ssTriangleInverted};

QString two(double value) { return QString::number(value, 'f', 2); }

QString signedTwo(double value)
{
    return (value > 0 ? QStringLiteral("+") : QString()) + QString::number(value, 'f', 2);
}

QString truthTitle(const std::vector<std::string> &classes, int truth)
{
    return truth < 0 ? PairPlot::tr("unknown") : classTitle(classes[static_cast<std::size_t>(truth)]);
}

} // namespace

PairPlot::PairPlot(QWidget *parent)
    : PlotSurface(parent)
    , m_plot(new QCustomPlot(this))
{
    m_plot->setInteractions(QCP::iRangeZoom);
    m_plot->setSelectionRectMode(QCP::srmCustom);
    m_plot->setContextMenuPolicy(Qt::NoContextMenu);
    m_plot->setMouseTracking(true);
    m_plot->setFocusPolicy(Qt::NoFocus); // the table beside it has the keys
    m_plot->installEventFilter(this);
    m_plot->addLayer(QLatin1String(marksLayer), m_plot->layer(QStringLiteral("main")), QCustomPlot::limAbove);
    m_plot->layer(QLatin1String(marksLayer))->setMode(QCPLayer::lmBuffered);
    connect(m_plot->selectionRect(), &QCPSelectionRect::accepted, this,
            [this](const QRect &rectangle) { choose(rectangle.normalized()); });
    rebuild();
    showAll();
}

void PairPlot::setPairs(Pairs pairs)
{
    m_pairs = std::move(pairs);
    m_only.reset();
    m_selected.clear();
    m_current = -1;
    setAccessibleName(title());
    setAccessibleDescription(summary());
    rebuild();
}

void PairPlot::setView(View view)
{
    m_view = view;
    setAccessibleName(title());
    rebuild();
    showAll();
}

void PairPlot::setShown(std::optional<std::vector<int>> shown)
{
    m_only = std::move(shown);
    rebuild();
}

void PairPlot::setSelected(std::vector<int> selected)
{
    m_selected = std::move(selected);
    mark();
}

void PairPlot::setCurrent(int point)
{
    m_current = point;
    mark();
}

double PairPlot::across(const PairPoint &point) const
{
    return m_view == View::Both ? point.first : point.mean();
}

double PairPlot::upwards(const PairPoint &point) const
{
    return m_view == View::Both ? point.second : point.difference();
}

QString PairPlot::title() const
{
    return m_view == View::Both
        ? tr("p(%1): %2 against %3").arg(m_pairs.of, m_pairs.names[0], m_pairs.names[1])
        : tr("p(%1): %2 less %3").arg(m_pairs.of, m_pairs.names[0], m_pairs.names[1]);
}

QString PairPlot::summary() const
{
    const auto differ = std::ranges::count(m_pairs.points, false, &PairPoint::isAgreed);
    return tr("%1 films; on %2 the networks call differently").arg(m_pairs.points.size()).arg(differ);
}

QString PairPlot::sentence(int point) const
{
    const PairPoint &p = m_pairs.points[static_cast<std::size_t>(point)];
    QStringList lines;
    if (m_pairs.nameOf)
        lines << m_pairs.nameOf(point);
    lines << tr("truly %1; %2")
                 .arg(truthTitle(m_pairs.classes, p.truth),
                      p.isAgreed ? tr("called alike") : tr("called differently"))
          << tr("p(%1): %2 %3, %4 %5, difference %6")
                 .arg(m_pairs.of, m_pairs.names[0], two(p.first), m_pairs.names[1], two(p.second),
                      signedTwo(p.difference()));
    return lines.join(QLatin1Char('\n'));
}

QString PairPlot::csv() const
{
    QString text = QStringLiteral("film,truth,agree,p_%1_1,p_%1_2,mean,difference,networks,software,notice\n")
                       .arg(QString(m_pairs.of).replace(QLatin1Char(','), QLatin1Char(' ')));
    const QString tail = csvTail(m_pairs.provenance);
    for (const int i : m_shown) {
        const PairPoint &p = m_pairs.points[static_cast<std::size_t>(i)];
        const QString truth = p.truth < 0
            ? QString()
            : QString::fromStdString(m_pairs.classes[static_cast<std::size_t>(p.truth)]);
        text += QStringList{csvField(m_pairs.nameOf ? m_pairs.nameOf(i) : QString::number(i + 1)),
                            csvField(truth),
                            p.isAgreed ? QStringLiteral("1") : QStringLiteral("0"),
                            csvValue(p.first),
                            csvValue(p.second),
                            csvValue(p.mean()),
                            csvValue(p.difference())}
                    .join(QLatin1Char(','))
            + tail;
    }
    return text;
}

void PairPlot::line(double x1, double y1, double x2, double y2, const QPen &pen)
{
    auto *item = new QCPItemLine(m_plot);
    item->setLayer(QStringLiteral("grid"));
    item->start->setCoords(x1, y1);
    item->end->setCoords(x2, y2);
    item->setPen(pen);
}

void PairPlot::label(double x, double y, Qt::Alignment side, const QString &text)
{
    auto *words = new QCPItemText(m_plot);
    words->position->setCoords(x, y);
    words->setPositionAlignment(side);
    words->setFont(font());
    words->setColor(theme().muted);
    words->setPadding({4, 1, 4, 1});
    words->setText(text);
}

// One graph for each true class and each answer to "called alike?".
void PairPlot::addPoints()
{
    const int classes = static_cast<int>(m_pairs.classes.size());
    for (int truth = -1; truth < classes; ++truth) {
        const QColor colour = truth < 0
            ? theme().muted
            : classColour(m_pairs.classes[static_cast<std::size_t>(truth)], truth);
        const auto shape
            = truth < 0 ? QCPScatterStyle::ssPlus : shapes[static_cast<std::size_t>(truth) % shapes.size()];
        for (const bool agreed : {true, false}) {
            QVector<double> x;
            QVector<double> y;
            for (const int i : m_shown) {
                const PairPoint &point = m_pairs.points[static_cast<std::size_t>(i)];
                if (point.truth == truth && point.isAgreed == agreed) {
                    x << across(point);
                    y << upwards(point);
                }
            }
            QCPGraph *graph = m_plot->addGraph();
            graph->setLineStyle(QCPGraph::lsNone);
            QCPScatterStyle style(shape, QPen(colour, 1.4), agreed ? QBrush(Qt::NoBrush) : QBrush(colour),
                                  pointSize);
            if (truth < 0 && !agreed)
                style.setShape(QCPScatterStyle::ssStar);
            graph->setScatterStyle(style);
            graph->setPen(QPen(colour));
            graph->setData(x, y);
            graph->removeFromLegend();
            if (!x.isEmpty()) {
                graph->setName(
                    (agreed ? tr("Truly %1, called alike: %2") : tr("Truly %1, called differently: %2"))
                        .arg(truthTitle(m_pairs.classes, truth))
                        .arg(x.size()));
                graph->addToLegend();
            }
        }
    }
}

void PairPlot::addLegend()
{
    auto *legend = m_plot->legend;
    if (legend->layout() != m_plot->plotLayout()) {
        m_plot->plotLayout()->addElement(1, 0, legend);
        m_plot->plotLayout()->setRowStretchFactor(1, 0.001);
    }
    legend->setVisible(true);
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.9);
    calmLegend(*legend, theme(), small, {14, fontMetrics().height()});
    legend->setWrap(2);
    legend->setRowSpacing(0);
    legend->setMargins({8, 0, 8, 0});
}

void PairPlot::addThresholds()
{
    const QPen pen(theme().muted, 1, Qt::DashLine);
    if (m_pairs.thresholds[0]) {
        line(*m_pairs.thresholds[0], 0, *m_pairs.thresholds[0], 1, pen);
        label(*m_pairs.thresholds[0], 1, Qt::AlignLeft | Qt::AlignTop,
              tr("operating point %1").arg(two(*m_pairs.thresholds[0])));
    }
    if (m_pairs.thresholds[1]) {
        line(0, *m_pairs.thresholds[1], 1, *m_pairs.thresholds[1], pen);
        label(1, *m_pairs.thresholds[1], Qt::AlignRight | Qt::AlignBottom,
              tr("operating point %1").arg(two(*m_pairs.thresholds[1])));
    }
}

void PairPlot::addLimits()
{
    line(0, 0, 1, 0, QPen(theme().muted, 1));
    const auto count = static_cast<double>(m_shown.size());
    if (count < 2)
        return;
    double sum = 0;
    double squares = 0;
    for (const int i : m_shown) {
        const double difference = m_pairs.points[static_cast<std::size_t>(i)].difference();
        sum += difference;
        squares += difference * difference;
    }
    constexpr double middle = 0.5; // where points are few
    const double mean = sum / count;
    const double spread = std::sqrt(std::max(0.0, (squares - sum * mean) / (count - 1)));
    line(0, mean, 1, mean, QPen(theme().accent, 1.6));
    label(middle, mean, Qt::AlignHCenter | Qt::AlignBottom, tr("mean difference %1").arg(signedTwo(mean)));
    for (const double side : {-1.0, 1.0}) {
        const double limit = mean + side * deviations * spread;
        line(0, limit, 1, limit, QPen(theme().accent, 1.2, Qt::DashLine));
        label(middle, limit, Qt::AlignHCenter | (side < 0 ? Qt::AlignTop : Qt::AlignBottom),
              tr("limit of agreement %1").arg(signedTwo(limit)));
    }
}

void PairPlot::rebuild()
{
    m_plot->clearItems();
    m_plot->clearPlottables();
    m_plot->setBackground(theme().background);
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        calmAxis(*axis, theme(), font());
        axis->ticker()->setTickCount(5);
    }
    const auto by = [this](int network) {
        return tr("p(%1) by %2").arg(m_pairs.of, m_pairs.names[static_cast<std::size_t>(network)]);
    };
    m_plot->xAxis->setLabel(m_view == View::Both ? by(0)
                                                 : tr("mean of both networks' p(%1)").arg(m_pairs.of));
    m_plot->yAxis->setLabel(m_view == View::Both ? by(1)
                                                 : tr("%1 less %2").arg(m_pairs.names[0], m_pairs.names[1]));
    if (m_only) {
        m_shown = *m_only;
    } else {
        m_shown.resize(m_pairs.points.size());
        std::iota(m_shown.begin(), m_shown.end(), 0);
    }
    if (m_view == View::Both) {
        line(0, 0, 1, 1, QPen(theme().muted, 1));
        addThresholds();
    } else {
        addLimits();
    }
    addPoints();
    addLegend();
    m_marked = m_plot->addGraph();
    m_here = m_plot->addGraph();
    for (QCPGraph *graph : {m_marked, m_here}) {
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setLayer(QLatin1String(marksLayer));
        graph->removeFromLegend();
    }
    m_marked->setScatterStyle({QCPScatterStyle::ssCircle, QPen(theme().accent, 2), Qt::NoBrush, 13});
    m_here->setScatterStyle({QCPScatterStyle::ssCrossCircle, QPen(theme().text, 1.4), Qt::NoBrush, 22});
    QColor band = theme().accent;
    band.setAlpha(40);
    m_plot->selectionRect()->setPen(QPen(theme().accent, 1));
    m_plot->selectionRect()->setBrush(band);
    mark();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

// Selected points and the film on the screen; the points below are not drawn again.
void PairPlot::mark()
{
    const auto put = [this](QCPGraph *graph, const std::vector<int> &points) {
        QVector<double> x;
        QVector<double> y;
        for (const int i : points) {
            x << across(m_pairs.points[static_cast<std::size_t>(i)]);
            y << upwards(m_pairs.points[static_cast<std::size_t>(i)]);
        }
        graph->setData(x, y);
    };
    put(m_marked, m_selected);
    put(m_here, m_current < 0 ? std::vector<int>() : std::vector{m_current});
    m_plot->layer(QLatin1String(marksLayer))->replot();
}

void PairPlot::showAll()
{
    m_plot->xAxis->setRange(-0.03, 1.03);
    if (m_view == View::Both)
        m_plot->yAxis->setRange(-0.03, 1.03);
    else
        m_plot->yAxis->setRange(-1.05, 1.05);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

QPoint PairPlot::placeOf(int point) const
{
    const PairPoint &p = m_pairs.points[static_cast<std::size_t>(point)];
    return QPointF(m_plot->xAxis->coordToPixel(across(p)), m_plot->yAxis->coordToPixel(upwards(p))).toPoint();
}

int PairPlot::pointAt(const QPoint &place) const
{
    const double x = m_plot->xAxis->pixelToCoord(place.x());
    const double y = m_plot->yAxis->pixelToCoord(place.y());
    const double unitX = std::abs(m_plot->xAxis->pixelToCoord(place.x() + 1) - x);
    const double unitY = std::abs(m_plot->yAxis->pixelToCoord(place.y() + 1) - y);
    int nearest = -1;
    double best = reach * reach;
    for (const int i : m_shown) {
        const PairPoint &point = m_pairs.points[static_cast<std::size_t>(i)];
        const double dx = (across(point) - x) / unitX;
        const double dy = (upwards(point) - y) / unitY;
        if (dx * dx + dy * dy < best) {
            best = dx * dx + dy * dy;
            nearest = i;
        }
    }
    return nearest;
}

void PairPlot::choose(const QRect &rectangle)
{
    if (rectangle.width() < 4 && rectangle.height() < 4)
        return;
    std::vector<int> inside;
    for (const int i : m_shown) {
        if (rectangle.contains(placeOf(i)))
            inside.push_back(i);
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot); // without the rectangle
    Q_EMIT pointsChosen(inside);
}

bool PairPlot::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress) {
        m_pressed = static_cast<QMouseEvent *>(event)->pos();
        m_isDoubleClick = false;
    } else if (event->type() == QEvent::MouseButtonDblClick) {
        m_isDoubleClick = true;
        const int point = pointAt(static_cast<QMouseEvent *>(event)->pos());
        if (point >= 0)
            Q_EMIT pointActivated(point);
        else
            showAll();
        return true;
    } else if (event->type() == QEvent::MouseButtonRelease && !m_isDoubleClick) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const bool isClick = (mouse->pos() - m_pressed).manhattanLength() < QApplication::startDragDistance();
        if (isClick && mouse->button() == Qt::LeftButton) {
            const int point = pointAt(mouse->pos());
            Q_EMIT pointsChosen(point < 0 ? std::vector<int>() : std::vector{point});
            if (point >= 0)
                Q_EMIT pointClicked(point);
        }
    } else if (event->type() == QEvent::MouseMove) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const int point = mouse->buttons() == Qt::NoButton ? pointAt(mouse->pos()) : -1;
        m_plot->setCursor(point >= 0 ? Qt::PointingHandCursor : Qt::CrossCursor);
        if (point >= 0)
            QToolTip::showText(mouse->globalPosition().toPoint(), sentence(point), m_plot);
        else
            QToolTip::hideText();
    }
    return PlotSurface::eventFilter(watched, event);
}

void PairPlot::paintPlot(QPainter &painter, QSize size)
{
    // What the hand has marked is not part of the picture.
    m_marked->setVisible(false);
    m_here->setVisible(false);
    paintThrough(*m_plot, painter, size);
    m_marked->setVisible(true);
    m_here->setVisible(true);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void PairPlot::resizeEvent(QResizeEvent *)
{
    m_plot->setGeometry(rect());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

} // namespace hilum::ui
