// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Mark: what a person drew on a film: a length, an angle, a region, a note.
//
// A plain value, so that it can be undone, copied and one day written to a file: a kind with a stable name,
// points, a text. Everything that can be measured from it is worked out, never kept.
//
// Shape:   points in the order in which they were drawn: Length 2 ends; Angle end, vertex, end; Lines 2 ends
//          of each; Rectangle and Ellipse 2 opposite corners; Note the tip and where its text stands.
// Units:   film pixels, (0, 0) at the outer corner of the top left one.
// Errors:  none.
// Threads: a value.
#pragma once

#include "core/measure/Region.h"

#include <QPointF>
#include <QRectF>
#include <QString>

#include <optional>
#include <vector>

namespace hilum::ui {

enum class MarkKind { Length, Angle, Lines, Rectangle, Ellipse, Note };

struct Mark {
    int id = 0; // unique in its film
    MarkKind kind = MarkKind::Length;
    int number = 1; // counts the marks of this kind: "Length 2"
    int frame = 0; // of the film, where it is shown
    std::vector<QPointF> points;
    QString text; // of a note
    std::optional<QPointF> labelOffset; // from the middle of its points, when it was moved by hand

    bool operator==(const Mark &) const = default;

    void moveBy(QPointF step);
};

struct FilmMarks {
    std::vector<Mark> marks; // bottom to top
    std::optional<Scale> byHand; // calibrated against a known length

    bool operator==(const FilmMarks &) const = default;

    const Mark *find(int id) const;
    Mark *find(int id);
    int nextId() const;
    int nextNumber(MarkKind kind) const;
};

[[nodiscard]] std::size_t pointsOf(MarkKind kind);
[[nodiscard]] bool isRegion(MarkKind kind);
[[nodiscard]] const char *keyOf(MarkKind kind); // stable, for files: "length"

[[nodiscard]] QPointF middleOf(const Mark &mark);
[[nodiscard]] Region regionOf(const Mark &mark); // of a Rectangle or Ellipse
[[nodiscard]] inline FilmPoint toPoint(QPointF point) { return {point.x(), point.y()}; }

// Nothing to measure: ends that are not apart, a region without area.
[[nodiscard]] bool isEmpty(const Mark &mark);

} // namespace hilum::ui
