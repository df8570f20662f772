// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FrameBar: below a film of several frames: which one is shown, and the cine.
//
// It asks for frames and is told which one came; playing, it asks for the next one only when the last has
// come, so a slow film plays slower and nothing piles up.
//
// Units:   frames counted from 0 here, from 1 on the screen; milliseconds.
// Errors:  none.
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace hilum::ui {

class FrameBar : public QWidget {
    Q_OBJECT

public:
    static constexpr double usualFrameMs = 100; // where the film doesn't say

    explicit FrameBar(QWidget *parent = nullptr);

    void setFilm(int frames, double frameMs); // at frame 0, stopped
    void setFrame(int frame); // the one that is shown now
    int frames() const { return m_frames; }
    int frame() const { return m_shown; }
    bool isPlaying() const { return m_clock.isActive(); }

    void ask(int frame); // brought to the nearest one there is
    void step(int frames); // from the one asked for last; stops the cine
    void setPlaying(bool playing);

Q_SIGNALS:
    void frameWanted(int frame);
    void handled(); // by the mouse

private:
    void next();
    void updateText();

    QToolButton *m_play;
    QSlider *m_slider;
    QLabel *m_text;
    QTimer m_clock;
    int m_frames = 1;
    int m_shown = 0;
    int m_asked = 0;
};

} // namespace hilum::ui
