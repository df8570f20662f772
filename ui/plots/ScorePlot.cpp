// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/ScorePlot.h"

#include "ui/plots/ClassNames.h"
#include "ui/plots/PlotCsv.h"
#include "ui/plots/PlotPainting.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

constexpr int gap = 8;
constexpr int mostRowHeight = 22;
constexpr double boxShare = 0.55; // of the height, at most

std::size_t at(int index) { return static_cast<std::size_t>(index); }

QString two(double value) { return QString::number(value, 'f', 2); }

} // namespace

ScorePlot::ScorePlot(QWidget *parent)
    : PlotSurface(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

void ScorePlot::setFigure(ScoreFigure figure)
{
    m_figure = std::move(figure);
    m_current = {0, 0};
    setAccessibleName(m_figure.title);
    update();
}

void ScorePlot::setShowsBoxes(bool shows)
{
    m_showsBoxes = shows;
    update();
}

void ScorePlot::setThreshold(std::optional<double> threshold)
{
    m_threshold = threshold;
    update();
}

void ScorePlot::setFilm(std::optional<double> probability, int truth, const std::string &source)
{
    m_film = probability;
    m_filmTruth = truth;
    m_filmSource = source;
    update();
}

int ScorePlot::barCount() const
{
    return m_figure.bars.empty() ? 0 : static_cast<int>(m_figure.bars.front().size());
}

QString ScorePlot::barSentence(int truth, int bar) const
{
    const auto &bars = m_figure.bars[at(truth)];
    int all = 0;
    for (const int films : bars)
        all += films;
    return tr("%1 of %2 films that are truly %3 have p(%4) from %5 to %6")
        .arg(QString::number(bars[at(bar)]), QString::number(all), classTitle(m_figure.classes[at(truth)]),
             m_figure.of, two(static_cast<double>(bar) / barCount()),
             two(static_cast<double>(bar + 1) / barCount()));
}

QString ScorePlot::boxSentence(int box) const
{
    const ScoreBox &one = m_figure.boxes[at(box)];
    const QString source = one.source.empty() ? QString() : QString::fromStdString(", " + one.source);
    return tr("%1%2: %3 films\np(%4): median %5, half of them from %6 to %7, mean %8\nleast %9, most %10, "
              "outside the whiskers: %11")
        .arg(classTitle(m_figure.classes[at(one.truth)]), source)
        .arg(one.box.films)
        .arg(m_figure.of, two(one.box.median), two(one.box.lowQuartile), two(one.box.highQuartile),
             two(one.box.mean), two(one.box.least))
        .arg(two(one.box.most))
        .arg(one.box.outside);
}

QString ScorePlot::csv() const
{
    const QString tail = csvTail(m_figure.provenance);
    QString text
        = QStringLiteral("kind,truth,source,low,high,films,mean,least,low_whisker,low_quartile,median,"
                         "high_quartile,high_whisker,most,outside,network,software,notice\n");
    for (std::size_t c = 0; c < m_figure.bars.size(); ++c) {
        const double count = static_cast<double>(m_figure.bars[c].size());
        for (std::size_t i = 0; i < m_figure.bars[c].size(); ++i)
            text += QStringLiteral("bar,%1,,%2,%3,%4,,,,,,,,,")
                        .arg(csvField(QString::fromStdString(m_figure.classes[c])),
                             csvValue(static_cast<double>(i) / count),
                             csvValue(static_cast<double>(i + 1) / count))
                        .arg(m_figure.bars[c][i])
                + tail;
    }
    for (const ScoreBox &one : m_figure.boxes) {
        const BoxFigures &b = one.box;
        QStringList row{QStringLiteral("box"),
                        csvField(QString::fromStdString(m_figure.classes[at(one.truth)])),
                        csvField(QString::fromStdString(one.source)),
                        {},
                        {},
                        QString::number(b.films)};
        for (const double value :
             {b.mean, b.least, b.lowWhisker, b.lowQuartile, b.median, b.highQuartile, b.highWhisker, b.most})
            row << csvValue(value);
        row << QString::number(b.outside);
        text += row.join(QLatin1Char(',')) + tail;
    }
    return text;
}

QRect ScorePlot::bounds() const
{
    return rect().adjusted(gap, gap + QFontMetrics(titleFont(font())).height(), -gap, -gap);
}

ScorePlot::Layout ScorePlot::layOut(QRect bounds) const
{
    Layout layout;
    const int line = QFontMetrics(font()).height();
    const int axis = 2 * line + 4;
    int left = 0;
    for (const std::string &label : m_figure.classes)
        left = std::max(left, QFontMetrics(font()).horizontalAdvance(classTitle(label)) + 2 * gap);
    for (const ScoreBox &box : m_showsBoxes ? m_figure.boxes : std::vector<ScoreBox>())
        left = std::max(left,
                        QFontMetrics(font()).horizontalAdvance(QString::fromStdString(box.source)) + 3 * gap);
    left = std::clamp(left, 60, bounds.width() / 3);
    const int boxes = m_showsBoxes ? static_cast<int>(m_figure.boxes.size()) : 0;
    const int wanted = boxes * mostRowHeight;
    const int boxRoom = std::min(wanted, static_cast<int>((bounds.height() - axis) * boxShare));
    layout.rowHeight = boxes > 0 ? boxRoom / boxes : 0;
    layout.bars = QRect(bounds.left() + left, bounds.top(), bounds.width() - left - gap,
                        bounds.height() - axis - layout.rowHeight * boxes);
    layout.barHeight = classCount() > 0 ? layout.bars.height() / classCount() : 0;
    layout.boxes = QRect(layout.bars.left(), layout.bars.bottom() + axis, layout.bars.width(),
                         layout.rowHeight * boxes);
    return layout;
}

double ScorePlot::across(const QRect &area, double probability) const
{
    return area.left() + probability * area.width();
}

QRect ScorePlot::barIn(const Layout &layout, int truth, int bar) const
{
    int most = 1;
    for (const auto &bars : m_figure.bars)
        most = std::max(most, *std::ranges::max_element(bars));
    const int films = m_figure.bars[at(truth)][at(bar)];
    const int room = layout.barHeight - 4;
    const int height = films == 0
        ? 0
        : std::max(2, static_cast<int>(std::lround(room * std::sqrt(static_cast<double>(films) / most))));
    const int bottom = layout.bars.top() + (truth + 1) * layout.barHeight - 1;
    const int x1 = static_cast<int>(across(layout.bars, static_cast<double>(bar) / barCount()));
    const int x2 = static_cast<int>(across(layout.bars, static_cast<double>(bar + 1) / barCount()));
    return {x1 + 1, bottom - height + 1, x2 - x1 - 1, height};
}

QRect ScorePlot::boxIn(const Layout &layout, int box) const
{
    return {layout.boxes.left(), layout.boxes.top() + box * layout.rowHeight, layout.boxes.width(),
            layout.rowHeight};
}

QRect ScorePlot::barRect(int truth, int bar) const { return barIn(layOut(bounds()), truth, bar); }
QRect ScorePlot::boxRect(int box) const { return boxIn(layOut(bounds()), box); }

void ScorePlot::paintBars(QPainter &painter, const Layout &layout) const
{
    for (int truth = 0; truth < classCount(); ++truth) {
        const std::string &label = m_figure.classes[at(truth)];
        const int top = layout.bars.top() + truth * layout.barHeight;
        painter.setPen(QPen(theme().line, 1));
        painter.drawLine(layout.bars.left(), top + layout.barHeight, layout.bars.right(),
                         top + layout.barHeight);
        const QRect name(0, top, layout.bars.left() - gap, layout.barHeight);
        painter.setPen(theme().text);
        painter.drawText(
            name, Qt::AlignRight | Qt::AlignBottom,
            painter.fontMetrics().elidedText(classTitle(label), Qt::ElideRight, name.width() - gap));
        for (int bar = 0; bar < barCount(); ++bar)
            painter.fillRect(barIn(layout, truth, bar), classColour(label, truth));
    }
    painter.setPen(theme().muted);
    const int line = painter.fontMetrics().height();
    const int below = layout.bars.bottom() + 3;
    for (const double tick : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        const double x = across(layout.bars, tick);
        painter.drawText(QRectF(x - 30, below, 60, line), Qt::AlignHCenter, QString::number(tick));
    }
    painter.drawText(QRect(layout.bars.left(), below + line - 2, layout.bars.width(), line), Qt::AlignCenter,
                     tr("p(%1); height: root of the number of films").arg(m_figure.of));
}

void ScorePlot::paintBoxes(QPainter &painter, const Layout &layout) const
{
    for (int i = 0; m_showsBoxes && i < static_cast<int>(m_figure.boxes.size()); ++i) {
        const ScoreBox &one = m_figure.boxes[at(i)];
        const QRect row = boxIn(layout, i);
        const QColor colour = classColour(m_figure.classes[at(one.truth)], one.truth);
        const double middle = row.center().y();
        const double half = std::max(2.0, row.height() * 0.28);
        painter.setPen(QPen(colour, 1.4));
        painter.setBrush(Qt::NoBrush);
        painter.drawLine(QPointF(across(row, one.box.lowWhisker), middle),
                         QPointF(across(row, one.box.lowQuartile), middle));
        painter.drawLine(QPointF(across(row, one.box.highQuartile), middle),
                         QPointF(across(row, one.box.highWhisker), middle));
        painter.drawRect(QRectF(QPointF(across(row, one.box.lowQuartile), middle - half),
                                QPointF(across(row, one.box.highQuartile), middle + half)));
        painter.setPen(QPen(colour, 3));
        painter.drawLine(QPointF(across(row, one.box.median), middle - half),
                         QPointF(across(row, one.box.median), middle + half));
        painter.setBrush(colour);
        painter.setPen(Qt::NoPen);
        painter.drawEllipse(QPointF(across(row, one.box.mean), middle), 2.5, 2.5);
        const QString name = one.source.empty() ? classTitle(m_figure.classes[at(one.truth)])
                                                : QString::fromStdString(one.source);
        painter.setPen(theme().muted);
        const QRect place(0, row.top(), row.left() - gap, row.height());
        QFont small = painter.font();
        small.setPixelSize(std::clamp(row.height() * 7 / 10, 8, QFontInfo(font()).pixelSize()));
        painter.save();
        painter.setFont(small);
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(name, Qt::ElideMiddle, place.width() - gap));
        painter.restore();
    }
}

