// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MapControls: which map lies over the film, by which method, how strongly, and what its colours mean.
//
// Errors:  a map that can't be made says why; one without evidence is said in words.
#pragma once

#include "ui/session/MapSession.h"
#include "ui/session/ReadingSession.h"

#include <QWidget>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QSlider;

namespace hilum::ui {

class ColourBar;

class MapControls : public QWidget {
    Q_OBJECT

public:
    MapControls(ReadingSession &session, MapSession &maps, QWidget *parent = nullptr);

private:
    void rebuild(); // classes and networks
    void showSelection();
    void showChoice(); // method, stage, sign, look
    void showMap();
    void showProgress();
    void offerMethods();
    QString emptyText() const;

    ReadingSession &m_session;
    MapSession &m_maps;
    QCheckBox *m_shown;
    QComboBox *m_class;
    QHBoxLayout *m_networkRow;
    QButtonGroup *m_networks;
    QComboBox *m_method;
    QComboBox *m_stage;
    std::vector<std::string> m_stages; // as they stand in it
    QComboBox *m_sign;
    QComboBox *m_style;
    QSlider *m_threshold;
    QLabel *m_thresholdText;
    QProgressBar *m_progress;
    QPushButton *m_word; // make, or stop
    QSlider *m_opacity;
    QLabel *m_opacityText;
    ColourBar *m_bar;
    QLabel *m_evidence;
    QLabel *m_facts;
};

} // namespace hilum::ui
