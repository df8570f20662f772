// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/LungMasks.h"

#include "core/film/MaskName.h"
#include "core/imaging/LungMask.h"
#include "ui/bridge/Convert.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"

#include <QFileInfo>

#include <utility>

namespace hilum::ui {

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
    return has == nullptr ? QString() : has->name;
}

bool LungMasks::isDrawn() const
{
    const Known *has = known();
    return has != nullptr && has->isDrawn;
}

bool LungMasks::hasDrawn() const
{
    return m_drawnSource && m_films.film()
        && m_drawnSource(m_films.currentId(), *m_films.film()->film) != nullptr;
}

// Once for each film: what was removed does not come back by itself.
void LungMasks::lookBeside()
{
    m_stop.request_stop();
    m_reading = 0;
    m_fault.reset();
    const int row = m_films.currentRow();
    if (m_films.film() && row >= 0 && !m_known.contains(m_films.currentId())) {
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
                m_known[id] = {std::move(*mask), QFileInfo(path).fileName(), false};
            else
                m_fault = toText(mask.error().detail).replace(path, QFileInfo(path).fileName());
            Q_EMIT changed();
        });
    Q_EMIT changed();
}

void LungMasks::useDrawn()
{
    if (!m_drawnSource || !m_films.film())
        return;
    m_stop.request_stop();
    m_reading = 0;
    m_fault.reset();
    m_known[m_films.currentId()] = {m_drawnSource(m_films.currentId(), *m_films.film()->film), {}, true};
    Q_EMIT changed();
}

void LungMasks::remove()
{
    m_fault.reset();
    m_known[m_films.currentId()] = {};
    Q_EMIT changed();
}

void LungMasks::drawnChanged(int filmId)
{
    if (filmId != m_films.currentId())
        return;
    if (isDrawn())
        useDrawn();
    else
        Q_EMIT changed();
}

void LungMasks::drop(int filmId)
{
    m_known.erase(filmId);
    if (m_reading == filmId) {
        m_stop.request_stop();
        m_reading = 0;
    }
}

} // namespace hilum::ui