void ScorePlot::paintMarks(QPainter &painter, const Layout &layout) const
{
    const auto upright = [&](double p, const QColor &colour, Qt::PenStyle style) {
        painter.setPen(QPen(colour, 1.6, style));
        painter.drawLine(QPointF(across(layout.bars, p), layout.bars.top()),
                         QPointF(across(layout.bars, p), layout.bars.bottom()));
    };
    if (m_threshold && *m_threshold <= 1)
        upright(*m_threshold, theme().accent, Qt::DashLine);
    if (!m_film)
        return;
    upright(*m_film, theme().text, Qt::SolidLine);
    const QString words = tr("this film %1").arg(two(*m_film));
    const int width = painter.fontMetrics().horizontalAdvance(words) + 8;
    const double x = across(layout.bars, *m_film);
    const bool isRight = x + width > layout.bars.right();
    painter.drawText(QRectF(isRight ? x - width : x + 4, layout.bars.top(), width, 40),
                     (isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop, words);
    for (int i = 0; m_showsBoxes && i < static_cast<int>(m_figure.boxes.size()); ++i) {
        const ScoreBox &one = m_figure.boxes[at(i)];
        if (one.truth != m_filmTruth || one.source != m_filmSource)
            continue;
        const QRect row = boxIn(layout, i);
        painter.setBrush(theme().background);
        painter.setPen(QPen(theme().text, 2));
        painter.drawEllipse(QPointF(across(row, *m_film), row.center().y()), 4.5, 4.5);
    }
}

void ScorePlot::paint(QPainter &painter, QRect bounds, bool withMarks) const
{
    painter.setFont(font());
    if (m_figure.isEmpty()) {
        painter.setPen(theme().muted);
        painter.drawText(bounds, Qt::AlignCenter | Qt::TextWordWrap, tr("No films"));
        return;
    }
    const Layout layout = layOut(bounds);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    paintBars(painter, layout);
    paintBoxes(painter, layout);
    if (withMarks)
        paintMarks(painter, layout);
    painter.restore();
}

void ScorePlot::paintPlot(QPainter &painter, QSize size) { paint(painter, QRect({0, 0}, size), true); }

void ScorePlot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().background);
    paintTitle(painter, rect().adjusted(gap, gap / 2, -gap, 0), m_figure.title, font(), theme());
    paint(painter, bounds(), true);
    if (hasFocus() && !m_figure.isEmpty()) {
        painter.setPen(QPen(theme().text, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rectOf(m_current).adjusted(-1, -1, 1, 1));
    }
}

