// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/marks/MarkPainter.h"

#include <QFontInfo>
#include <QFontMetricsF>
#include <QLineF>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace hilum::ui {

namespace {

constexpr double handleRadius = 4;
constexpr double keptClear = 8; // around the ends
constexpr double labelGap = 10;
constexpr int ellipseParts = 90;
constexpr double cornerLetters = 26; // of a line of the corner texts

const QColor edgeColour(0, 0, 0, 190);
const QColor lineColour(0xff, 0xd9, 0x66);
const QColor selectedColour(0x6c, 0xc4, 0xff);
const QColor textColour(0xf2, 0xf2, 0xf2);

QFont labelFont(const MarkScene &scene)
{
    QFont font = scene.font;
    font.setPixelSize(
        std::max(1, static_cast<int>(std::lround(QFontInfo(scene.font).pixelSize() * scene.unit))));
    return font;
}

using Lines = std::vector<QLineF>;

QPolygonF ellipseOf(const MarkScene &scene, const Mark &mark)
{
    const QPointF middle = (mark.points[0] + mark.points[1]) / 2;
    const QPointF radius = (mark.points[1] - mark.points[0]) / 2;
    QPolygonF polygon;
    for (int i = 0; i <= ellipseParts; ++i) {
        const double angle = 2 * std::numbers::pi * i / ellipseParts;
        polygon << scene.toScreen(middle
                                  + QPointF(radius.x() * std::cos(angle), radius.y() * std::sin(angle)));
    }
    return polygon;
}

Lines linesOf(const QPolygonF &polygon)
{
    Lines lines;
    for (qsizetype i = 1; i < polygon.size(); ++i)
        lines.emplace_back(polygon[i - 1], polygon[i]);
    return lines;
}

// All that is drawn of a mark, as lines on the target.
Lines linesOf(const MarkScene &scene, const Mark &mark)
{
    const auto at = [&](std::size_t index) { return scene.toScreen(mark.points[index]); };
    if (mark.points.size() < 2)
        return {};
    switch (mark.kind) {
    case MarkKind::Angle:
        return mark.points.size() < 3 ? Lines{{at(0), at(1)}} : Lines{{at(0), at(1)}, {at(1), at(2)}};
    case MarkKind::Lines:
        return mark.points.size() < 4 ? Lines{{at(0), at(1)}} : Lines{{at(0), at(1)}, {at(2), at(3)}};
    case MarkKind::Rectangle: {
        const QPolygonF polygon(QRectF(mark.points[0], mark.points[1]));
        QPolygonF mapped;
        for (const QPointF &corner : polygon)
            mapped << scene.toScreen(corner);
        return linesOf(mapped);
    }
    case MarkKind::Ellipse:
        return linesOf(ellipseOf(scene, mark));
    case MarkKind::Length:
    case MarkKind::Note:
        break;
    }
    return {{at(0), at(1)}};
}

QRectF boundsOf(const MarkScene &scene, const Mark &mark)
{
    QPolygonF points;
    for (const QLineF &line : linesOf(scene, mark))
        points << line.p1() << line.p2();
    return points.boundingRect();
}

QRectF kept(QRectF label, const QRectF &area)
{
    label.moveLeft(
        std::clamp(label.left(), area.left(), std::max(area.left(), area.right() - label.width())));
    label.moveTop(std::clamp(label.top(), area.top(), std::max(area.top(), area.bottom() - label.height())));
    return label;
}

QRectF around(QPointF middle, QSizeF size)
{
    return {middle - QPointF(size.width() / 2, size.height() / 2), size};
}

bool crosses(const QRectF &rect, const QLineF &line)
{
    if (rect.contains(line.p1()) || rect.contains(line.p2()))
        return true;
    const QPointF corners[]{rect.topLeft(), rect.topRight(), rect.bottomRight(), rect.bottomLeft()};
    for (int i = 0; i < 4; ++i) {
        if (line.intersects(QLineF(corners[i], corners[(i + 1) % 4])) == QLineF::BoundedIntersection)
            return true;
    }
    return false;
}

// Where a label of this size could stand, the best first.
std::vector<QRectF> placesFor(const MarkScene &scene, const Mark &mark, QSizeF size)
{
    const double gap = labelGap * scene.unit;
    std::vector<QRectF> places;
    if (mark.kind == MarkKind::Note) {
        const QPointF tail = scene.toScreen(mark.points[1]);
        const QPointF tip = scene.toScreen(mark.points[0]);
        const bool right = tail.x() >= tip.x();
        places.push_back(around(tail + QPointF((right ? 1 : -1) * (size.width() / 2 + gap), 0), size));
        places.push_back(
            around(tail + QPointF(0, (tail.y() >= tip.y() ? 1 : -1) * (size.height() / 2 + gap)), size));
    }
    if (mark.kind == MarkKind::Length || (mark.kind == MarkKind::Lines && mark.points.size() < 4)) {
        const QLineF line(scene.toScreen(mark.points[0]), scene.toScreen(mark.points[1]));
        if (line.length() > 0) {
            QPointF normal = QPointF(-line.dy(), line.dx()) / line.length();
            if (normal.x() < 0)
                normal = -normal;
            // Far enough that the corner next to the line is clear of it.
            const double reach
                = std::abs(normal.x()) * size.width() / 2 + std::abs(normal.y()) * size.height() / 2 + gap;
            for (const double part : {0.5, 0.3, 0.7})
                for (const double side : {1.0, -1.0})
                    places.push_back(around(line.pointAt(part) + side * reach * normal, size));
        }
    }
    if (mark.kind == MarkKind::Angle && mark.points.size() == 3) {
        // Outside, behind the vertex.
        const QPointF vertex = scene.toScreen(mark.points[1]);
        const QPointF away = 2 * vertex - scene.toScreen(mark.points[0]) - scene.toScreen(mark.points[2]);
        const double length = std::hypot(away.x(), away.y());
        if (length > 0)
            places.push_back(
                around(vertex + away / length * (std::hypot(size.width(), size.height()) / 2 + gap), size));
    }
    const QRectF bounds = boundsOf(scene, mark);
    const QPointF middle = bounds.center();
    places.push_back(around({bounds.right() + gap + size.width() / 2, middle.y()}, size));
    places.push_back(around({bounds.left() - gap - size.width() / 2, middle.y()}, size));
    places.push_back(around({middle.x(), bounds.bottom() + gap + size.height() / 2}, size));
    places.push_back(around({middle.x(), bounds.top() - gap - size.height() / 2}, size));
    places.push_back(
        around({bounds.right() + gap + size.width() / 2, bounds.top() + size.height() / 2}, size));
    places.push_back(
        around({bounds.right() + gap + size.width() / 2, bounds.bottom() - size.height() / 2}, size));
    // A region that fills the view has its label inside.
    places.push_back(around({middle.x(), bounds.top() + gap + size.height() / 2}, size));
    places.push_back(around({middle.x(), bounds.bottom() - gap - size.height() / 2}, size));
    places.push_back(around(middle, size));
    return places;
}

class Placer {
public:
    Placer(const MarkScene &scene, const std::vector<PaintedMark> &marks)
        : m_scene(scene)
        , m_marks(marks)
    {
        if (!scene.cornersTaken)
            return;
        const QFontMetricsF metrics(labelFont(scene));
        const QSizeF text(metrics.averageCharWidth() * cornerLetters, metrics.lineSpacing() * 2);
        m_corners = {QRectF(scene.area.bottomLeft() - QPointF(0, text.height()), text),
                     QRectF(scene.area.bottomRight() - QPointF(text.width(), text.height()), text)};
    }

