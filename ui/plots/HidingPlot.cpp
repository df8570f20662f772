// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/HidingPlot.h"

#include "ui/plots/PlotPainting.h"
#include "ui/plots/QCustomPlotHeader.h"

#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

QString two(double value) { return QString::number(value, 'f', 2); }

QString number(double value) { return QString::number(value, 'g', QLocale::FloatingPointShortest); }

void calm(QCPAxis &axis, const PlotTheme &theme, const QFont &font, const QString &label)
{
    calmAxis(axis, theme, font);
    axis.setRange(0, 1);
    axis.setLabel(label);
    axis.ticker()->setTickCount(4);
}

} // namespace

HidingPlot::HidingPlot(QWidget *parent)
    : PlotSurface(parent)
    , m_plot(new QCustomPlot(this))
{
    m_plot->setInteractions({});
    m_plot->setContextMenuPolicy(Qt::NoContextMenu);
    m_plot->setMouseTracking(true);
    m_plot->setAttribute(Qt::WA_NoMousePropagation, false); // QCustomPlot keeps the wheel otherwise
    m_plot->installEventFilter(this);
    m_plot->setFocusPolicy(Qt::NoFocus); // its numbers stand in the description and in the table below
    m_plot->setAccessibleName(tr("Hiding and showing"));
    rebuild();
}

void HidingPlot::setCurves(const QString &probabilityOf, bool shows, std::vector<NamedHiding> curves)
{
    m_of = probabilityOf;
    m_shows = shows;
    m_curves = std::move(curves);
    std::ranges::stable_sort(
        m_curves, [](const NamedHiding &a, const NamedHiding &b) { return a.curve.area > b.curve.area; });
    setAccessibleName(title());
    setAccessibleDescription(sentence());
    rebuild();
}

QString HidingPlot::title() const
{
    return m_shows ? tr("Insertion: the strongest shown first") : tr("Deletion: the strongest hidden first");
}

QString HidingPlot::sentence() const
{
    QStringList parts;
    for (const NamedHiding &hiding : m_curves)
        parts << tr("%1 %2").arg(hiding.name, two(hiding.curve.area));
    return tr("Area under the curve: %1").arg(parts.join(QStringLiteral(", ")));
}

QString HidingPlot::csv() const
{
    QString text = QStringLiteral("share");
    for (const NamedHiding &hiding : m_curves)
        text += QLatin1Char(',') + hiding.name;
    text += QLatin1Char('\n');
    for (std::size_t i = 0; !m_curves.empty() && i < m_curves.front().curve.share.size(); ++i) {
        text += number(m_curves.front().curve.share[i]);
        for (const NamedHiding &hiding : m_curves)
            text += QLatin1Char(',') + number(hiding.curve.probability[i]);
        text += QLatin1Char('\n');
    }
    return text;
}

QPen HidingPlot::penOf(const NamedHiding &hiding, int nullsBefore) const
{
    if (!hiding.isNull)
        return {theme().accent, 2};
    return {theme().muted, 1.4, nullsBefore == 0 ? Qt::DashLine : Qt::DotLine};
}

// A name with its line, at the right of the plot.
void HidingPlot::label(const NamedHiding &hiding, int row, const QPen &pen)
{
    const double y = 0.06 + 0.22 * row;
    auto *line = new QCPItemLine(m_plot);
    for (QCPItemPosition *end : {line->start, line->end}) {
        end->setTypeX(QCPItemPosition::ptAxisRectRatio);
        end->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
    line->setClipToAxisRect(false);
    auto *words = new QCPItemText(m_plot);
    words->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    words->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    words->position->setCoords(1.04, y + 0.03);
    words->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    words->setClipToAxisRect(false);
    words->setFont(font());
    words->setColor(hiding.isNull ? theme().muted : theme().text);
    words->setTextAlignment(Qt::AlignLeft);
    words->setText(tr("%1 %2").arg(hiding.name, two(hiding.curve.area)));
    line->start->setCoords(1.04, y);
    line->end->setCoords(1.16, y);
    line->setPen(pen);
}

void HidingPlot::addCurves()
{
    int nulls = 0;
    int row = 0;
    int widest = 0;
    for (const NamedHiding &hiding : m_curves) {
        const QPen pen = penOf(hiding, nulls);
        nulls += hiding.isNull ? 1 : 0;
        QCPGraph *graph = m_plot->addGraph();
        graph->setData({hiding.curve.share.begin(), hiding.curve.share.end()},
                       {hiding.curve.probability.begin(), hiding.curve.probability.end()}, true);
        graph->setPen(pen);
        label(hiding, row++, pen);
        widest = std::max(widest, fontMetrics().horizontalAdvance(hiding.name + QStringLiteral(" 0.00")));
    }
    m_plot->axisRect()->setAutoMargins(QCP::msLeft | QCP::msTop | QCP::msBottom);
    m_plot->axisRect()->setMargins({0, 0, widest + 20, 0});
}

void HidingPlot::rebuild()
{
    m_plot->clearItems();
    m_plot->clearPlottables();
    m_plot->setBackground(theme().background);
    calm(*m_plot->xAxis, theme(), font(), m_shows ? tr("share shown") : tr("share hidden"));
    calm(*m_plot->yAxis, theme(), font(), m_of.isEmpty() ? tr("probability") : m_of);
    addCurves();
    m_cursor = new QCPItemStraightLine(m_plot);
    m_cursor->setPen(QPen(theme().muted, 1));
    m_cursor->setVisible(false);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void HidingPlot::point(const QPoint &at)
{
    const bool isInside = !m_curves.empty() && m_plot->axisRect()->rect().contains(at);
    m_cursor->setVisible(isInside);
    if (isInside) {
        const HidingCurve &first = m_curves.front().curve;
        const double share = m_plot->xAxis->pixelToCoord(at.x());
        const auto steps = static_cast<double>(first.share.size() - 1);
        const auto step = static_cast<std::size_t>(std::clamp(std::round(share * steps), 0.0, steps));
        m_cursor->point1->setCoords(first.share[step], 0);
        m_cursor->point2->setCoords(first.share[step], 1);
        QStringList lines{m_shows ? tr("%1 % shown").arg(std::lround(100 * first.share[step]))
                                  : tr("%1 % hidden").arg(std::lround(100 * first.share[step]))};
        for (const NamedHiding &hiding : m_curves)
            lines << tr("%1: %2").arg(hiding.name, two(hiding.curve.probability[step]));
        QToolTip::showText(m_plot->mapToGlobal(at), lines.join(QLatin1Char('\n')), m_plot);
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

bool HidingPlot::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseMove)
        point(static_cast<QMouseEvent *>(event)->pos());
    else if (event->type() == QEvent::Leave)
        point({-1, -1});
    if (event->type() == QEvent::Wheel) { // nothing to zoom: whatever holds the plot may scroll
        event->ignore();
        return true;
    }
    return PlotSurface::eventFilter(watched, event);
}

void HidingPlot::paintPlot(QPainter &painter, QSize size)
{
    m_cursor->setVisible(false);
    paintThrough(*m_plot, painter, size);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void HidingPlot::resizeEvent(QResizeEvent *)
{
    m_plot->setGeometry(rect());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

} // namespace hilum::ui
