// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/marks/Mark.h"

#include <algorithm>
#include <cassert>

namespace hilum::ui {

namespace {

constexpr double apart = 1e-6;

bool areApart(QPointF one, QPointF other) { return (one - other).manhattanLength() > apart; }

} // namespace

void Mark::moveBy(QPointF step)
{
    for (QPointF &point : points)
        point += step;
}

const Mark *FilmMarks::find(int id) const
{
    const auto found = std::ranges::find(marks, id, &Mark::id);
    return found == marks.end() ? nullptr : &*found;
}

Mark *FilmMarks::find(int id)
{
    const auto found = std::ranges::find(marks, id, &Mark::id);
    return found == marks.end() ? nullptr : &*found;
}

int FilmMarks::nextId() const
{
    int highest = 0;
    for (const Mark &mark : marks)
        highest = std::max(highest, mark.id);
    return highest + 1;
}

int FilmMarks::nextNumber(MarkKind kind) const
{
    int highest = 0;
    for (const Mark &mark : marks)
        highest = mark.kind == kind ? std::max(highest, mark.number) : highest;
    return highest + 1;
}

std::size_t pointsOf(MarkKind kind) { return kind == MarkKind::Angle ? 3 : kind == MarkKind::Lines ? 4 : 2; }

bool isRegion(MarkKind kind) { return kind == MarkKind::Rectangle || kind == MarkKind::Ellipse; }

const char *keyOf(MarkKind kind)
{
    switch (kind) {
    case MarkKind::Length:
        return "length";
    case MarkKind::Angle:
        return "angle";
    case MarkKind::Lines:
        return "lines";
    case MarkKind::Rectangle:
        return "rectangle";
    case MarkKind::Ellipse:
        return "ellipse";
    case MarkKind::Note:
        break;
    }
    return "note";
}

QPointF middleOf(const Mark &mark)
{
    QPointF sum;
    for (const QPointF &point : mark.points)
        sum += point;
    return mark.points.empty() ? sum : sum / static_cast<double>(mark.points.size());
}

Region regionOf(const Mark &mark)
{
    assert(isRegion(mark.kind) && mark.points.size() == 2);
    return {mark.kind == MarkKind::Ellipse ? RegionShape::Ellipse : RegionShape::Rectangle,
            toPoint(mark.points[0]), toPoint(mark.points[1])};
}

bool isEmpty(const Mark &mark)
{
    const auto &points = mark.points;
    if (points.size() < pointsOf(mark.kind))
        return true;
    switch (mark.kind) {
    case MarkKind::Angle:
        return !areApart(points[0], points[1]) || !areApart(points[1], points[2]);
    case MarkKind::Lines:
        return !areApart(points[0], points[1]) || !areApart(points[2], points[3]);
    case MarkKind::Rectangle:
    case MarkKind::Ellipse:
        return std::abs(points[0].x() - points[1].x()) <= apart
            || std::abs(points[0].y() - points[1].y()) <= apart;
    case MarkKind::Length:
    case MarkKind::Note:
        break;
    }
    return !areApart(points[0], points[1]);
}

} // namespace hilum::ui