    QRectF place(const PaintedMark &painted)
    {
        const Mark &mark = painted.mark;
        if (painted.lines.isEmpty() || mark.points.size() < 2)
            return {};
        const double seen = keptClear * m_scene.unit;
        const QRectF bounds = boundsOf(m_scene, mark).adjusted(-seen, -seen, seen, seen);
        if (!bounds.intersects(m_scene.area))
            return {};
        const QFontMetricsF metrics(labelFont(m_scene));
        QSizeF size(0, metrics.lineSpacing() * static_cast<double>(painted.lines.size()));
        for (const QString &line : painted.lines)
            size.setWidth(std::max(size.width(), metrics.horizontalAdvance(line)));
        size += QSizeF(4, 2) * m_scene.unit;
        QRectF chosen;
        if (mark.labelOffset) {
            chosen = kept(around(m_scene.toScreen(middleOf(mark) + *mark.labelOffset), size), m_scene.area);
        } else {
            double best = std::numeric_limits<double>::max();
            for (const QRectF &wish : placesFor(m_scene, mark, size)) {
                const QRectF here = kept(wish, m_scene.area);
                const double bad = badness(here, wish, mark);
                if (bad < best) {
                    best = bad;
                    chosen = here;
                }
                if (bad <= 0)
                    break;
            }
        }
        m_taken.push_back(chosen);
        return chosen;
    }

private:
    double badness(const QRectF &here, const QRectF &wish, const Mark &mark) const
    {
        double bad = QLineF(here.center(), wish.center()).length() / m_scene.unit * 0.01;
        const double clear = keptClear * m_scene.unit;
        for (const QPointF &point : mark.points) {
            if (here.adjusted(-clear, -clear, clear, clear).contains(m_scene.toScreen(point)))
                bad += 1000;
        }
        for (const QLineF &line : linesOf(m_scene, mark)) {
            if (crosses(here, line)) {
                bad += 100;
                break;
            }
        }
        for (const QRectF &taken : m_taken) {
            if (taken.intersects(here))
                bad += 300;
        }
        for (const QRectF &corner : m_corners) {
            if (corner.intersects(here))
                bad += 120;
        }
        for (const PaintedMark &other : m_marks) {
            if (&other.mark == &mark)
                continue;
            const Lines lines = linesOf(m_scene, other.mark);
            if (std::ranges::any_of(lines, [&](const QLineF &line) { return crosses(here, line); }))
                bad += 50;
        }
        return bad;
    }

