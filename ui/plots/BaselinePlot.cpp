// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/BaselinePlot.h"

#include "ui/plots/PlotPainting.h"
#include "ui/plots/QCustomPlotHeader.h"

#include <utility>

namespace hilum::ui {

namespace {

QString csvText(QString text)
{
    if (!text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"')))
        return text;
    return QStringLiteral("\"%1\"").arg(text.replace(QLatin1Char('"'), QLatin1String("\"\"")));
}

QString number(double value) { return QString::number(value, 'g', QLocale::FloatingPointShortest); }

QString valueText(const BaselineBar &bar)
{
    const auto two = [](double value) { return QString::number(value, 'f', 2); };
    return QStringLiteral("%1 (%2\u2013%3)")
        .arg(two(bar.value), two(bar.interval.low), two(bar.interval.high));
}

} // namespace

BaselinePlot::BaselinePlot(QWidget *parent)
    : PlotSurface(parent)
    , m_plot(new QCustomPlot(this))
{
    // A bar's length is its value: nothing here is worth zooming.
    m_plot->setInteractions({});
    m_plot->setContextMenuPolicy(Qt::NoContextMenu);
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    rebuild();
}

void BaselinePlot::setBars(const QString &title, std::vector<BaselineBar> bars, double chance)
{
    m_title = title;
    m_bars = std::move(bars);
    m_chance = chance;
    setAccessibleName(m_title);
    setAccessibleDescription(sentence());
    rebuild();
}

QString BaselinePlot::sentence() const
{
    QStringList parts;
    for (const BaselineBar &bar : m_bars)
        parts << tr("%1 %2").arg(bar.name, valueText(bar));
    return tr("%1; a guess %2").arg(parts.join(QStringLiteral(", ")), QString::number(m_chance, 'f', 2));
}

QString BaselinePlot::csv() const
{
    QString text = QStringLiteral("given,balanced_accuracy,low95,high95,chance\n");
    for (const BaselineBar &bar : m_bars)
        text += QStringList{csvText(bar.name), number(bar.value), number(bar.interval.low),
                            number(bar.interval.high), number(m_chance)}
                    .join(QLatin1Char(','))
            + QLatin1Char('\n');
    return text;
}

void BaselinePlot::rebuild()
{
    m_plot->clearItems();
    m_plot->clearPlottables();
    m_plot->setBackground(theme().background);
    QCPAxis *names = m_plot->yAxis;
    QCPAxis *shares = m_plot->xAxis;
    const auto count = static_cast<int>(m_bars.size());
    const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
    QVector<double> keys;
    QVector<double> values;
    QVector<double> below;
    QVector<double> above;
    for (int i = 0; i < count; ++i) {
        const BaselineBar &bar = m_bars[static_cast<std::size_t>(i)];
        const double row = count - i;
        ticker->addTick(row, bar.name);
        keys << row;
        values << bar.value;
        below << bar.value - bar.interval.low;
        above << bar.interval.high - bar.value;
        auto *words = new QCPItemText(m_plot);
        words->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        words->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
        words->position->setTypeY(QCPItemPosition::ptPlotCoords);
        words->position->setCoords(1.015, row);
        words->setClipToAxisRect(false);
        QFont face = font();
        face.setBold(bar.isToBeat);
        words->setFont(face);
        words->setColor(theme().text);
        words->setText(valueText(bar));
    }
    names->setTicker(ticker);
    names->setRange(0.4, count + 0.6);
    names->setTickLabelColor(theme().text);
    names->setTickLabelFont(font());
    names->setTickLength(0);
    names->setSubTicks(false);
    names->grid()->setVisible(false);
    names->setBasePen(QPen(theme().line));
    shares->setRange(0, 1);
    shares->setTickLabelColor(theme().muted);
    shares->setTickLabelFont(font());
    shares->setLabel(tr("balanced accuracy; line: 95 % interval; dashed: a guess"));
    shares->setLabelColor(theme().muted);
    shares->setLabelFont(font());
    shares->setBasePen(QPen(theme().line));
    shares->setTickPen(QPen(theme().line));
    shares->setSubTicks(false);
    shares->grid()->setPen(QPen(theme().line, 1));

    if (count > 0) {
        auto *bars = new QCPBars(names, shares);
        bars->setData(keys, values);
        bars->setWidth(0.62);
        bars->setPen(Qt::NoPen);
        QColor fill = theme().accent;
        fill.setAlpha(170);
        bars->setBrush(fill);
        auto *whiskers = new QCPErrorBars(names, shares);
        whiskers->setErrorType(QCPErrorBars::etValueError);
        whiskers->setDataPlottable(bars);
        whiskers->setData(below, above);
        whiskers->setPen(QPen(theme().text, 1.6));
        whiskers->setWhiskerWidth(8);
        whiskers->setSymbolGap(0);
        auto *guess = new QCPItemStraightLine(m_plot);
        guess->point1->setCoords(m_chance, 0);
        guess->point2->setCoords(m_chance, 1);
        guess->setPen(QPen(theme().text, 1.4, Qt::DashLine));
    }
    m_plot->axisRect()->setAutoMargins(QCP::msLeft | QCP::msTop | QCP::msBottom);
    const int room = QFontMetrics(font()).horizontalAdvance(QStringLiteral("0.00 (0.00\u20130.00)"));
    m_plot->axisRect()->setMargins({0, 0, room * 11 / 10 + 24, 0});
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void BaselinePlot::paintPlot(QPainter &painter, QSize size)
{
    paintThrough(*m_plot, painter, size);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void BaselinePlot::resizeEvent(QResizeEvent *)
{
    m_plot->setGeometry(rect());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

} // namespace hilum::ui