std::optional<ScorePlot::Item> ScorePlot::itemAt(QPoint point) const
{
    if (m_figure.isEmpty())
        return std::nullopt;
    const Layout layout = layOut(bounds());
    for (int truth = 0; truth < classCount(); ++truth) {
        for (int bar = 0; bar < barCount(); ++bar) {
            // A short bar is hard to hit: the place above it counts, too.
            QRect place = barIn(layout, truth, bar);
            place.setTop(std::min(place.top(), place.bottom() - 10));
            if (m_figure.bars[at(truth)][at(bar)] > 0 && place.adjusted(-1, 0, 1, 1).contains(point))
                return Item{truth, bar};
        }
    }
    for (int box = 0; m_showsBoxes && box < static_cast<int>(m_figure.boxes.size()); ++box) {
        QRect row = boxIn(layout, box);
        row.setLeft(0);
        if (row.contains(point))
            return Item{-1, box};
    }
    return std::nullopt;
}

QRect ScorePlot::rectOf(const Item &item) const
{
    return item.truth < 0 ? boxRect(item.place) : barRect(item.truth, item.place);
}

QString ScorePlot::sentenceOf(const Item &item) const
{
    return item.truth < 0 ? boxSentence(item.place) : barSentence(item.truth, item.place);
}

void ScorePlot::activate(const Item &item)
{
    if (item.truth < 0)
        Q_EMIT boxActivated(item.place);
    else
        Q_EMIT barActivated(item.truth, item.place);
}

