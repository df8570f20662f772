// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Settings: what the window remembers from one day to the next.
//
// Errors:  none; what can't be read is as if never written.
// Threads: UI thread.
#pragma once

#include "ui/session/ViewLinks.h"
#include "ui/shell/Theme.h"
#include "ui/viewer/MouseHabits.h"

#include <QByteArray>
#include <QKeySequence>
#include <QSettings>
#include <QStringList>

#include <optional>

namespace hilum::ui {

class Settings {
public:
    ThemeChoice theme() const;
    void setTheme(ThemeChoice theme);
    bool isProjector() const;
    void setProjector(bool on);

    // By an action's name; nothing: as delivered.
    std::optional<QKeySequence> keys(const QString &action) const;
    void setKeys(const QString &action, const std::optional<QKeySequence> &keys);

    MouseHabits mouse() const;
    void setMouse(const MouseHabits &mouse);

    QByteArray windowPresets() const; // JSON
    void setWindowPresets(const QByteArray &json);
    bool showsWindowEnds() const;
    void setShowsWindowEnds(bool shows);

    bool hidesNames() const;
    void setHidesNames(bool hides);

    QStringList recentFilms() const; // newest first, those that still exist
    void addRecentFilm(const QString &path, bool namesPatient);
    bool recentNamesPatient(const QString &path) const; // its file name does, as was seen when it was open
    void clearRecentFilms();

    QString lastFolder() const; // of the open dialog
    void setLastFolder(const QString &folder);

    QByteArray geometry() const;
    QByteArray docks() const;
    void setGeometry(const QByteArray &geometry, const QByteArray &docks);
    QStringList foldedSections() const;
    void setFoldedSections(const QStringList &keys);
    bool isEvaluationOpen() const;
    void setEvaluationOpen(bool open);

    double lensPower() const;
    int lensDiameter() const;
    void setLens(double power, int diameter);
    bool showsFileOverlays() const;
    void setFileOverlays(bool shown);

    int viewports() const; // 1, 2 or 4
    void setViewports(int count);
    ViewLinks links() const;
    void setLinks(const ViewLinks &links);

private:
    QSettings m_store;
};

} // namespace hilum::ui
