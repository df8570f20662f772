// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MarkPainter: draws marks and their labels over a film, on a screen or on a picture of any size.
//
// A label stands beside its mark, never over its ends, inside the area, and off the labels drawn before it,
// as far as there is room. A label that was moved stays where it was put, and a line leads to its mark.
//
// Units:   target pixels by `transform`; `unit` is how many of them a logical pixel of the window takes: the
//          screen's scale factor, or what makes lines and text fit a picture of thousands of pixels.
// Errors:  none.
// Threads: any; fonts are values.
#pragma once

#include "ui/marks/Mark.h"
#include "ui/viewer/ViewTransform.h"

#include <QFont>
#include <QPainter>
#include <QStringList>

#include <vector>

namespace hilum::ui {

struct PaintedMark {
    Mark mark;
    QStringList lines; // of its label
    bool isSelected = false;
    bool isHovered = false;
};

struct MarkScene {
    ViewTransform transform;
    QRectF area; // labels stay inside
    double unit = 1;
    QFont font; // of the labels, in logical pixels or points
    bool cornersTaken = false; // by texts in the lower corners

    QPointF toScreen(QPointF film) const { return transform.toScreen(film); }
};

// Where each label stands, in the order of the marks; null where there is none.
[[nodiscard]] std::vector<QRectF> layLabels(const MarkScene &scene, const std::vector<PaintedMark> &marks);

void paintMarks(QPainter &painter, const MarkScene &scene, const std::vector<PaintedMark> &marks);

// How far a point is from what is drawn of a mark, label aside, in target pixels.
[[nodiscard]] double distanceTo(const MarkScene &scene, const Mark &mark, QPointF point);

} // namespace hilum::ui
