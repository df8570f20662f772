// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReadingsPanel: what each network reads from the film, side by side, class by class.
//
// A click on a class selects it for the whole window; a second one goes back to the class called.
//
// A film that the gate refused shows the reason instead, until somebody asks for the readings.
//
// Errors:  a network's Error is shown in its place, with what to try.
#pragma once

#include "ui/session/ReadingSession.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace hilum::ui {

class ReadingTable;

class ReadingsPanel : public QWidget {
    Q_OBJECT

public:
    explicit ReadingsPanel(ReadingSession &session, QWidget *parent = nullptr);

private:
    void rebuild();
    void showReading(int network);
    void showAgreement();
    void showRefusal();
    void showFed();
    QString emptyText() const;

    ReadingSession &m_session;
    ReadingTable *m_table;
    QLabel *m_empty;
    QLabel *m_fed; // where it is not the film's own values
    QPushButton *m_unfed;
    QLabel *m_refusal;
    QPushButton *m_anyway;
    QLabel *m_agreement;
    QLabel *m_notes;
};

} // namespace hilum::ui
