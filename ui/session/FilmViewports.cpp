// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The viewports of a FilmSession: which film is in which, through which window, at which frame.

#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/session/FilmSession.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace hilum::ui {

void FilmSession::setViewportCount(int wanted)
{
    assert(wanted == 1 || wanted == 2 || wanted == 4);
    if (wanted == viewportCount())
        return;
    if (m_active >= wanted) {
        std::swap(own(m_active), own(wanted - 1));
        const int from = std::exchange(m_active, wanted - 1);
        Q_EMIT viewportsSwapped(from, m_active);
        Q_EMIT activeChanged(m_active);
    }
    m_viewports.resize(static_cast<std::size_t>(wanted));
    Q_EMIT viewportsChanged();
    dropUnwanted();
    fillEmpty(true);
    nextLoad();
    announceLoading();
}

void FilmSession::activate(int index)
{
    if (index == m_active || index < 0 || index >= viewportCount())
        return;
    m_active = index;
    Q_EMIT activeChanged(index);
    Q_EMIT currentChanged();
    if (film()) {
        Q_EMIT filmReady();
        Q_EMIT voiChanged();
    } else if (active().error) {
        Q_EMIT filmFailed(*active().error);
    }
    announceLoading();
}

void FilmSession::setLinks(const ViewLinks &links)
{
    const bool windowWasLinked = m_links.window;
    if (std::exchange(m_links, links) == links)
        return;
    Q_EMIT linksChanged();
    if (links.window && !windowWasLinked && film()) {
        setVoi(m_active, active().voi);
        setInverted(active().isInverted);
    }
}

// The films that follow in the strip and are in no viewport yet; then, when repeating, the current one.
void FilmSession::fillEmpty(bool repeating)
{
    int row = currentRow();
    const auto shown = [this](int id) {
        return std::ranges::find(m_viewports, id, &Viewport::filmId) != m_viewports.end();
    };
    for (int i = 0; i < viewportCount(); ++i) {
        if (viewport(i).filmId != 0)
            continue;
        do
            ++row;
        while (row < count() && shown(entry(row).id));
        if (row < count())
            assign(i, entry(row).id);
        else if (repeating && currentId() != 0)
            assign(i, currentId());
    }
}

void FilmSession::select(int row)
{
    if (row >= 0 && row < count())
        assign(m_active, entry(row).id);
}

void FilmSession::assign(int index, int id)
{
    const Viewport &now = viewport(index);
    if (id == now.filmId && (now.film || now.isLoading()))
        return;
    own(index) = {};
    own(index).filmId = id;
    dropUnwanted();
    Q_EMIT viewportChanged(index);
    if (index == m_active)
        Q_EMIT currentChanged();
    if (DisplayFilmPtr film = known(id))
        show(index, std::move(film));
    nextLoad();
    announceLoading();
}

void FilmSession::show(int index, DisplayFilmPtr film)
{
    Viewport &shown = own(index);
    shown.film = std::move(film);
    shown.voi = shown.film->presets.front().voi;
    shown.isInverted = false;
    shown.error.reset();
    Q_EMIT viewportChanged(index);
    Q_EMIT viewportVoiChanged(index);
    if (index != m_active)
        return;
    announceLoading();
    Q_EMIT filmReady();
    Q_EMIT voiChanged();
}

void FilmSession::showError(int index, const Error &error)
{
    own(index).error = error;
    Q_EMIT viewportChanged(index);
    if (index != m_active)
        return;
    announceLoading();
    Q_EMIT filmFailed(error);
}

void FilmSession::showFrame(int index, int frame)
{
    Viewport &shown = own(index);
    if (!shown.film)
        return;
    shown.frameWanted = std::clamp(frame, 0, shown.film->film->frames - 1);
    if (shown.frameTask == 0 && shown.frameWanted != shown.film->frame)
        nextFrame(index);
}

// One at a time for each viewport: while one is made, only the last wish is remembered.
void FilmSession::nextFrame(int index)
{
    Viewport &shown = own(index);
    shown.frameTask = ++m_frameTasks;
    runTask(
        m_lanes.decode(), this,
        [film = shown.film->film, frame = shown.frameWanted](std::stop_token) {
            return makeDisplayFilm(film, frame);
        },
        [this, task = shown.frameTask](DisplayFilmPtr frame) { frameMade(task, std::move(frame)); });
}

void FilmSession::frameMade(int task, DisplayFilmPtr frame)
{
    const auto found = std::ranges::find(m_viewports, task, &Viewport::frameTask);
    if (found == m_viewports.end())
        return; // another film came into the viewport
    const int index = static_cast<int>(found - m_viewports.begin());
    found->frameTask = 0;
    found->film = std::move(frame);
    if (found->frameWanted != found->film->frame)
        nextFrame(index);
    Q_EMIT frameChanged(index);
}

template <class Change>
void FilmSession::changeLinked(int index, Change change)
{
    for (int i = 0; i < viewportCount(); ++i) {
        if (i != index && !(m_links.window && viewport(i).film))
            continue;
        change(own(i));
        Q_EMIT viewportVoiChanged(i);
        if (i == m_active)
            Q_EMIT voiChanged();
    }
}

void FilmSession::setVoi(int index, const Voi &voi)
{
    const DisplayFilmPtr from = viewport(index).film;
    own(index).voi = voi;
    changeLinked(index, [&](Viewport &other) {
        if (from && other.film)
            other.voi = linkedVoi(*from, voi, *other.film);
    });
}

void FilmSession::setInverted(bool inverted)
{
    changeLinked(m_active, [inverted](Viewport &other) { other.isInverted = inverted; });
}

void FilmSession::choosePreset(int index)
{
    if (film() && index >= 0 && index < static_cast<int>(film()->presets.size()))
        setVoi(film()->presets[static_cast<std::size_t>(index)].voi);
}

void FilmSession::resetWindow()
{
    changeLinked(m_active, [](Viewport &other) {
        other.isInverted = false;
        if (other.film)
            other.voi = other.film->presets.front().voi;
    });
}

} // namespace hilum::ui
