// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/FilmSession.h"

#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/session/FilmFinder.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

constexpr std::size_t filmsKept = 6;
constexpr std::size_t bytesKept = std::size_t{192} << 20; // of the films kept beside the newest one
constexpr int thumbnailSide = 192; // device pixels: 96 at twice the density

struct Small {
    QImage image;
    std::optional<Error> error;
    QStringList identifiers;
};

} // namespace

FilmSession::FilmSession(Lanes &lanes, FilmSources sources, QObject *parent)
    : QObject(parent)
    , m_lanes(lanes)
    , m_sources(std::move(sources))
{
}

FilmSession::~FilmSession()
{
    m_filmStop.request_stop();
    m_walkStop.request_stop();
    m_thumbnailStop.request_stop();
}

int FilmSession::rowOf(int id) const
{
    const auto found = std::ranges::find(m_films, id, &FilmEntry::id);
    return found == m_films.end() ? -1 : static_cast<int>(found - m_films.begin());
}

QString FilmSession::nameOf(int row) const { return m_names.shown(QFileInfo(entry(row).path).fileName()); }

void FilmSession::open(const QStringList &paths) { find(paths, 0); }

void FilmSession::find(const QStringList &paths, int instead)
{
    m_walkStop = runTask(
        m_lanes.decode(), this,
        [paths, directory = m_sources.directory, instead](std::stop_token stop) {
            return instead == 0 ? findFilms(paths, directory, std::move(stop))
                                : filmsListedIn(paths.front(), directory, std::move(stop));
        },
        [this, paths, instead](const FoundFilms &found) {
            if (found.films.empty() && instead == 0)
                Q_EMIT nothingFound(paths);
            else
                addFilms(found, instead);
        });
}

void FilmSession::addFilms(const FoundFilms &found, int instead)
{
    int selected = -1;
    const int first = count();
    for (const FoundFilm &film : found.films) {
        m_names.learn(film.identifiers);
        const auto known = std::ranges::find(m_films, film.path, &FilmEntry::path);
        const bool isNew = known == m_films.end();
        const int row = static_cast<int>(known - m_films.begin());
        if (isNew)
            m_films.push_back({m_nextId++,
                               film.path,
                               FilmState::Waiting,
                               {},
                               film.error,
                               film.title,
                               film.from,
                               film.notices});
        if (isNew && film.error)
            m_films.back().state = FilmState::Failed;
        if (selected < 0 && !film.error)
            selected = row;
    }
    if (count() > first)
        Q_EMIT filmsAdded(first, count() - 1);
    for (const FoundDirectory &directory : found.directories)
        Q_EMIT directoryOpened(m_names.shown(directory.name), directory.films, directory.missing,
                               directory.notices);
    // All are missing: the first of them says so.
    select(selected < 0 && count() > first ? first : selected);
    if (instead != 0 && !found.films.empty())
        close(rowOf(instead));
    fillEmpty(false);
}

void FilmSession::show(const QString &path)
{
    int row = count() - 1;
    while (row >= 0 && entry(row).path != path)
        --row;
    if (row >= 0)
        select(row);
    else
        open({path});
}

void FilmSession::close(int row)
{
    if (row < 0 || row >= count())
        return;
    const bool wasCurrent = row == currentRow();
    const int id = entry(row).id;
    m_films.erase(m_films.begin() + row);
    std::erase_if(m_kept, [id](const Kept &kept) { return kept.id == id; });
    Q_EMIT filmRemoved(row, id);
    if (m_films.empty())
        return closeAll();
    for (int i = 0; i < viewportCount(); ++i) {
        if (viewport(i).filmId != id || i == m_active)
            continue;
        own(i) = {};
        Q_EMIT viewportChanged(i);
    }
    dropUnwanted();
    if (wasCurrent)
        select(std::min(row, count() - 1));
    nextLoad();
}

void FilmSession::closeAll()
{
    m_filmStop.request_stop();
    m_walkStop.request_stop();
    m_loadingId = 0;
    m_films.clear();
    m_kept.clear();
    m_wantedThumbnails.clear();
    std::ranges::fill(m_viewports, Viewport{});
    announceLoading();
    Q_EMIT filmsCleared();
    for (int i = 0; i < viewportCount(); ++i)
        Q_EMIT viewportChanged(i);
    Q_EMIT currentChanged();
}

// A film that is being read and that no viewport waits for any more.
void FilmSession::dropUnwanted()
{
    const bool wanted = std::ranges::any_of(
        m_viewports, [this](const Viewport &v) { return v.isLoading() && v.filmId == m_loadingId; });
    if (m_loadingId == 0 || wanted)
        return;
    m_filmStop.request_stop();
    const int id = std::exchange(m_loadingId, 0);
    if (const int row = rowOf(id); row >= 0 && entry(row).state == FilmState::Loading)
        setState(id, FilmState::Waiting);
}

// One at a time, the active viewport's first.
void FilmSession::nextLoad()
{
    for (int k = 0; k < viewportCount() && m_loadingId == 0; ++k) {
        const Viewport &next = viewport((m_active + k) % viewportCount());
        if (next.isLoading())
            load(next.filmId);
    }
}

