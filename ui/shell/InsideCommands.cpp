// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/InsideCommands.h"

#include "ui/inside/InsideLayer.h"
#include "ui/inside/InsideSession.h"
#include "ui/inside/InsideWindow.h"
#include "ui/shell/Actions.h"
#include "ui/shell/FilmArea.h"
#include "ui/shell/StatusLine.h"
#include "ui/viewer/FilmView.h"

namespace hilum::ui {

InsideCommands::InsideCommands(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(std::move(parts))
    , m_window(window)
{
    m_parts.actions.inside->setEnabled(m_parts.service != nullptr);
    connect(m_parts.actions.inside, &QAction::triggered, this, &InsideCommands::open);
}

InsideCommands::~InsideCommands()
{
    if (!m_layer)
        return;
    for (FilmView *view : m_parts.area.views())
        view->removeLayer(m_layer.get());
    delete m_inside;
}

void InsideCommands::open()
{
    if (!m_inside) {
        m_session = new InsideSession(m_parts.lanes, m_parts.service, m_parts.readings, this);
        m_layer = std::make_unique<InsideLayer>(*m_session);
        for (FilmView *view : m_parts.area.views())
            view->addLayer(m_layer.get());
        connect(m_session, &InsideSession::changed, this, [this] {
            m_layer->refresh();
            for (FilmView *view : m_parts.area.views())
                view->update();
        });
        m_inside = new InsideWindow(*m_session, m_window);
        connect(m_inside, &InsideWindow::said, &m_parts.status, &StatusLine::say);
    }
    m_inside->show();
    m_inside->raise();
    m_inside->activateWindow();
}

} // namespace hilum::ui
