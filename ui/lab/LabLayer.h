// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LabLayer: the hand over the laboratory's film: draws and moves what covers, brushes, places letters.
//
// With a change that has no place selected, a drag draws a rectangle. A film that is not square shows by a
// dashed frame which part of it the networks see.
//
// Units:   film points of the view, which shows the laboratory's film; changes as core/lab.
// Errors:  none.
// Threads: UI thread.
#pragma once

#include "ui/lab/LabSession.h"
#include "ui/viewer/ViewLayer.h"

namespace hilum::ui {

class LabLayer : public ViewLayer {
public:
    explicit LabLayer(LabSession &session)
        : m_session(session)
    {
    }

    void paint(FilmView &view, QPainter &painter) override;
    bool press(FilmView &view, const ViewTouch &touch) override;
    void drag(FilmView &view, const ViewTouch &touch) override;
    void release(FilmView &view, const ViewTouch &touch) override;
    std::optional<QCursor> cursor(FilmView &view, const ViewTouch &touch) override;

private:
    enum class Hand { None, Draw, Move, Brush, Place };

    LabPoint pointOf(const FilmView &view, QPointF filmPoint) const;
    const FilmChange *selected() const;
    void follow(const LabPoint &point);

    LabSession &m_session;
    Hand m_hand = Hand::None;
    int m_gesture = 0;
    LabPoint m_from;
    CoverRectangle m_moved; // as it was at the press
};

} // namespace hilum::ui