bool ScorePlot::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return PlotSurface::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    if (const auto item = itemAt(help->pos()))
        QToolTip::showText(help->globalPos(), sentenceOf(*item), this, rectOf(*item).adjusted(-2, -2, 2, 2));
    else
        QToolTip::hideText();
    return true;
}

void ScorePlot::mouseMoveEvent(QMouseEvent *event)
{
    setCursor(itemAt(event->position().toPoint()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void ScorePlot::mousePressEvent(QMouseEvent *event)
{
    const auto item = itemAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !item)
        return;
    moveTo(*item);
    activate(*item);
}

void ScorePlot::moveTo(Item item)
{
    m_current = item;
    setAccessibleDescription(sentenceOf(item));
    update();
}

void ScorePlot::keyPressEvent(QKeyEvent *event)
{
    if (m_figure.isEmpty())
        return PlotSurface::keyPressEvent(event);
    const int boxes = m_showsBoxes ? static_cast<int>(m_figure.boxes.size()) : 0;
    Item next = m_current;
    const bool isBox = next.truth < 0;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (!isBox)
            next.place = std::clamp(next.place + (event->key() == Qt::Key_Left ? -1 : 1), 0, barCount() - 1);
        break;
    case Qt::Key_Up:
        if (isBox)
            next = next.place > 0 ? Item{-1, next.place - 1} : Item{classCount() - 1, 0};
        else
            next.truth = std::max(0, next.truth - 1);
        break;
    case Qt::Key_Down:
        if (isBox)
            next.place = std::min(boxes - 1, next.place + 1);
        else if (next.truth + 1 < classCount())
            ++next.truth;
        else if (boxes > 0)
            next = {-1, 0};
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        return activate(m_current);
    default:
        return PlotSurface::keyPressEvent(event);
    }
    moveTo(next);
    const QRect place = rectOf(next);
    QToolTip::showText(mapToGlobal(place.isValid() ? place.center() : place.topLeft()), sentenceOf(next),
                       this);
}

void ScorePlot::focusInEvent(QFocusEvent *event)
{
    PlotSurface::focusInEvent(event);
    update();
}

void ScorePlot::focusOutEvent(QFocusEvent *event)
{
    PlotSurface::focusOutEvent(event);
    update();
}

} // namespace hilum::ui
