// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/predict/ProbabilityBar.h"

#include "ui/predict/ReadingText.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

ProbabilityBar::ProbabilityBar(const QString &network, const QString &className, const QColor &colour,
                               QWidget *parent)
    : QWidget(parent)
    , m_what(tr("%1 by %2").arg(className, network))
    , m_colour(colour)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setProbability(std::nullopt, false);
}

QSize ProbabilityBar::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(QStringLiteral("> 0.99")) + 48, fontMetrics().height() + 8};
}

void ProbabilityBar::setProbability(std::optional<double> probability, bool called)
{
    m_probability = probability;
    m_called = called;
    describe();
}

void ProbabilityBar::setBand(std::optional<Interval> band, double level)
{
    m_band = band;
    m_level = level;
    describe();
}

void ProbabilityBar::describe()
{
    QString value = m_probability ? probabilityText(*m_probability) : tr("not read");
    if (m_probability && m_band) {
        value += tr(" (%1)").arg(bandText(*m_band));
        setToolTip(tr("%1: %2, band %3.\nOf readings of a film that is shifted, turned, scaled, toned or "
                      "sharpened a little, %4 % lie in their bands.")
                       .arg(m_what, probabilityText(*m_probability), bandText(*m_band))
                       .arg(std::lround(100 * m_level)));
    } else {
        setToolTip(m_probability ? tr("%1: %2").arg(m_what, probabilityText(*m_probability)) : QString());
    }
    setAccessibleName(m_what + QStringLiteral(": ") + value + (m_called ? tr(", called") : QString()));
    update();
}

void ProbabilityBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QFont numbers = font();
    numbers.setBold(true); // measured bold, so that every bar is as long as the others
    const int numberWidth = QFontMetrics(numbers).horizontalAdvance(QStringLiteral("> 0.99")) + 4;
    numbers.setBold(m_called);
    const int barHeight = 12;
    const QRect track(0, (height() - barHeight) / 2, std::max(8, width() - numberWidth - 4), barHeight);
    painter.fillRect(track, palette().color(QPalette::Mid));
    if (m_probability) {
        const int length
            = static_cast<int>(std::lround(std::clamp(*m_probability, 0.0, 1.0) * track.width()));
        painter.fillRect(QRect(track.topLeft(), QSize(length, barHeight)), m_colour);
    }
    if (m_probability && m_band) {
        const auto place
            = [&](double p) { return track.left() + std::clamp(p, 0.0, 1.0) * (track.width() - 1) + 0.5; };
        const double middle = track.center().y() + 0.5;
        const double cap = 3.5;
        QPainterPath whisker;
        whisker.moveTo(place(m_band->low), middle);
        whisker.lineTo(place(m_band->high), middle);
        for (const double end : {m_band->low, m_band->high}) {
            whisker.moveTo(place(end), middle - cap);
            whisker.lineTo(place(end), middle + cap);
        }
        painter.setRenderHint(QPainter::Antialiasing);
        // An edge of the other colour keeps it visible on bar and track.
        painter.setPen(QPen(palette().color(QPalette::Window), 3.2));
        painter.drawPath(whisker);
        painter.setPen(QPen(palette().color(QPalette::WindowText), 1.4));
        painter.drawPath(whisker);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    painter.setFont(numbers);
    painter.setPen(palette().color(m_called ? QPalette::WindowText : QPalette::PlaceholderText));
    painter.drawText(rect().adjusted(0, 0, -2, 0), Qt::AlignRight | Qt::AlignVCenter,
                     m_probability ? probabilityText(*m_probability) : QStringLiteral("\u2013"));
}

} // namespace hilum::ui
