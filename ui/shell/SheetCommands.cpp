// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/SheetCommands.h"

#include "ui/session/ReadingSession.h"
#include "ui/sheet/SheetWindow.h"
#include "ui/shell/Actions.h"
#include "ui/shell/StatusLine.h"

#include <utility>

namespace hilum::ui {

SheetCommands::SheetCommands(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(std::move(parts))
    , m_window(window)
{
    QAction *action = m_parts.actions.sheet;
    connect(action, &QAction::triggered, this, [this] { open(); });
    const auto update = [this, action] { action->setEnabled(m_parts.readings.networks().size() > 1); };
    connect(&m_parts.readings, &ReadingSession::networksChanged, this, update);
    update();
}

// The sheet listens to the sessions, which go before the window that owns it.
SheetCommands::~SheetCommands() { delete m_sheet; }

void SheetCommands::setTheme(const PlotTheme &theme)
{
    m_theme = theme;
    if (m_sheet)
        m_sheet->setTheme(theme);
}

SheetWindow &SheetCommands::open()
{
    if (!m_sheet) {
        m_sheet = new SheetWindow(m_parts.lanes, m_parts.networks, m_parts.films, m_parts.readings, m_window);
        m_sheet->setTheme(m_theme);
        connect(m_sheet, &SheetWindow::saveFailed, &m_parts.status, &StatusLine::say);
    }
    m_sheet->show();
    m_sheet->raise();
    m_sheet->activateWindow();
    return *m_sheet;
}

} // namespace hilum::ui
