// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/FrameBar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

FrameBar::FrameBar(QWidget *parent)
    : QWidget(parent)
    , m_play(new QToolButton(this))
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_text(new QLabel(this))
{
    m_play->setText(QStringLiteral("\u25b6"));
    m_play->setCheckable(true);
    m_play->setAccessibleName(tr("Play the frames"));
    m_play->setToolTip(tr("Play or stop the frames (Space)"));
    m_slider->setAccessibleName(tr("Frame"));
    m_slider->setPageStep(1);
    m_slider->setFocusPolicy(Qt::TabFocus); // a drag leaves the keys with the film
    m_clock.setTimerType(Qt::PreciseTimer);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(8);
    layout->addWidget(m_play);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_text);
    connect(m_play, &QToolButton::toggled, this, &FrameBar::setPlaying);
    connect(m_slider, &QSlider::valueChanged, this, [this](int frame) {
        setPlaying(false);
        ask(frame);
    });
    connect(m_play, &QToolButton::pressed, this, &FrameBar::handled);
    connect(m_slider, &QSlider::sliderPressed, this, &FrameBar::handled);
    connect(&m_clock, &QTimer::timeout, this, &FrameBar::next);
}

void FrameBar::setFilm(int frames, double frameMs)
{
    m_frames = std::max(1, frames);
    setPlaying(false);
    m_clock.setInterval(std::max(1, static_cast<int>(std::lround(frameMs > 0 ? frameMs : usualFrameMs))));
    const QSignalBlocker quiet(m_slider);
    m_slider->setRange(0, m_frames - 1);
    setFrame(0);
    m_text->setMinimumWidth(
        m_text->fontMetrics().horizontalAdvance(tr("%1 of %2").arg(m_frames).arg(m_frames)));
}

void FrameBar::setFrame(int frame)
{
    m_shown = frame;
    if (!isPlaying() && m_asked != frame && !m_slider->isSliderDown())
        m_asked = frame;
    const QSignalBlocker quiet(m_slider);
    if (!m_slider->isSliderDown())
        m_slider->setValue(frame);
    updateText();
}

void FrameBar::updateText() { m_text->setText(tr("%1 of %2").arg(m_shown + 1).arg(m_frames)); }

void FrameBar::ask(int frame)
{
    m_asked = std::clamp(frame, 0, m_frames - 1);
    Q_EMIT frameWanted(m_asked);
}

void FrameBar::step(int frames)
{
    setPlaying(false);
    ask(m_asked + frames);
}

void FrameBar::setPlaying(bool playing)
{
    const QSignalBlocker quiet(m_play);
    m_play->setChecked(playing && m_frames > 1);
    if (playing && m_frames > 1)
        m_clock.start();
    else
        m_clock.stop();
}

void FrameBar::next()
{
    if (m_asked == m_shown)
        ask((m_shown + 1) % m_frames);
}

} // namespace hilum::ui
