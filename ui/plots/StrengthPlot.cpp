// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/StrengthPlot.h"

#include "ui/plots/PlotPainting.h"
#include "ui/plots/QCustomPlotHeader.h"

#include <QMouseEvent>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

// Networks differ by their line, never by colour: that is the class's.
constexpr std::array<Qt::PenStyle, 4> styles{Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};

QString number(double value) { return QString::number(value, 'g', QLocale::FloatingPointShortest); }

} // namespace

StrengthPlot::StrengthPlot(QWidget *parent)
    : PlotSurface(parent)
    , m_plot(new QCustomPlot(this))
{
    m_plot->setInteractions({});
    m_plot->setContextMenuPolicy(Qt::NoContextMenu);
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    // Beside the curves: it would lie over them.
    m_plot->axisRect()->insetLayout()->take(m_plot->legend);
    auto *side = new QCPLayoutGrid; // what is below the legend takes its room, or the curves would be as low
    side->addElement(0, 0, m_plot->legend);
    side->addElement(1, 0, new QCPLayoutElement(m_plot));
    side->setRowStretchFactor(0, 0.001);
    m_plot->plotLayout()->addElement(0, 1, side);
    m_plot->plotLayout()->setColumnStretchFactor(1, 0.001);
    m_plot->legend->setFillOrder(QCPLegend::foRowsFirst);
    setToolTip(tr("Click to set the strength. Shaded: where readings of the film as it was lie."));
    rebuild();
}

void StrengthPlot::setPicture(StrengthPicture picture)
{
    m_picture = std::move(picture);
    setAccessibleName(m_picture.title);
    rebuild();
}

QString StrengthPlot::csv() const
{
    QString text = QStringLiteral("network,strength,probability,band_low,band_high\n");
    for (const StrengthCurve &curve : m_picture.curves) {
        QString name = curve.network;
        name.replace(QLatin1Char('"'), QLatin1String("\"\""));
        const QString band = curve.band
            ? QStringLiteral("%1,%2").arg(number(curve.band->low), number(curve.band->high))
            : QStringLiteral(",");
        for (std::size_t i = 0; i < curve.strengths.size(); ++i)
            text += QStringLiteral("\"%1\",%2,%3,%4\n")
                        .arg(name, number(curve.strengths[i]), number(curve.probabilities[i]), band);
    }
    return text;
}

void StrengthPlot::addCurve(const StrengthCurve &curve, int index)
{
    const Qt::PenStyle style = styles[static_cast<std::size_t>(index) % styles.size()];
    if (curve.band) {
        auto *band = new QCPItemRect(m_plot);
        band->topLeft->setCoords(m_picture.low, curve.band->high);
        band->bottomRight->setCoords(m_picture.high, curve.band->low);
        QColor fill = m_picture.colour;
        fill.setAlpha(34);
        band->setBrush(fill);
        QColor edge = m_picture.colour;
        edge.setAlpha(110);
        band->setPen(QPen(edge, 1, style));
    }
    auto *graph = m_plot->addGraph();
    graph->setName(curve.network);
    graph->setPen(QPen(m_picture.colour, 1.8, style));
    graph->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(m_picture.colour), m_picture.colour, 4));
    graph->setData(QVector<double>(curve.strengths.begin(), curve.strengths.end()),
                   QVector<double>(curve.probabilities.begin(), curve.probabilities.end()), true);
}

void StrengthPlot::rebuild()
{
    m_plot->clearItems();
    m_plot->clearPlottables();
    m_plot->setBackground(theme().background);
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.9);
    for (QCPAxis *axis : m_plot->axisRect()->axes()) {
        axis->setBasePen(QPen(theme().line));
        axis->setTickPen(QPen(theme().line));
        axis->setSubTicks(false);
        axis->setTickLabelColor(theme().muted);
        axis->setTickLabelFont(small);
        axis->setLabelColor(theme().muted);
        axis->setLabelFont(small);
        axis->grid()->setPen(QPen(theme().line, 1));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setVisible(!m_picture.curves.empty());
        axis->grid()->setVisible(!m_picture.curves.empty());
    }
    m_plot->xAxis->setLabel(m_picture.axis);
    m_plot->yAxis->setLabel(m_picture.probability);
    m_plot->yAxis->setRange(-0.02, 1.02);
    m_plot->yAxis->ticker()->setTickCount(4);
    const bool isLogarithmic = m_picture.isLogarithmic && m_picture.low > 0;
    m_plot->xAxis->setScaleType(isLogarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (isLogarithmic) {
        const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
        for (double tick = m_picture.low; tick <= m_picture.high * 1.001; tick *= 2)
            ticker->addTick(tick, QString::number(tick, 'g', 3));
        m_plot->xAxis->setTicker(ticker);
    } else {
        m_plot->xAxis->setTicker(QSharedPointer<QCPAxisTicker>::create());
    }
    m_plot->xAxis->setRange(m_picture.low, m_picture.high);
    for (std::size_t i = 0; i < m_picture.curves.size(); ++i)
        addCurve(m_picture.curves[i], static_cast<int>(i));
    m_plot->legend->setVisible(m_picture.curves.size() > 1);
    m_plot->legend->setBrush(Qt::NoBrush);
    m_plot->legend->setBorderPen(Qt::NoPen);
    m_plot->legend->setFont(small);
    m_plot->legend->setTextColor(theme().text);
    const int rows = static_cast<int>(m_picture.curves.size());
    m_plot->legend->setMaximumSize(QWIDGETSIZE_MAX,
                                   std::max(1, rows) * (QFontMetrics(small).height() + 8) + 8);
    if (m_picture.curves.empty()) {
        auto *words = new QCPItemText(m_plot);
        words->setClipToAxisRect(false);
        words->position->setType(QCPItemPosition::ptViewportRatio);
        words->position->setCoords(0.5, 0.5);
        words->setText(m_picture.missing);
        words->setColor(theme().muted);
        words->setFont(font());
    } else {
        auto *now = new QCPItemStraightLine(m_plot);
        now->point1->setCoords(m_picture.now, 0);
        now->point2->setCoords(m_picture.now, 1);
        now->setPen(QPen(theme().text, 1.2));
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void StrengthPlot::paintPlot(QPainter &painter, QSize size)
{
    paintThrough(*m_plot, painter, size);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void StrengthPlot::resizeEvent(QResizeEvent *)
{
    m_plot->setGeometry(rect());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void StrengthPlot::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_picture.curves.empty())
        return PlotSurface::mousePressEvent(event);
    const double strength = m_plot->xAxis->pixelToCoord(event->position().x());
    if (strength >= m_picture.low && strength <= m_picture.high)
        Q_EMIT strengthChosen(strength);
}

} // namespace hilum::ui
