// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/SharesPlot.h"

#include "ui/plots/PlotCsv.h"
#include "ui/plots/PlotPainting.h"
#include "ui/plots/QCustomPlotHeader.h"

#include <array>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int lineHeight = 20;
constexpr int frame = 80; // axis and names of the series
constexpr std::array shapes{QCPScatterStyle::ssDisc, QCPScatterStyle::ssSquare, QCPScatterStyle::ssDiamond,
                            QCPScatterStyle::ssTriangle};

QString percent(double share) { return QString::number(100 * share, 'f', 1); }

QString shareText(const Share &share)
{
    return SharesPlot::tr("%1 % (%2\u2013%3), n = %4")
        .arg(percent(share.share), percent(share.interval.low), percent(share.interval.high))
        .arg(share.films);
}

} // namespace

SharesPlot::SharesPlot(QWidget *parent)
    : PlotSurface(parent)
    , m_plot(new QCustomPlot(this))
{
    m_plot->setInteractions({});
    m_plot->setContextMenuPolicy(Qt::NoContextMenu);
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    rebuild();
}

QSize SharesPlot::sizeHint() const
{
    return {720, frame + lineHeight * static_cast<int>(m_rows.size() * m_series.size() + m_rows.size())};
}

void SharesPlot::setRows(const QString &title, std::vector<QString> series, std::vector<SharesRow> rows,
                         const QString &provenance)
{
    m_title = title;
    m_series = std::move(series);
    m_rows = std::move(rows);
    m_provenance = provenance;
    setAccessibleName(m_title);
    setAccessibleDescription(sentence());
    rebuild();
}

QString SharesPlot::sentence() const
{
    QStringList lines;
    for (const SharesRow &row : m_rows) {
        QStringList parts;
        for (std::size_t i = 0; i < m_series.size(); ++i) {
            if (row.shares[i].films > 0)
                parts << tr("%1 %2").arg(m_series[i], shareText(row.shares[i]));
        }
        lines << tr("%1: %2").arg(row.name, parts.join(QStringLiteral("; ")));
    }
    return lines.join(QLatin1Char('\n'));
}

QString SharesPlot::csv() const
{
    QString text = QStringLiteral("row,what,hits,films,share,low95,high95,networks,software,notice\n");
    const QString tail = csvTail(m_provenance);
    for (const SharesRow &row : m_rows) {
        for (std::size_t i = 0; i < m_series.size(); ++i) {
            const Share &share = row.shares[i];
            text += QStringList{csvField(row.name),
                                csvField(m_series[i]),
                                QString::number(share.hits),
                                QString::number(share.films),
                                share.films > 0 ? csvValue(share.share) : QString(),
                                csvValue(share.interval.low),
                                csvValue(share.interval.high)}
                        .join(QLatin1Char(','))
                + tail;
        }
    }
    return text;
}

// Rows from the top, a free line between them.
double SharesPlot::heightOf(std::size_t row, std::size_t series) const
{
    return -static_cast<double>(row * (m_series.size() + 1) + series);
}

void SharesPlot::addSeries(std::size_t series)
{
    const std::array colours{theme().text, theme().accent, theme().accent, theme().muted};
    const QColor colour = colours[series % colours.size()];
    QCPGraph *marks = m_plot->addGraph();
    marks->setLineStyle(QCPGraph::lsNone);
    const bool isHollow = series == 2; // two of one colour are told apart by more than their shape
    marks->setScatterStyle({shapes[series % shapes.size()], QPen(colour, 1.6),
                            isHollow ? QBrush(theme().background) : QBrush(colour), 9});
    marks->setName(m_series[series]);
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const Share &share = m_rows[row].shares[series];
        if (share.films == 0 || !std::isfinite(share.share))
            continue;
        const double height = heightOf(row, series);
        auto *reach = new QCPItemLine(m_plot);
        reach->start->setCoords(share.interval.low, height);
        reach->end->setCoords(share.interval.high, height);
        reach->setPen(QPen(colour, 1.6));
        reach->setLayer(QStringLiteral("grid"));
        marks->addData(share.share, height);
        auto *words = new QCPItemText(m_plot);
        words->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
        words->position->setTypeY(QCPItemPosition::ptPlotCoords);
        words->position->setCoords(1.01, height);
        words->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        words->setClipToAxisRect(false);
        words->setFont(font());
        words->setColor(theme().muted);
        words->setText(shareText(share));
    }
}

void SharesPlot::arrangeAxes()
{
    calmAxis(*m_plot->xAxis, theme(), font());
    calmAxis(*m_plot->yAxis, theme(), font());
    m_plot->xAxis->setRange(0, 1.02);
    QSharedPointer<QCPAxisTickerText> shares(new QCPAxisTickerText);
    for (int tick = 0; tick <= 100; tick += 20)
        shares->addTick(tick / 100.0, tr("%1 %").arg(tick));
    m_plot->xAxis->setTicker(shares);
    QSharedPointer<QCPAxisTickerText> names(new QCPAxisTickerText);
    const double middle = (static_cast<double>(m_series.size()) - 1) / 2;
    int widest = 0;
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        names->addTick(heightOf(row, 0) - middle,
                       fontMetrics().elidedText(m_rows[row].name, Qt::ElideMiddle, 240));
        for (const Share &share : m_rows[row].shares)
            widest = std::max(widest, fontMetrics().horizontalAdvance(shareText(share)));
    }
    m_plot->yAxis->setTicker(names);
    m_plot->yAxis->setTickLabelColor(theme().text);
    m_plot->yAxis->grid()->setVisible(false);
    m_plot->yAxis->setRange(heightOf(m_rows.size(), 0) + 0.4, 0.8);
    m_plot->axisRect()->setAutoMargins(QCP::msLeft | QCP::msTop | QCP::msBottom);
    m_plot->axisRect()->setMargins({0, 0, widest + 24, 0});
}

void SharesPlot::rebuild()
{
    m_plot->clearItems();
    m_plot->clearPlottables();
    m_plot->setBackground(theme().background);
    for (std::size_t series = 0; series < m_series.size(); ++series)
        addSeries(series);
    arrangeAxes();
    QCPLegend *legend = m_plot->legend;
    if (legend->layout() != m_plot->plotLayout()) {
        m_plot->plotLayout()->addElement(1, 0, legend);
        m_plot->plotLayout()->setRowStretchFactor(1, 0.001);
    }
    legend->setVisible(!m_rows.empty());
    calmLegend(*legend, theme(), font(), {14, fontMetrics().height()});
    if (m_rows.empty()) {
        auto *words = new QCPItemText(m_plot);
        words->position->setType(QCPItemPosition::ptAxisRectRatio);
        words->position->setCoords(0.5, 0.5);
        words->setFont(font());
        words->setColor(theme().muted);
        words->setText(tr("No films"));
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void SharesPlot::paintPlot(QPainter &painter, QSize size)
{
    paintThrough(*m_plot, painter, size);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void SharesPlot::resizeEvent(QResizeEvent *)
{
    m_plot->setGeometry(rect());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

} // namespace hilum::ui
