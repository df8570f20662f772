// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// GuestCommands: opens the dialog that brings a network of others among Hilum's own.
//
// Errors:  none.
#pragma once

#include <QObject>
#include <QPointer>
#include <QStringList>

class QWidget;

namespace hilum::ui {

class Actions;
class FilmSession;
class Lanes;
class OpenNetworkDialog;
class ReadingSession;
class StatusLine;

class GuestCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Lanes &lanes;
        FilmSession &films;
        ReadingSession &readings;
        Actions &actions;
        StatusLine &status;
    };

    GuestCommands(Parts parts, QWidget *window);

    OpenNetworkDialog &open();
    // With these files chosen; once it is known which networks there are, for their classes are offered.
    void openFiles(const QStringList &files);

private:
    Parts m_parts;
    QWidget *m_window;
    QPointer<OpenNetworkDialog> m_dialog;
    QStringList m_waiting;
};

} // namespace hilum::ui
