// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/LayoutCommands.h"

#include "ui/session/FilmSession.h"
#include "ui/shell/Actions.h"
#include "ui/shell/Settings.h"

#include <QShortcut>
#include <QWidget>

#include <utility>

namespace hilum::ui {

LayoutCommands::LayoutCommands(Parts parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
{
    connectLayout();
    connectLinks();
    // Beside the key that can be edited, the one that other programs have.
    connect(new QShortcut(QKeySequence(QStringLiteral("Ctrl+Tab")), window), &QShortcut::activated,
            parts.actions.nextView, &QAction::trigger);
}

void LayoutCommands::connectLayout()
{
    const Actions &a = m_parts.actions;
    FilmSession &films = m_parts.films;
    for (const auto &[action, count] : {std::pair(a.oneView, 1), {a.twoViews, 2}, {a.fourViews, 4}})
        connect(action, &QAction::triggered, this, [this, number = count] { setLayout(number); });
    connect(a.nextView, &QAction::triggered, &films,
            [&films] { films.activate((films.activeViewport() + 1) % films.viewportCount()); });
    const auto show = [this] {
        const Actions &all = m_parts.actions;
        const int count = m_parts.films.viewportCount();
        (count == 1 ? all.oneView : count == 2 ? all.twoViews : all.fourViews)->setChecked(true);
        for (QAction *action : {all.nextView, all.linkZoomPan, all.linkWindow, all.linkCursor, all.linkAll})
            action->setEnabled(count > 1);
    };
    connect(&films, &FilmSession::viewportsChanged, this, show);
    films.setViewportCount(m_parts.settings.viewports());
    show();
}

void LayoutCommands::setLayout(int viewports)
{
    m_parts.films.setViewportCount(viewports);
    m_parts.settings.setViewports(viewports);
}

void LayoutCommands::connectLinks()
{
    const Actions &a = m_parts.actions;
    FilmSession &films = m_parts.films;
    const auto change = [this] {
        const Actions &all = m_parts.actions;
        m_parts.films.setLinks(
            {all.linkZoomPan->isChecked(), all.linkWindow->isChecked(), all.linkCursor->isChecked()});
    };
    for (QAction *action : {a.linkZoomPan, a.linkWindow, a.linkCursor})
        connect(action, &QAction::triggered, this, change);
    connect(a.linkAll, &QAction::triggered, this, [&films](bool all) { films.setLinks({all, all, all}); });
    const auto show = [this] {
        const Actions &all = m_parts.actions;
        const ViewLinks &links = m_parts.films.links();
        all.linkZoomPan->setChecked(links.zoomPan);
        all.linkWindow->setChecked(links.window);
        all.linkCursor->setChecked(links.cursor);
        all.linkAll->setChecked(links.zoomPan && links.window && links.cursor);
        m_parts.settings.setLinks(links);
    };
    films.setLinks(m_parts.settings.links());
    show();
    connect(&films, &FilmSession::linksChanged, this, show);
}

} // namespace hilum::ui
