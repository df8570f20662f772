// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/PeopleGrid.h"

#include "ui/plots/PlotCsv.h"
#include "ui/plots/PlotPainting.h"

#include <QLocale>
#include <QPainter>
#include <QPixmap>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

constexpr int gap = 8;
constexpr QRgb alarm = 0xffe69f00;

enum GroupOf { Found, Missed, FalseAlarm, Spared };

} // namespace

PeopleGrid::PeopleGrid(QWidget *parent)
    : PlotSurface(parent)
{
}

void PeopleGrid::setPeople(const People &people)
{
    m_people = people;
    setAccessibleName(title());
    setAccessibleDescription(sentence());
    update();
}

QString PeopleGrid::title() const { return tr("Of 1,000 people"); }

QString PeopleGrid::sentence() const
{
    const int called = m_people.found + m_people.falseAlarms;
    return tr("%1 have %2; %3 are called so, %4 of them rightly")
        .arg(QString::number(m_people.found + m_people.missed), m_people.of, QString::number(called),
             QString::number(m_people.found));
}

std::array<PeopleGrid::Group, 4> PeopleGrid::groups() const
{
    return {{{tr("found"), m_people.found},
             {tr("missed"), m_people.missed},
             {tr("false alarms"), m_people.falseAlarms},
             {tr("rightly left alone"), m_people.spared}}};
}

QString PeopleGrid::csv() const
{
    QString text = QStringLiteral("group,people_of_1000,class,who,software,notice\n");
    for (const Group &group : groups())
        text += QStringList{csvField(group.words), QString::number(group.count), csvField(m_people.of)}.join(
                    QLatin1Char(','))
            + csvTail(m_people.provenance);
    return text;
}

void PeopleGrid::paintFigure(QPainter &painter, const QRectF &place, int group) const
{
    const QColor colour = group == Found || group == Missed ? m_people.colour
        : group == FalseAlarm                               ? QColor(alarm)
                                                            : theme().line;
    const bool isFilled = group != Missed;
    painter.setPen(isFilled ? QPen(Qt::NoPen) : QPen(colour, std::max(1.0, place.width() * 0.14)));
    painter.setBrush(isFilled ? QBrush(colour) : QBrush(Qt::NoBrush));
    const double head = std::min(place.width(), place.height()) * 0.42;
    const QPointF neck(place.center().x(), place.top() + head);
    painter.drawEllipse(QPointF(neck.x(), place.top() + head / 2), head / 2, head / 2);
    const double half = place.width() * 0.38;
    painter.drawRoundedRect(
        QRectF(neck.x() - half, neck.y() + place.height() * 0.04, 2 * half, place.height() * 0.5), half * 0.7,
        half * 0.7);
}

void PeopleGrid::paint(QPainter &painter, QRect bounds, bool asPixels) const
{
    if (m_people.all() == 0)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font());
    const int line = painter.fontMetrics().height();
    const QRect grid = bounds.adjusted(0, 0, 0, -2 * line - gap);
    // As many columns as make the figures about as wide as two thirds of their height.
    constexpr double shape = 0.72;
    int rows = 20;
    double best = 0;
    for (int tried = 10; tried <= 40; ++tried) {
        const int columns = (1000 + tried - 1) / tried;
        const double size = std::min(grid.width() / static_cast<double>(columns) / shape,
                                     grid.height() / static_cast<double>(tried));
        if (size > best) {
            best = size;
            rows = tried;
        }
    }
    const double height = best;
    const double width = best * shape;
    const auto all = groups();
    // On the screen each kind of figure is drawn once and laid down a thousand times; in a file all are
    // lines.
    const double scale = devicePixelRatioF();
    std::array<QPixmap, 4> figures;
    for (int group = 0; asPixels && group < 4; ++group) {
        QPixmap &figure = figures[static_cast<std::size_t>(group)];
        figure = QPixmap((QSizeF(width, height) * scale).toSize().expandedTo({1, 1}));
        figure.setDevicePixelRatio(scale);
        figure.fill(Qt::transparent);
        QPainter once(&figure);
        once.setRenderHint(QPainter::Antialiasing);
        paintFigure(
            once,
            QRectF(0, 0, width, height).adjusted(width * 0.08, height * 0.06, -width * 0.08, -height * 0.06),
            group);
    }
    int person = 0;
    for (int group = 0; group < 4; ++group) {
        for (int i = 0; i < all[static_cast<std::size_t>(group)].count; ++i, ++person) {
            const QRectF cell(grid.left() + (person / rows) * width, grid.top() + (person % rows) * height,
                              width, height);
            if (asPixels) {
                painter.drawPixmap(cell.topLeft(), figures[static_cast<std::size_t>(group)]);
                continue;
            }
            paintFigure(painter, cell.adjusted(width * 0.08, height * 0.06, -width * 0.08, -height * 0.06),
                        group);
        }
    }
    int x = bounds.left();
    const int top = bounds.bottom() - 2 * line;
    for (int group = 0; group < 4; ++group) {
        paintFigure(painter, QRectF(x, top + 2, line * 0.6, line - 2), group);
        const QString words = QStringLiteral("%1 %2")
                                  .arg(all[static_cast<std::size_t>(group)].count)
                                  .arg(all[static_cast<std::size_t>(group)].words);
        painter.setPen(theme().text);
        const int advance = painter.fontMetrics().horizontalAdvance(words);
        painter.drawText(QRect(x + line, top, advance + 2, line), Qt::AlignLeft | Qt::AlignVCenter, words);
        x += line + advance + 2 * gap;
    }
    painter.setPen(theme().muted);
    painter.drawText(QRect(bounds.left(), top + line, bounds.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(sentence(), Qt::ElideRight, bounds.width()));
    painter.restore();
}

void PeopleGrid::paintPlot(QPainter &painter, QSize size) { paint(painter, QRect({0, 0}, size), false); }

void PeopleGrid::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().background);
    paintTitle(painter, rect().adjusted(gap, gap / 2, -gap, 0), title(), font(), theme());
    paint(painter, rect().adjusted(gap, gap + QFontMetrics(titleFont(font())).height(), -gap, -2), true);
}

} // namespace hilum::ui
