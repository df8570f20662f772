// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// HistogramStrip: the film's values with the window over them; edges and middle can be dragged.
//
// Keyboard: left and right move the window, with Shift they narrow and widen it.
// Units:   modality values across, square root of the counts up (air and collimator would hide the rest).
// Errors:  none.
#pragma once

#include "ui/bridge/DisplayFilm.h"

#include <QWidget>

#include <optional>

namespace hilum::ui {

class HistogramStrip : public QWidget {
    Q_OBJECT

public:
    explicit HistogramStrip(QWidget *parent = nullptr);

    void setFilm(DisplayFilmPtr film);
    void setVoi(const Voi &voi);

    QSize sizeHint() const override { return {240, 96}; }
    // The part between the ends of the axis, and where a value stands in it.
    QRectF plotArea() const;
    double xOf(double value) const;

Q_SIGNALS:
    void windowDragged(hilum::Window window);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Grip { None, LowEdge, HighEdge, Middle };
    Grip gripAt(double x) const;
    double valueAt(double x) const;
    void change(Window window);

    DisplayFilmPtr m_film;
    Voi m_voi;
    double m_low = 0; // ends of the axis: the film's range and a margin
    double m_high = 1;
    Grip m_grip = Grip::None;
    double m_grabbedAt = 0;
    Window m_grabbed;
};

} // namespace hilum::ui
