// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// AuditCommands: opens the audit's window, and in the viewer the films that it speaks of.
//
// Errors:  none.
#pragma once

#include "ui/plots/PlotTheme.h"

#include <QObject>
#include <QStringList>

class QWidget;

namespace hilum::ui {

class Actions;
class AuditWindow;
class FilmSession;
class Lanes;
class StatusLine;

class AuditCommands : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Lanes &lanes;
        FilmSession &films;
        Actions &actions;
        StatusLine &status;
    };

    AuditCommands(Parts parts, QWidget *window);

    void setTheme(const PlotTheme &theme);
    AuditWindow &open();

private:
    void showSideBySide(const QStringList &paths);

    Parts m_parts;
    QWidget *m_window;
    AuditWindow *m_audit = nullptr;
    PlotTheme m_theme;
};

} // namespace hilum::ui
