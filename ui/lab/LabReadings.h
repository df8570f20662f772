// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LabReadings: what every network says of the changed film, beside what it said before.
//
// A bar is the changed film's probability; its whisker is the band of the film as it was, and the words below
// say whether a reading left it or the film is now called another class.
//
// Errors:  a sentence where a change can't be made or a network can't read.
// Threads: UI thread.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace hilum::ui {

class LabSession;
class ReadingSession;
class ReadingTable;

class LabReadings : public QWidget {
    Q_OBJECT

public:
    LabReadings(LabSession &session, ReadingSession &readings, QWidget *parent = nullptr);

private:
    void refresh();
    QString movesOf(int network) const; // what moved, in words

    LabSession &m_session;
    ReadingSession &m_readings;
    ReadingTable *m_table;
    QLabel *m_fed; // where the main window feeds something else
    QLabel *m_words;
    QLabel *m_trouble;
    QPushButton *m_anyway;
};

} // namespace hilum::ui
