// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FileCommands: opening, closing and the recent films, as the File menu and the start page ask.
//
// Errors:  none.
#pragma once

#include <QObject>
#include <QStringList>

class QMenu;
class QWidget;

namespace hilum::ui {

class Actions;
class FilmArea;
class FilmSession;
class ReadingSession;
class Settings;
class StatusLine;

class FileCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Settings &settings;
        FilmSession &films;
        ReadingSession &readings;
        Actions &actions;
        FilmArea &area;
        StatusLine &status;
        QMenu &recent;
    };

    FileCommands(Parts parts, QWidget *window);

    void open(const QStringList &paths);

Q_SIGNALS:
    void networksGiven(const QStringList &files); // networks of others among what was opened

private:
    void askForFilms();
    void askForFolder();
    void fillRecent();

    Parts m_parts;
    QWidget *m_window;
};

} // namespace hilum::ui
