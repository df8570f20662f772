// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/AuditCommands.h"

#include "ui/audit/AuditWindow.h"
#include "ui/session/FilmSession.h"
#include "ui/shell/Actions.h"
#include "ui/shell/StatusLine.h"

#include <QTimer>
#include <QWidget>

#include <algorithm>

namespace hilum::ui {

namespace {

int rowOf(const FilmSession &films, const QString &path)
{
    for (int row = 0; row < films.count(); ++row)
        if (films.entry(row).path == path)
            return row;
    return -1;
}

} // namespace

AuditCommands::AuditCommands(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    connect(parts.actions.auditDataset, &QAction::triggered, this, [this] { open(); });
}

void AuditCommands::setTheme(const PlotTheme &theme)
{
    m_theme = theme;
    if (m_audit)
        m_audit->setTheme(theme);
}

AuditWindow &AuditCommands::open()
{
    if (!m_audit) {
        m_audit = new AuditWindow(m_parts.lanes, m_parts.films.newReader(), m_window);
        m_audit->setTheme(m_theme);
        connect(m_audit, &AuditWindow::filmsWanted, this, &AuditCommands::showSideBySide);
    }
    m_audit->show();
    m_audit->raise();
    m_audit->activateWindow();
    return *m_audit;
}

void AuditCommands::showSideBySide(const QStringList &paths)
{
    FilmSession &films = m_parts.films;
    const auto place = [this, paths] {
        FilmSession &session = m_parts.films;
        const Actions &a = m_parts.actions;
        (paths.size() > 2 ? a.fourViews : paths.size() > 1 ? a.twoViews : a.oneView)->trigger();
        const int views = std::min(session.viewportCount(), static_cast<int>(paths.size()));
        for (int view = views - 1; view >= 0; --view) {
            const int row = rowOf(session, paths[view]);
            if (row < 0)
                continue; // there is no film there
            session.activate(view);
            session.select(row);
        }
    };
    // It would lie over the films that it opened; its report stays.
    m_audit->hide();
    m_parts.status.say(tr("The audit is still there: Networks, Audit a data set."));
    m_window->activateWindow();
    if (std::ranges::all_of(paths, [&](const QString &path) { return rowOf(films, path) >= 0; }))
        return place();
    // Opening looks for the films on a lane first, and then selects one of them.
    auto *once = new QObject(this);
    connect(&films, &FilmSession::filmsAdded, once, [this, once, place] {
        once->deleteLater();
        QTimer::singleShot(0, this, place);
    });
    films.open(paths);
}

} // namespace hilum::ui
