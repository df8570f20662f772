// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// NetworkCommands: what the Networks menu does: maps, reading again, the device.
//
// Errors:  none; a network's error stands in its readings.
#pragma once

#include <QObject>
#include <QSet>

namespace hilum::ui {

class Actions;
class FilmSession;
class ReadingSession;
class StatusLine;

class NetworkCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        FilmSession &films;
        ReadingSession &readings;
        Actions &actions;
        StatusLine &status;
    };

    NetworkCommands(Parts parts, QObject *parent);

private:
    void nextClass();
    void nextNetwork();
    void readNext(); // of all
    void updateEnabled();
    void updateWork();
    QString readingText() const;
    void updateDevice();

    Parts m_parts;
    bool m_readsAll = false;
    QSet<int> m_visited; // film ids, since all are read
};

} // namespace hilum::ui
