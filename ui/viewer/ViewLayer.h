// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ViewLayer: something that lies over the film in a view and may take the hand: marks, a region.
//
// A view asks its layers, topmost first, whether a press is theirs; the one that says yes has the drag
// until the release. Layers are painted in order, above the film and its maps, below the corner texts.
//
// Units:   screen points are device pixels of the view, film points are film pixels (ViewTransform).
// Errors:  none.
// Threads: UI thread.
#pragma once

#include "ui/viewer/ViewTransform.h"

#include <QCursor>
#include <QPointF>
#include <Qt>

#include <optional>

class QKeyEvent;
class QPainter;

namespace hilum::ui {

class FilmView;

struct ViewTouch {
    QPointF screen;
    QPointF film;
    Qt::MouseButton button = Qt::NoButton;
    Qt::KeyboardModifiers modifiers;
    bool isDouble = false; // the second press of a double click
};

class ViewLayer {
public:
    virtual ~ViewLayer() = default;

    // The painter stands in device pixels of the view.
    virtual void paint(FilmView &view, QPainter &painter) = 0;

    virtual bool press(FilmView &, const ViewTouch &) { return false; } // true: the drag is mine
    virtual void drag(FilmView &, const ViewTouch &) { }
    virtual void release(FilmView &, const ViewTouch &) { }
    virtual void hover(FilmView &, const ViewTouch &) { } // a move without a button
    virtual void pointed(FilmView &, const ViewTouch &) { } // every move, also while another has the drag
    virtual void leave(FilmView &) { } // the cursor left the view
    virtual bool wheel(FilmView &, const ViewTouch &, double) { return false; } // steps up; true: handled
    virtual bool key(FilmView &, QKeyEvent &) { return false; } // true: handled
    // Tab or Shift+Tab in the view: to the next thing in this layer; false: there is none, the focus goes on.
    virtual bool step(FilmView &, bool /*forward*/) { return false; }
    // The cursor shape over this point, nothing where the view's own tool has it.
    virtual std::optional<QCursor> cursor(FilmView &, const ViewTouch &) { return std::nullopt; }
};

} // namespace hilum::ui
