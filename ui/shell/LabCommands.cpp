// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/LabCommands.h"

#include "ui/lab/LabWindow.h"
#include "ui/session/LungMasks.h"
#include "ui/shell/Actions.h"

#include <utility>

namespace hilum::ui {

LabCommands::LabCommands(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(std::move(parts))
    , m_window(window)
{
    connect(m_parts.actions.laboratory, &QAction::triggered, this, [this] { open(); });
}

// The laboratory listens to sessions that go before the window's children do.
LabCommands::~LabCommands() { delete m_lab; }

void LabCommands::setTheme(const PlotTheme &theme)
{
    m_theme = theme;
    if (m_lab)
        m_lab->setTheme(theme);
}

LabWindow &LabCommands::open()
{
    if (!m_lab) {
        m_lab = new LabWindow(m_parts.lanes, m_parts.networks, m_parts.readings, m_parts.lungs, m_window);
        m_lab->setTheme(m_theme);
    }
    m_lab->show();
    m_lab->raise();
    m_lab->activateWindow();
    return *m_lab;
}

} // namespace hilum::ui
