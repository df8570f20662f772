// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/FilmSession.h"

#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/session/FilmFinder.h"

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

constexpr std::size_t filmsKept = 4; // a 3000 x 3000 film takes about 45 MB
constexpr int thumbnailSide = 192; // device pixels: 96 at twice the density

struct Small {
    QImage image;
    std::optional<Error> error;
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

void FilmSession::open(const QStringList &paths)
{
    m_walkStop = runTask(
        m_lanes.decode(), this, [paths](std::stop_token stop) { return findFilms(paths, stop); },
        [this, paths](const QStringList &files) {
            if (files.isEmpty())
                Q_EMIT nothingFound(paths);
            else
                addFilms(files);
        });
}

void FilmSession::addFilms(const QStringList &files)
{
    int selected = -1;
    const int first = count();
    for (const QString &file : files) {
        const auto known = std::ranges::find(m_films, file, &FilmEntry::path);
        if (known == m_films.end()) {
            m_films.push_back({m_nextId++, file, FilmState::Waiting, {}, {}});
            if (selected < 0)
                selected = count() - 1;
        } else if (selected < 0) {
            selected = static_cast<int>(known - m_films.begin());
        }
    }
    if (count() > first)
        Q_EMIT filmsAdded(first, count() - 1);
    select(selected);
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
    if (!wasCurrent)
        return;
    if (count() > 0)
        select(std::min(row, count() - 1));
    else
        closeAll();
}

void FilmSession::closeAll()
{
    m_filmStop.request_stop();
    m_walkStop.request_stop();
    m_films.clear();
    m_kept.clear();
    m_wantedThumbnails.clear();
    m_film.reset();
    m_currentId = 0;
    setLoading(false);
    Q_EMIT filmsCleared();
    Q_EMIT currentChanged();
}

void FilmSession::select(int row)
{
    if (row < 0 || row >= count())
        return;
    const int id = entry(row).id;
    if (id == m_currentId && (m_film || m_loading))
        return;
    m_filmStop.request_stop();
    if (const int left = currentRow(); left >= 0 && entry(left).state == FilmState::Loading)
        setState(m_currentId, FilmState::Waiting);
    m_currentId = id;
    m_film.reset();
    Q_EMIT currentChanged();

    const auto kept = std::ranges::find(m_kept, id, &Kept::id);
    if (kept != m_kept.end()) {
        setLoading(false);
        return show(kept->film);
    }
    setState(id, FilmState::Loading);
    setLoading(true);
    m_filmStop = runTask(
        m_lanes.decode(), this,
        [source = m_sources.film, path = entry(row).path](std::stop_token stop) -> Result<DisplayFilmPtr> {
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled, "another film was selected");
            return source(path, stop).map([](FilmPtr film) { return makeDisplayFilm(std::move(film)); });
        },
        [this, id](Result<DisplayFilmPtr> film) { loaded(id, std::move(film)); });
}

void FilmSession::loaded(int id, Result<DisplayFilmPtr> film)
{
    if (rowOf(id) < 0)
        return;
    setState(id, film ? FilmState::Ready : FilmState::Failed,
             film ? std::nullopt : std::optional(film.error()));
    setLoading(false);
    if (!film) {
        Q_EMIT filmFailed(film.error());
        return;
    }
    setThumbnail(id, thumbnail(**film, thumbnailSide));
    m_kept.push_back({id, *film});
    if (m_kept.size() > filmsKept)
        m_kept.pop_front();
    show(*film);
}

void FilmSession::show(DisplayFilmPtr film)
{
    m_film = std::move(film);
    m_voi = m_film->presets.front().voi;
    m_inverted = false;
    Q_EMIT filmReady();
    Q_EMIT voiChanged();
}

void FilmSession::setVoi(const Voi &voi)
{
    m_voi = voi;
    Q_EMIT voiChanged();
}

void FilmSession::setInverted(bool inverted)
{
    m_inverted = inverted;
    Q_EMIT voiChanged();
}

void FilmSession::choosePreset(int index)
{
    if (m_film && index >= 0 && index < static_cast<int>(m_film->presets.size()))
        setVoi(m_film->presets[static_cast<std::size_t>(index)].voi);
}

void FilmSession::resetWindow()
{
    m_inverted = false;
    choosePreset(0);
}

void FilmSession::cancelLoading()
{
    m_walkStop.request_stop();
    if (!m_loading)
        return;
    m_filmStop.request_stop();
    const Error stopped{ErrorCode::Cancelled, {}};
    setState(m_currentId, FilmState::Failed, stopped);
    setLoading(false);
    Q_EMIT filmFailed(stopped);
}

void FilmSession::setLoading(bool loading)
{
    if (std::exchange(m_loading, loading) != loading)
        Q_EMIT loadingChanged(loading);
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
                    return {{}, film.error()};
                return {thumbnail(*makeDisplayFilm(*film), thumbnailSide), {}};
            },
            [this, id](const Small &small) {
                m_thumbnailRuns = false;
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
