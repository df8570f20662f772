// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PictureCommands: saves and copies pictures of the film, as File > Save and Copy ask.
//
// The options that were chosen last hold for the next picture and for Copy. Composing, encoding and writing
// run on the decode lane; the window stays free.
//
// Errors:  said in the dialog, or in the status line once it is closed, with the file and the reason.
#pragma once

#include "ui/shell/Picture.h"

#include <QObject>
#include <QPointer>

#include <stop_token>

namespace hilum::ui {

class Actions;
class ExportDialog;
class FilmArea;
class FilmSession;
class Lanes;
class MapSession;
class MarkCommands;
class ReadingSession;
class Settings;
class StatusLine;

class PictureCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Lanes &lanes;
        Settings &settings;
        FilmSession &films;
        ReadingSession &readings;
        MapSession &maps;
        Actions &actions;
        FilmArea &area;
        StatusLine &status;
        MarkCommands &marks;
    };

    PictureCommands(Parts parts, QWidget *window);

    void save(const QString &path, const PictureOptions &options);

private:
    void openDialog();
    void preview();
    void askWhere();
    void copy(const PictureOptions &options);
    PictureJob job(const PictureOptions &options) const;
    PictureOptions now() const; // the last options, with what is shown on the screen
    bool hasMarks() const;

    Parts m_parts;
    QWidget *m_window;
    QPointer<ExportDialog> m_dialog;
    PictureOptions m_last;
    QString m_folder; // where the last picture went
};

} // namespace hilum::ui
