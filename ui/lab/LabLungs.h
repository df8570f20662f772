// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LabLungs: whence the laboratory knows the lungs that a change covers, and the way to say it.
//
// Errors:  a mask that was not taken says why.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace hilum::ui {

class LungMasks;

class LabLungs : public QWidget {
    Q_OBJECT

public:
    explicit LabLungs(LungMasks &lungs, QWidget *parent = nullptr);

Q_SIGNALS:
    void chooseRequested();

private:
    void showMask();

    LungMasks &m_lungs;
    QLabel *m_text;
    QLabel *m_fault;
    QPushButton *m_choose;
    QPushButton *m_draw;
};

} // namespace hilum::ui
