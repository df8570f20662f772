// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmInfo: keeps what is said about the current film in step with it: the window's title, the Film section,
// the tag window; and the switch that hides patients' names everywhere.
//
// Errors:  none.
#pragma once

#include <QObject>
#include <QPointer>

class QWidget;

namespace hilum::ui {

class Actions;
class FilmPanel;
class FilmSession;
class NoticeBar;
class Settings;
class StatusLine;
class TagDialog;

class FilmInfo : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Settings &settings;
        FilmSession &films;
        Actions &actions;
        FilmPanel &panel;
        NoticeBar &notices;
        StatusLine &status;
    };

    FilmInfo(Parts parts, QWidget *window);

private:
    void filmChanged();
    void showTitle();
    void showTags();
    void hideNames(bool hide);
    void sayDirectory(const QString &name, int films, int missing, const QStringList &notices);

    Parts m_parts;
    QWidget *m_window;
    QPointer<TagDialog> m_tags;
};

} // namespace hilum::ui
