// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/LungMasks.h"

#include "core/film/MaskName.h"
#include "core/imaging/LungMask.h"
#include "ui/bridge/Convert.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

constexpr std::size_t masksKept = 6; // as many as films

bool isSame(const LungMasks::Mask &a, const LungMasks::Mask &b)
{
    return a == b || (a && b && a->width() == b->width() && std::ranges::equal(a->samples(), b->samples()));
}

} // namespace

LungMasks::LungMasks(Lanes &lanes, FilmSession &films, QObject *parent)
    : QObject(parent)
    , m_lanes(lanes)
    , m_films(films)
{
    for (const auto signal : {&FilmSession::filmReady, &FilmSession::currentChanged})
        connect(&films, signal, this, &LungMasks::lookBeside);
    connect(&films, &FilmSession::filmRemoved, this, [this](int, int id) { drop(id); });
    connect(&films, &FilmSession::filmsCleared, this, [this] {
        m_known.clear();
        m_kept.clear();
        lookBeside();
    });
}

LungMasks::~LungMasks() { m_stop.request_stop(); }

const LungMasks::Known *LungMasks::known() const
{
    const auto found = m_films.film() ? m_known.find(m_films.currentId()) : m_known.end();
    return found == m_known.end() ? nullptr : &found->second;
}

LungMasks::Mask LungMasks::maskOf(int filmId) const
{
    const auto found = m_known.find(filmId);
    return found == m_known.end() ? nullptr : found->second.mask;
}

LungMasks::Mask LungMasks::mask() const
{
    const Known *has = known();
    return has == nullptr ? nullptr : has->mask;
}

QString LungMasks::name() const
{
    const Known *has = known();
    return has == nullptr ? QString() : QFileInfo(has->path).fileName();
}

bool LungMasks::isDrawn() const
{
    const Known *has = known();
    return has != nullptr && has->isDrawn;
}

LungMasks::Mask LungMasks::drawn() const
{
    return m_drawnSource && m_films.film() ? m_drawnSource(m_films.currentId(), *m_films.film()->film)
                                           : nullptr;
}

bool LungMasks::hasDrawn() const { return drawn() != nullptr; }

// Once for each film: what was removed does not come back by itself.
void LungMasks::lookBeside()
{
    m_stop.request_stop();
    m_reading = 0;
    m_fault.reset();
    m_couldDraw = hasDrawn();
    const int row = m_films.currentRow();
    if (const Known *has = known()) {
        if (!has->mask && has->isDrawn)
            return useDrawn();
        if (!has->mask && !has->path.isEmpty())
            return read(has->path);
    } else if (m_films.film() && row >= 0) {
        const auto beside = lungMaskBeside(toPath(m_films.entry(row).path));
        if (const QFileInfo file(toText(beside)); file.isFile())
            return read(file.filePath());
    }
    Q_EMIT changed();
}

void LungMasks::choose(const QString &path)
{
    if (m_films.film())
        read(path);
}

void LungMasks::read(const QString &path)
{
    m_stop.request_stop();
    m_fault.reset();
    m_reading = m_films.currentId();
    // A helper process of its own: the others may be busy with a film.
    m_stop = runTask(
        m_lanes.decode(), this,
        [path, film = m_films.film()->film,
         newReader = m_films.newReader()](const std::stop_token &stop) -> Result<Mask> {
            if (!newReader)
                return fail(ErrorCode::Internal, "expected a decoder, found none");
            const auto lungs = newReader()(toPath(path), stop);
            if (!lungs)
                return tl::unexpected(lungs.error());
            auto mask = lungMask(**lungs, *film);
            if (!mask)
                return tl::unexpected(mask.error());
            return std::make_shared<const Plane<std::uint8_t>>(std::move(*mask));
        },
        [this, path, id = m_reading](Result<Mask> mask) {
            m_reading = 0;
            if (mask)
                keep(id, {std::move(*mask), path, false});
            else
                m_fault = toText(mask.error().detail).replace(path, QFileInfo(path).fileName());
            Q_EMIT changed();
        });
    Q_EMIT changed();
}

void LungMasks::useDrawn()
{
    if (m_drawnSource && m_films.film())
        put({drawn(), {}, true});
}

void LungMasks::remove()
{
    if (m_films.film())
        put({});
}

void LungMasks::put(Known known)
{
    m_stop.request_stop(); // what is being read would come in its place
    m_reading = 0;
    m_fault.reset();
    keep(m_films.currentId(), std::move(known));
    Q_EMIT changed();
}

void LungMasks::keep(int filmId, Known known)
{
    m_known[filmId] = std::move(known);
    std::erase(m_kept, filmId);
    m_kept.push_back(filmId);
    if (m_kept.size() > masksKept) {
        m_known[m_kept.front()].mask.reset();
        m_kept.pop_front();
    }
}

// Called for every mark and every move of the hand.
void LungMasks::drawnChanged(int filmId)
{
    if (filmId != m_films.currentId())
        return;
    Mask now = drawn();
    const bool couldDraw = std::exchange(m_couldDraw, now != nullptr);
    if (!isDrawn()) {
        if (couldDraw != m_couldDraw)
            Q_EMIT changed();
    } else if (!isSame(now, mask())) {
        put({std::move(now), {}, true});
    }
}

void LungMasks::drop(int filmId)
{
    m_known.erase(filmId);
    std::erase(m_kept, filmId);
    if (m_reading == filmId) {
        m_stop.request_stop();
        m_reading = 0;
    }
}

} // namespace hilum::ui