    const MarkScene &m_scene;
    const std::vector<PaintedMark> &m_marks;
    std::vector<QRectF> m_corners;
    std::vector<QRectF> m_taken;
};

void drawText(QPainter &painter, const MarkScene &scene, const QRectF &rect, const QStringList &lines)
{
    const QString text = lines.join(QLatin1Char('\n'));
    const double edge = scene.unit;
    painter.setFont(labelFont(scene));
    painter.setPen(edgeColour);
    for (const double x : {-edge, 0.0, edge}) {
        for (const double y : {-edge, 0.0, edge}) {
            if (x != 0 || y != 0)
                painter.drawText(rect.translated(x, y), Qt::AlignCenter, text);
        }
    }
    painter.setPen(textColour);
    painter.drawText(rect, Qt::AlignCenter, text);
}

void strokeTwice(QPainter &painter, const MarkScene &scene, const QPainterPath &path, const QColor &colour,
                 double width)
{
    painter.setBrush(Qt::NoBrush);
    for (const auto &[stroke, extra] : {std::pair(edgeColour, 2.5), std::pair(colour, 0.0)}) {
        QPen pen(stroke, (width + extra) * scene.unit);
        pen.setCapStyle(Qt::RoundCap);
        pen.setJoinStyle(Qt::RoundJoin);
        painter.setPen(pen);
        painter.drawPath(path);
    }
}

void addTicks(QPainterPath &path, const MarkScene &scene, const QLineF &line)
{
    if (line.length() <= 0)
        return;
    const QPointF across = QPointF(-line.dy(), line.dx()) / line.length() * 5 * scene.unit;
    for (const QPointF &end : {line.p1(), line.p2()}) {
        path.moveTo(end - across);
        path.lineTo(end + across);
    }
}

void addArrow(QPainterPath &path, const MarkScene &scene, QPointF tip, QPointF tail)
{
    const QLineF shaft(tip, tail);
    if (shaft.length() <= 0)
        return;
    for (const double turn : {-25.0, 25.0}) {
        QLineF barb = shaft;
        barb.setLength(11 * scene.unit);
        barb.setAngle(shaft.angle() + turn);
        path.moveTo(barb.p1());
        path.lineTo(barb.p2());
    }
}

void addArc(QPainterPath &path, const MarkScene &scene, const Mark &mark)
{
    const QLineF first(scene.toScreen(mark.points[1]), scene.toScreen(mark.points[0]));
    const QLineF second(scene.toScreen(mark.points[1]), scene.toScreen(mark.points[2]));
    const double radius = std::min({24 * scene.unit, first.length() / 2, second.length() / 2});
    double sweep = second.angle() - first.angle();
    sweep += sweep > 180 ? -360 : sweep < -180 ? 360 : 0;
    const QRectF circle(first.p1() - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius));
    path.arcMoveTo(circle, first.angle());
    path.arcTo(circle, first.angle(), sweep);
}

