// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/SawCommands.h"

#include "ui/saw/SawPage.h"
#include "ui/session/FilmSession.h"
#include "ui/session/ReadingSession.h"
#include "ui/shell/Actions.h"
#include "ui/shell/EvaluationTabs.h"
#include "ui/shell/FilmArea.h"
#include "ui/shell/StatusLine.h"
#include "ui/viewer/FilmView.h"

namespace hilum::ui {

SawCommands::SawCommands(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_page(new SawPage(parts.lanes, parts.readings))
{
    EvaluationTabs &tabs = parts.evaluation;
    const int index = tabs.addPage(tr("What the network saw"), m_page);
    connect(parts.actions.saw, &QAction::triggered, &tabs, [&tabs, index] { tabs.showPage(index); });
    connect(m_page, &SawPage::said, &parts.status, &StatusLine::say);
    connectCursor();
    connectFeed();
}

bool SawCommands::showsTheFilm(const FilmView &view) const
{
    return view.film() && view.filmId() == m_parts.readings.filmId();
}

void SawCommands::connectCursor()
{
    for (FilmView *view : m_parts.area.views()) {
        connect(view, &FilmView::pointed, m_page, [this, view](QPoint pixel) {
            const bool isOnFilm = pixel.x() >= 0 && showsTheFilm(*view);
            m_page->setPoint(isOnFilm ? std::optional(QPointF(pixel) + QPointF(0.5, 0.5)) : std::nullopt);
        });
        connect(m_page, &SawPage::pointed, view, [this, view](QPointF point) {
            view->setGuestCursor(showsTheFilm(*view) ? std::optional(point) : std::nullopt);
        });
        connect(m_page, &SawPage::left, view, [view] { view->setGuestCursor(std::nullopt); });
    }
}

void SawCommands::connectFeed()
{
    ReadingSession &readings = m_parts.readings;
    readings.setLookSource([this](int filmId) { return lookOf(filmId); });
    QAction *action = m_parts.actions.feedView;
    connect(action, &QAction::triggered, &readings, &ReadingSession::setFeedsTheView);
    connect(&readings, &ReadingSession::fedChanged, action,
            [action, &readings] { action->setChecked(readings.feedsTheView()); });
    for (FilmView *view : m_parts.area.views())
        connect(view, &FilmView::viewChanged, this, &SawCommands::updateLook);
    connect(&m_parts.area, &FilmArea::activeViewChanged, this, &SawCommands::updateLook);
    connect(&m_parts.films, &FilmSession::voiChanged, this, &SawCommands::updateLook);
    connect(&m_parts.films, &FilmSession::frameChanged, this, &SawCommands::updateLook);
}

void SawCommands::updateLook()
{
    const FilmSession &films = m_parts.films;
    if (films.film() && films.currentId() == m_parts.readings.filmId())
        m_parts.readings.viewChanged();
}

std::optional<ShownLook> SawCommands::lookOf(int filmId) const
{
    const FilmSession &films = m_parts.films;
    if (!films.film() || films.currentId() != filmId)
        return std::nullopt;
    ShownLook look;
    look.frame = films.frame();
    look.voi = films.voi();
    look.isInverted = films.isInverted();
    if (const FilmView &view = *m_parts.area.view(); view.film() && view.filmId() == filmId) {
        look.isMirrored = view.transform().isMirrored();
        look.quarterTurns = view.transform().quarterTurns();
    }
    return look;
}

} // namespace hilum::ui
