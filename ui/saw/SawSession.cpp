// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/saw/SawSession.h"

#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/session/ReadingSession.h"

#include <utility>

namespace hilum::ui {

SawSession::SawSession(Lanes &lanes, ReadingSession &readings, QObject *parent)
    : QObject(parent)
    , m_lanes(lanes)
    , m_readings(readings)
{
    connect(&readings, &ReadingSession::fedChanged, this, &SawSession::update);
    connect(&readings, &ReadingSession::networksChanged, this, &SawSession::update);
    connect(&readings, &ReadingSession::selectionChanged, this, &SawSession::update);
}

SawSession::~SawSession() { m_stop.request_stop(); }

void SawSession::setWatched(bool watched)
{
    m_isWatched = watched;
    update();
}

std::optional<SawRequest> SawSession::wish() const
{
    const auto network = static_cast<std::size_t>(m_readings.mapNetwork());
    if (!m_readings.film() || network >= m_readings.networks().size())
        return std::nullopt;
    return SawRequest{m_readings.film(), m_readings.networks()[network].package.card, m_readings.fedLook()};
}

bool SawSession::isCurrent(const SawRequest &request) const
{
    const auto wanted = wish();
    return wanted && wanted->film == request.film && wanted->look == request.look
        && wanted->card.id == request.card.id && wanted->card.weightsSha256 == request.card.weightsSha256;
}

void SawSession::update()
{
    const auto wanted = wish();
    const auto isOfAnotherFilm = [&](const DisplayFilmPtr &film) { return !wanted || film != wanted->film; };
    if (m_sawn && isOfAnotherFilm(m_sawn->request.film)) {
        m_sawn.reset();
        m_error.reset();
        Q_EMIT changed();
    }
    if (m_isMaking && isOfAnotherFilm(m_making->film)) {
        m_stop.request_stop();
        m_isMaking = false;
    }
    if (!m_isWatched || m_isMaking)
        return;
    if (!wanted) {
        m_error.reset();
        Q_EMIT changed();
    } else if (!m_sawn || !isCurrent(m_sawn->request)) {
        begin();
    }
}

void SawSession::begin()
{
    m_making = wish();
    m_isMaking = true;
    m_stop = runTask(
        m_lanes.decode(), this,
        [request = *m_making](std::stop_token token) { return makeSawn(request, token); },
        [this](Result<SawnPtr> sawn) { made(std::move(sawn)); });
    Q_EMIT changed();
}

void SawSession::made(Result<SawnPtr> sawn)
{
    m_isMaking = false;
    m_error.reset();
    if (sawn) {
        m_sawn = std::move(*sawn);
    } else {
        m_sawn.reset();
        m_error = sawn.error();
    }
    Q_EMIT changed();
    if (m_isWatched && !isCurrent(*m_making) && wish())
        begin();
}

} // namespace hilum::ui
