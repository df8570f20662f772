// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/predict/ProbabilityBar.h"

#include "ui/predict/ReadingText.h"

#include <QPainter>

#include <algorithm>

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
    const QString value = probability ? probabilityText(*probability) : tr("not read");
    setAccessibleName(m_what + QStringLiteral(": ") + value + (called ? tr(", called") : QString()));
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
    painter.setFont(numbers);
    painter.setPen(palette().color(m_called ? QPalette::WindowText : QPalette::PlaceholderText));
    painter.drawText(rect().adjusted(0, 0, -2, 0), Qt::AlignRight | Qt::AlignVCenter,
                     m_probability ? probabilityText(*m_probability) : QStringLiteral("\u2013"));
}

} // namespace hilum::ui