void FilmSession::load(int id)
{
    m_loadingId = id;
    setState(id, FilmState::Loading);
    m_filmStop = runTask(
        m_lanes.decode(), this,
        [source = m_sources.film,
         path = entry(rowOf(id)).path](std::stop_token stop) -> Result<DisplayFilmPtr> {
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled, "another film was selected");
            return source(path, stop).map([](FilmPtr film) { return makeDisplayFilm(std::move(film)); });
        },
        [this, id](Result<DisplayFilmPtr> film) { loaded(id, std::move(film)); });
}

void FilmSession::loaded(int id, Result<DisplayFilmPtr> film)
{
    if (id == m_loadingId)
        m_loadingId = 0;
    if (film)
        m_names.learn(NameGuard::identifiersOf((*film)->film->tags));
    if (rowOf(id) >= 0) {
        // A DICOMDIR by another name: its films take its place.
        if (!film && film.error().code == ErrorCode::Directory && m_sources.directory)
            find({entry(rowOf(id)).path}, id);
        setState(id, film ? FilmState::Ready : FilmState::Failed,
                 film ? std::nullopt : std::optional(film.error()));
        if (film) {
            setThumbnail(id, thumbnail(**film, thumbnailSide));
            keep(id, *film);
        }
        for (int i = 0; i < viewportCount(); ++i) {
            if (viewport(i).filmId != id || viewport(i).film)
                continue;
            if (film)
                show(i, *film);
            else
                showError(i, film.error());
        }
    }
    nextLoad();
    announceLoading();
}

DisplayFilmPtr FilmSession::known(int id) const
{
    const auto kept = std::ranges::find(m_kept, id, &Kept::id);
    return kept == m_kept.end() ? nullptr : kept->film;
}

void FilmSession::keep(int id, DisplayFilmPtr film)
{
    std::erase_if(m_kept, [id](const Kept &kept) { return kept.id == id; });
    m_kept.push_back({id, std::move(film)});
    std::size_t bytes = 0;
    for (const Kept &kept : m_kept)
        bytes += memoryOf(*kept.film);
    while (m_kept.size() > 1
           && (m_kept.size() > filmsKept || bytes - memoryOf(*m_kept.back().film) > bytesKept)) {
        bytes -= memoryOf(*m_kept.front().film);
        m_kept.pop_front();
    }
}

void FilmSession::cancelLoading()
{
    m_walkStop.request_stop();
    m_filmStop.request_stop();
    m_loadingId = 0;
    const Error stopped{ErrorCode::Cancelled, {}};
    for (int i = 0; i < viewportCount(); ++i) {
        if (!viewport(i).isLoading())
            continue;
        setState(viewport(i).filmId, FilmState::Failed, stopped);
        showError(i, stopped);
    }
    announceLoading();
}

void FilmSession::announceLoading()
{
    if (std::exchange(m_announcedLoading, isLoading()) != m_announcedLoading)
        Q_EMIT loadingChanged(m_announcedLoading);
}

void FilmSession::setState(int id, FilmState state, std::optional<Error> error)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    FilmEntry &film = m_films[static_cast<std::size_t>(row)];
    film.state = state;
    film.error = std::move(error);
    Q_EMIT entryChanged(row);
}

void FilmSession::setThumbnail(int id, const QImage &image)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    m_films[static_cast<std::size_t>(row)].thumbnail = image;
    Q_EMIT entryChanged(row);
}

void FilmSession::wantThumbnail(int row)
{
    const FilmEntry &film = entry(row);
    if (!film.thumbnail.isNull() || film.state != FilmState::Waiting)
        return;
    std::erase(m_wantedThumbnails, film.id);
    m_wantedThumbnails.push_back(film.id);
    nextThumbnail();
}

// One at a time: the second thread of the lane is for the film that is looked at.
void FilmSession::nextThumbnail()
{
    if (m_thumbnailRuns)
        return;
    while (!m_wantedThumbnails.empty()) {
        const int id = m_wantedThumbnails.back();
        m_wantedThumbnails.pop_back();
        const int row = rowOf(id);
        if (row < 0 || entry(row).state != FilmState::Waiting)
            continue;
        m_thumbnailRuns = true;
        m_thumbnailStop = runTask(
            m_lanes.decode(), this,
            [source = m_sources.thumbnail, path = entry(row).path](std::stop_token stop) -> Small {
                const auto film = source(path, stop);
                if (!film)
                    return {{}, film.error(), {}};
                return {thumbnail(*makeDisplayFilm(*film), thumbnailSide),
                        {},
                        NameGuard::identifiersOf((*film)->tags)};
            },
            [this, id](const Small &small) {
                m_thumbnailRuns = false;
                m_names.learn(small.identifiers);
                const int now = rowOf(id);
                // While it was made the film itself may have been read: that one knows better.
                if (now >= 0 && entry(now).state == FilmState::Waiting) {
                    setState(id, small.error ? FilmState::Failed : FilmState::Ready, small.error);
                    if (!small.error)
                        setThumbnail(id, small.image);
                }
                nextThumbnail();
            });
        return;
    }
}

} // namespace hilum::ui
