// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/ReplayCommands.h"

#include "ui/replay/ReplayWindow.h"
#include "ui/shell/Actions.h"
#include "ui/shell/StatusLine.h"

#include <utility>

namespace hilum::ui {

ReplayCommands::ReplayCommands(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(std::move(parts))
    , m_window(window)
{
    connect(m_parts.actions.replay, &QAction::triggered, this, [this] { open(); });
}

// The window listens to sessions that go before the main window's children do.
ReplayCommands::~ReplayCommands() { delete m_replay; }

void ReplayCommands::setTheme(const PlotTheme &theme)
{
    m_theme = theme;
    if (m_replay)
        m_replay->setTheme(theme);
}

ReplayWindow &ReplayCommands::open()
{
    if (!m_replay) {
        m_replay = new ReplayWindow(m_parts.lanes, m_parts.networks, m_parts.films, m_parts.readings,
                                    modelRoots(), m_window);
        m_replay->setTheme(m_theme);
        connect(m_replay, &ReplayWindow::saveFailed, &m_parts.status, &StatusLine::say);
    }
    m_replay->show();
    m_replay->raise();
    m_replay->activateWindow();
    return *m_replay;
}

} // namespace hilum::ui
