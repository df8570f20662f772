// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SawPage: what the network saw: from stored values to its input, for the network whose map is chosen.
//
// Units:   points in film pixels.
// Errors:  a film that can't be prepared is said in words; a picture that can't be saved in said().
#pragma once

#include "ui/saw/SawSession.h"

#include <QWidget>

#include <optional>

class QButtonGroup;
class QCheckBox;
class QHBoxLayout;
class QLabel;
class QScrollArea;

namespace hilum::ui {

class StepStrip;

class SawPage : public QWidget {
    Q_OBJECT

public:
    SawPage(Lanes &lanes, ReadingSession &readings, QWidget *parent = nullptr);

    void setPoint(std::optional<QPointF> filmPoint); // where the film is pointed at

Q_SIGNALS:
    void pointed(QPointF filmPoint); // on a step
    void left();
    void said(const QString &sentence); // what came of copying or saving

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void rebuildNetworks();
    void showNetwork();
    void showSteps();
    void makeRoom();
    QString emptyText() const;
    void copy(int step);
    void save(int step);
    void saveTo(const QString &path, const SawnPtr &sawn, int step);

    Lanes &m_lanes;
    ReadingSession &m_readings;
    SawSession m_session;
    QHBoxLayout *m_networkRow;
    QButtonGroup *m_networks;
    QLabel *m_spec;
    QCheckBox *m_feeds;
    QLabel *m_empty;
    QScrollArea *m_scroll;
    StepStrip *m_strip;
    QString m_folder;
};

} // namespace hilum::ui
