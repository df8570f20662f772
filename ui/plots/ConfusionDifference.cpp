// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ConfusionView's shares of rows, columns or all, and what one network calls more often than another.

#include "ui/plots/ClassNames.h"
#include "ui/plots/ConfusionView.h"
#include "ui/plots/PlotCsv.h"

#include <QPainter>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace hilum::ui {

namespace {

// Of a blue-orange scale that colour-blind eyes can tell apart.
constexpr QRgb more = 0xffe69f00;
constexpr QRgb less = 0xff0072b2;
constexpr double leastRange = 0.05; // smaller differences never look large

QColor between(const QColor &from, const QColor &to, double share)
{
    const auto part = [share](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * share)); };
    return {part(from.red(), to.red()), part(from.green(), to.green()), part(from.blue(), to.blue())};
}

QString signedPoints(double share)
{
    return (share > 0       ? QStringLiteral("+")
                : share < 0 ? QString(QChar(0x2212))
                            : QString())
        + QString::number(std::abs(share) * 100, 'f', 1);
}

} // namespace

void ConfusionView::setDifference(const QString &title, std::vector<std::string> classes,
                                  ConfusionMatrix first, ConfusionMatrix second, const QString &firstName,
                                  const QString &secondName, const QString &provenance)
{
    assert(first.classes() == second.classes());
    setCalls(title, std::move(classes), std::move(second), firstName, secondName, provenance);
    m_subtracted = std::move(first);
    setAccessibleDescription(summary());
    update();
}

void ConfusionView::setPercent(Percent percent)
{
    m_percent = percent;
    update();
}

void ConfusionView::setFilm(int truth, int predicted)
{
    m_film = {truth, predicted};
    update();
}

void ConfusionView::setFilmBefore(int truth, int predicted)
{
    m_filmBefore = {truth, predicted};
    update();
}

// A ring where the film on the screen is one of these.
void ConfusionView::paintFilm(QPainter &painter, QRect rect, int truth, int predicted) const
{
    const Cell cell{truth, predicted};
    if (cell != m_film && cell != m_filmBefore)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(painter.pen().color(), 2, cell == m_film ? Qt::SolidLine : Qt::DotLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(QPoint(rect.right() - 10, rect.top() + 10), 5, 5);
    painter.restore();
}

QString ConfusionView::filmSentence(int truth, int predicted) const
{
    const Cell cell{truth, predicted};
    const bool isSecond = cell == m_film;
    const bool isFirst = cell == m_filmBefore;
    if (!isSecond && !isFirst)
        return {};
    const QString who = isFirst && isSecond ? tr("both networks") : isFirst ? m_first : m_second;
    return tr("\nThe film on the screen is called so by %1").arg(who);
}

double ConfusionView::shareOf(const ConfusionMatrix &matrix, int truth, int predicted) const
{
    return m_percent == Percent::Row  ? matrix.rowShare(truth, predicted)
        : m_percent == Percent::Total ? matrix.totalShare(truth, predicted)
                                      : matrix.columnShare(truth, predicted);
}

int ConfusionView::whole(const ConfusionMatrix &matrix, int truth, int predicted) const
{
    return m_percent == Percent::Row  ? matrix.rowTotal(truth)
        : m_percent == Percent::Total ? matrix.total()
                                      : matrix.columnTotal(predicted);
}

double ConfusionView::difference(int truth, int predicted) const
{
    return shareOf(m_matrix, truth, predicted) - shareOf(*m_subtracted, truth, predicted);
}

double ConfusionView::widestDifference() const
{
    double widest = leastRange;
    for (int truth = 0; truth < classCount(); ++truth) {
        for (int predicted = 0; predicted < classCount(); ++predicted)
            widest = std::max(widest, std::abs(difference(truth, predicted)));
    }
    return widest;
}

QColor ConfusionView::groundOf(int truth, int predicted) const
{
    if (!m_subtracted)
        return between(theme().surface, theme().accent, shareOf(m_matrix, truth, predicted));
    const double apart = difference(truth, predicted) / widestDifference();
    return between(theme().surface, apart > 0 ? QColor(more) : QColor(less), std::abs(apart));
}

QString ConfusionView::differenceText(int truth, int predicted) const
{
    return tr("%1 points").arg(signedPoints(difference(truth, predicted)));
}

QString ConfusionView::differenceSentence(int truth, int predicted) const
{
    const auto said = [&](const ConfusionMatrix &matrix) {
        return tr("%1 of %2, %3 %")
            .arg(matrix.count(truth, predicted))
            .arg(whole(matrix, truth, predicted))
            .arg(shareOf(matrix, truth, predicted) * 100, 0, 'f', 1);
    };
    return tr("Truly %1, called %2\n%3: %4\n%5: %6\ndifference %7 percentage points")
               .arg(classTitle(m_classes[static_cast<std::size_t>(truth)]),
                    classTitle(m_classes[static_cast<std::size_t>(predicted)]), m_first, said(*m_subtracted),
                    m_second, said(m_matrix), signedPoints(difference(truth, predicted)))
        + filmSentence(truth, predicted);
}

QString ConfusionView::differenceCsv() const
{
    const auto name = [this](int index) {
        return csvField(QString::fromStdString(m_classes[static_cast<std::size_t>(index)]));
    };
    QString text = QStringLiteral("truth,predicted,first_count,second_count,first_share,second_share,"
                                  "difference,networks,software,notice\n");
    for (int truth = 0; truth < classCount(); ++truth) {
        for (int predicted = 0; predicted < classCount(); ++predicted)
            text += QStringList{name(truth),
                                name(predicted),
                                QString::number(m_subtracted->count(truth, predicted)),
                                QString::number(m_matrix.count(truth, predicted)),
                                csvValue(shareOf(*m_subtracted, truth, predicted)),
                                csvValue(shareOf(m_matrix, truth, predicted)),
                                csvValue(difference(truth, predicted))}
                        .join(QLatin1Char(','))
                + csvTail(m_provenance);
    }
    return text;
}

} // namespace hilum::ui
