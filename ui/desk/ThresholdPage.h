// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ThresholdPage: from which probability on should a film be called? One slider moves the threshold, another
// how common the disease is; the matrix of two, the rates, 1,000 people, the ROC curve and the verdict on the
// film on the screen follow at once.
//
// Errors:  a class without films, or without others, says so.
// Threads: UI thread; every step is a binary search (ThresholdModel.h).
#pragma once

#include "ui/desk/DeskSession.h"
#include "ui/desk/ThresholdModel.h"

#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSlider;

namespace hilum::ui {

class ConfusionView;
class PrevalencePart;

class ThresholdPage : public QWidget {
    Q_OBJECT

public:
    ThresholdPage(DeskSession &session, QWidget *parent);

    QSlider &slider() { return *m_slider; }
    PrevalencePart &prevalence() { return *m_prevalence; }
    ConfusionView &matrix() { return *m_matrix; }
    QString verdict() const;
    QPushButton &youden() { return *m_youden; }
    QPushButton &cheapest() { return *m_cheapest; }
    QDoubleSpinBox &missCost() { return *m_cost; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *controls();
    void rebuild(); // another judgement or class
    void step(); // another threshold or prevalence
    void sayVerdict();
    void openFilms(int truth, int called);

    DeskSession &m_session;
    ThresholdModel m_model;
    QSlider *m_slider;
    QLabel *m_said;
    QPushButton *m_youden;
    QPushButton *m_cheapest;
    QDoubleSpinBox *m_cost;
    ConfusionView *m_matrix;
    PrevalencePart *m_prevalence;
    QLabel *m_verdict;
    bool m_isStale = true;
};

} // namespace hilum::ui
