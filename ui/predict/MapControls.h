// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MapControls: which map lies over the film, how strongly, and what its colours mean.
//
// Errors:  none; a map without evidence is said in words.
#pragma once

#include "ui/session/ReadingSession.h"

#include <QWidget>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QSlider;

namespace hilum::ui {

class ColourBar;

class MapControls : public QWidget {
    Q_OBJECT

public:
    explicit MapControls(ReadingSession &session, QWidget *parent = nullptr);

private:
    void rebuild(); // classes and networks
    void showSelection();
    void showMap();

    ReadingSession &m_session;
    QCheckBox *m_shown;
    QComboBox *m_class;
    QHBoxLayout *m_networkRow;
    QButtonGroup *m_networks;
    QSlider *m_opacity;
    QLabel *m_opacityText;
    ColourBar *m_bar;
    QLabel *m_evidence;
    QLabel *m_method;
};

} // namespace hilum::ui