void paintMark(QPainter &painter, const MarkScene &scene, const PaintedMark &painted, const QRectF &label)
{
    const Mark &mark = painted.mark;
    if (mark.points.size() < 2)
        return;
    QPainterPath path;
    for (const QLineF &line : linesOf(scene, mark)) {
        if (path.isEmpty() || path.currentPosition() != line.p1())
            path.moveTo(line.p1());
        path.lineTo(line.p2());
    }
    if (mark.kind == MarkKind::Length)
        addTicks(path, scene, linesOf(scene, mark).front());
    if (mark.kind == MarkKind::Note)
        addArrow(path, scene, scene.toScreen(mark.points[0]), scene.toScreen(mark.points[1]));
    if (mark.kind == MarkKind::Angle && mark.points.size() == 3)
        addArc(path, scene, mark);
    const QColor colour = painted.isSelected ? selectedColour : lineColour;
    strokeTwice(painter, scene, path, colour, painted.isHovered || painted.isSelected ? 2.6 : 2);

    if (!label.isNull() && mark.labelOffset) {
        QPainterPath lead;
        const QPointF middle = scene.toScreen(middleOf(mark));
        const QPointF from(std::clamp(middle.x(), label.left(), label.right()),
                           std::clamp(middle.y(), label.top(), label.bottom()));
        if (QLineF(from, middle).length() > 3 * labelGap * scene.unit) {
            lead.moveTo(from);
            lead.lineTo(middle);
            QPen pen(QColor(textColour.red(), textColour.green(), textColour.blue(), 150), scene.unit,
                     Qt::DotLine);
            painter.setPen(pen);
            painter.drawPath(lead);
        }
    }
    if (painted.isSelected && mark.kind == MarkKind::Ellipse) {
        // What its handles hold on to.
        painter.setPen(QPen(selectedColour, scene.unit, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(scene.toScreen(mark.points[0]), scene.toScreen(mark.points[1])));
    }
    if (painted.isSelected) {
        painter.setPen(QPen(edgeColour, scene.unit));
        painter.setBrush(selectedColour);
        const double radius = handleRadius * scene.unit;
        for (const QPointF &point : mark.points)
            painter.drawEllipse(scene.toScreen(point), radius, radius);
    }
    if (!label.isNull())
        drawText(painter, scene, label, painted.lines);
}

} // namespace

std::vector<QRectF> layLabels(const MarkScene &scene, const std::vector<PaintedMark> &marks)
{
    Placer placer(scene, marks);
    std::vector<QRectF> labels;
    labels.reserve(marks.size());
    for (const PaintedMark &mark : marks)
        labels.push_back(placer.place(mark));
    return labels;
}

void paintMarks(QPainter &painter, const MarkScene &scene, const std::vector<PaintedMark> &marks)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const std::vector<QRectF> labels = layLabels(scene, marks);
    for (std::size_t i = 0; i < marks.size(); ++i)
        paintMark(painter, scene, marks[i], labels[i]);
    painter.restore();
}

double distanceTo(const MarkScene &scene, const Mark &mark, QPointF point)
{
    double nearest = std::numeric_limits<double>::max();
    for (const QLineF &line : linesOf(scene, mark)) {
        const QPointF along = line.p2() - line.p1();
        const double length = QPointF::dotProduct(along, along);
        const double part
            = length > 0 ? std::clamp(QPointF::dotProduct(point - line.p1(), along) / length, 0.0, 1.0) : 0;
        nearest = std::min(nearest, QLineF(point, line.pointAt(part)).length());
    }
    return nearest;
}

} // namespace hilum::ui
