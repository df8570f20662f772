// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Lens: a round magnifier that follows the cursor over a film view.
//
// It shows the film through the view's own window and turns, at a zoom that is a multiple of the view's,
// so it is never weaker than the view. Wheel: power. Ctrl or Shift and wheel: size.
//
// Units:   diameter in logical pixels; power is the lens' zoom over the view's.
// Errors:  none.
// Threads: UI thread.
#pragma once

#include "ui/viewer/FilmPicture.h"
#include "ui/viewer/ViewLayer.h"

#include <functional>

namespace hilum::ui {

class Lens : public ViewLayer {
public:
    static constexpr double leastPower = 1.25;
    static constexpr double mostPower = 16;
    static constexpr int smallest = 96;
    static constexpr int largest = 640;

    void setOn(bool on); // the caller updates the views
    bool isOn() const { return m_on; }
    double power() const { return m_power; }
    int diameter() const { return m_diameter; }
    void setPower(double power);
    void setDiameter(int diameter);
    void onChanged(std::function<void()> changed)
    {
        m_changed = std::move(changed);
    } // power or size, by hand

    void paint(FilmView &view, QPainter &painter) override;
    void pointed(FilmView &view, const ViewTouch &touch) override;
    void leave(FilmView &view) override;
    bool wheel(FilmView &view, const ViewTouch &touch, double steps) override;

private:
    QRectF area(const FilmView &view) const; // device pixels
    void refresh(FilmView &view) const;

    bool m_on = false;
    double m_power = 2.5;
    int m_diameter = 240;
    FilmView *m_over = nullptr;
    QPointF m_at; // device pixels of the view
    FilmPicture m_picture;
    std::function<void()> m_changed;
};

} // namespace hilum::ui
