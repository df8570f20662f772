// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/RatesPlot.h"

#include "ui/plots/PlotCsv.h"
#include "ui/plots/PlotPainting.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

constexpr int gap = 8;
constexpr int mostRow = 44;

QString inPercent(double value) { return QString::number(value * 100, 'f', 1); }

QString shown(double value)
{
    return std::isnan(value) ? RatesPlot::tr("not defined") : RatesPlot::tr("%1 %").arg(inPercent(value));
}

QString shown(const Interval &interval)
{
    return std::isnan(interval.low)
        ? QString()
        : RatesPlot::tr("%1\u2013%2").arg(inPercent(interval.low), inPercent(interval.high));
}

} // namespace

RatesPlot::RatesPlot(QWidget *parent)
    : PlotSurface(parent)
{
}

QSize RatesPlot::minimumSizeHint() const
{
    const int line = fontMetrics().height();
    return {300,
            2 * gap + 2 * line + static_cast<int>(std::max<std::size_t>(3, m_rates.size())) * (line + 6)};
}

void RatesPlot::setRates(const QString &title, std::vector<NamedRate> rates, const QString &provenance)
{
    const bool isOtherSize = rates.size() != m_rates.size();
    m_title = title;
    m_rates = std::move(rates);
    m_provenance = provenance;
    setAccessibleName(title);
    QStringList said;
    for (const NamedRate &rate : m_rates)
        said << tr("%1 %2, 95 % interval %3").arg(rate.name, shown(rate.value), shown(rate.interval));
    setAccessibleDescription(said.join(QStringLiteral("; ")));
    if (isOtherSize)
        updateGeometry();
    update();
}

QString RatesPlot::csv() const
{
    QString text = QStringLiteral("rate,of,value,low95,high95,who,software,notice\n");
    for (const NamedRate &rate : m_rates)
        text += QStringList{csvField(rate.name), csvField(rate.of), csvValue(rate.value),
                            csvValue(rate.interval.low), csvValue(rate.interval.high)}
                    .join(QLatin1Char(','))
            + csvTail(m_provenance);
    return text;
}

QRect RatesPlot::bounds() const
{
    const int head = m_title.isEmpty() ? 0 : gap / 2 + QFontMetrics(titleFont(font())).height() + 4;
    return rect().adjusted(gap, head, -gap, 0);
}

QRect RatesPlot::rowIn(QRect bounds, std::size_t row) const
{
    const int axis = QFontMetrics(font()).height() + 2;
    const int height = std::min(
        mostRow, (bounds.height() - axis) / static_cast<int>(std::max<std::size_t>(1, m_rates.size())));
    return {bounds.left(), bounds.top() + static_cast<int>(row) * height, bounds.width(), height};
}

void RatesPlot::paint(QPainter &painter, QRect bounds) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font());
    const QFontMetrics metrics(font());
    int names = 0;
    int figures = 0;
    for (const NamedRate &rate : m_rates) {
        names = std::max(names, metrics.horizontalAdvance(rate.name));
        figures = std::max(
            figures,
            metrics.horizontalAdvance(QStringLiteral("100.0 %  ") + QStringLiteral("100.0\u2013100.0")));
    }
    names = std::min(names + 6, bounds.width() / 3);
    const double left = bounds.left() + names + gap;
    const double width = std::max(40, bounds.width() - names - figures - 3 * gap);
    const auto across = [&](double value) { return left + std::clamp(value, 0.0, 1.0) * width; };
    const int bottom = m_rates.empty() ? bounds.bottom() : rowIn(bounds, m_rates.size() - 1).bottom();
    for (const double tick : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        painter.setPen(QPen(theme().line, 1));
        painter.drawLine(QPointF(across(tick), bounds.top()), QPointF(across(tick), bottom));
        painter.setPen(theme().muted);
        painter.drawText(QRectF(across(tick) - 30, bottom + 1, 60, metrics.height()), Qt::AlignHCenter,
                         QString::number(tick * 100));
    }
    for (std::size_t i = 0; i < m_rates.size(); ++i) {
        const NamedRate &rate = m_rates[i];
        const QRect row = rowIn(bounds, i);
        painter.setPen(theme().text);
        painter.drawText(QRect(row.left(), row.top(), names, row.height()), Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(rate.name, Qt::ElideRight, names));
        const QColor colour = rate.colour.isValid() ? rate.colour : theme().accent;
        const double middle = row.center().y() + 0.5;
        if (std::isfinite(rate.value)) {
            painter.setPen(QPen(colour, 5, Qt::SolidLine, Qt::FlatCap));
            QColor band = colour;
            band.setAlpha(110);
            painter.setPen(QPen(band, 8, Qt::SolidLine, Qt::FlatCap));
            painter.drawLine(QPointF(across(rate.interval.low), middle),
                             QPointF(across(rate.interval.high), middle));
            painter.setPen(QPen(theme().background, 1));
            painter.setBrush(colour);
            painter.drawEllipse(QPointF(across(rate.value), middle), 5, 5);
        }
        const QRectF words(left + width + gap, row.top(), figures + gap, row.height());
        painter.setPen(theme().text);
        painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, shown(rate.value));
        painter.setPen(theme().muted);
        painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter,
                         std::isfinite(rate.value) ? shown(rate.interval) : QString());
    }
    painter.restore();
}

void RatesPlot::paintPlot(QPainter &painter, QSize size) { paint(painter, QRect({0, 0}, size)); }

void RatesPlot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().background);
    paintTitle(painter, rect().adjusted(gap, gap / 2, -gap, 0), m_title, font(), theme());
    paint(painter, bounds());
}

bool RatesPlot::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return PlotSurface::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    for (std::size_t i = 0; i < m_rates.size(); ++i) {
        const QRect row = rowIn(bounds(), i);
        if (!row.contains(help->pos()))
            continue;
        const NamedRate &rate = m_rates[i];
        QStringList lines{
            tr("%1: %2, 95 % interval %3").arg(rate.name, shown(rate.value), shown(rate.interval))};
        for (const QString &more : {rate.of, rate.meaning}) {
            if (!more.isEmpty())
                lines << more;
        }
        QToolTip::showText(help->globalPos(), lines.join(QLatin1Char('\n')), this, row);
        return true;
    }
    QToolTip::hideText();
    return true;
}

} // namespace hilum::ui
