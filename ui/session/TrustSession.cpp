// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/TrustSession.h"

#include "core/explain/OfferedMethods.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/session/ReadingSession.h"

#include <QCoreApplication>
#include <QPointer>

#include <algorithm>
#include <utility>

namespace hilum::ui {

TrustSession::TrustSession(Lanes &lanes, std::shared_ptr<NetworkService> service, ReadingSession &readings,
                           MapSession &maps, QObject *parent)
    : QObject(parent)
    , m_lanes(lanes)
    , m_service(std::move(service))
    , m_readings(readings)
    , m_maps(maps)
{
    connect(&maps, &MapSession::mapChanged, this, &TrustSession::mapChanged);
    connect(&maps, &MapSession::choiceChanged, this, &TrustSession::mapChanged);
    connect(&readings, &ReadingSession::networksChanged, this, [this] {
        m_kept.clear(); // networks are known by their place
        stop();
    });
}

TrustSession::~TrustSession() { m_stop.request_stop(); }

bool TrustSession::canMeasure() const
{
    const auto map = m_maps.currentMap();
    // A map of what a view shows lies turned on its film: it is no longer the network's own.
    return !m_readings.fedLook() && map && map->hasEvidence() && map->sign == MapSign::Positive
        && m_maps.key() && !m_maps.isMaking() && !m_maps.isWaitingForAWord();
}

const TrustSession::Kept *TrustSession::kept() const
{
    const auto key = m_maps.key();
    const auto found = key ? m_kept.find(*key) : m_kept.end();
    return found == m_kept.end() ? nullptr : &found->second;
}

const MapQuality *TrustSession::quality() const
{
    const Kept *has = kept();
    return has != nullptr && has->quality ? &*has->quality : nullptr;
}

std::optional<Error> TrustSession::error() const
{
    const Kept *has = kept();
    return has == nullptr ? std::nullopt : has->error;
}

std::optional<int> TrustSession::other() const
{
    const auto &networks = m_readings.networks();
    for (std::size_t i = 0; i < networks.size(); ++i) {
        const bool knows = std::ranges::count(networks[i].package.card.classes, m_readings.mapClass()) > 0;
        if (static_cast<int>(i) != m_readings.mapNetwork() && knows
            && isOffered(networks[i].package.card, m_maps.method()))
            return static_cast<int>(i);
    }
    return std::nullopt;
}

void TrustSession::mapChanged()
{
    if (m_measuring && m_measuring != m_maps.key()) {
        m_stop.request_stop();
        m_measuring.reset();
    }
    Q_EMIT changed();
}

void TrustSession::stop()
{
    m_stop.request_stop();
    m_measuring.reset();
    Q_EMIT changed();
}

void TrustSession::measure()
{
    if (!canMeasure() || m_measuring)
        return;
    const MapSession::Key key = *m_maps.key();
    const auto &networks = m_readings.networks();
    TrustAsked asked{m_maps.requestOf(key), *m_maps.currentMap(), {}};
    const ModelPackage &package = networks[static_cast<std::size_t>(std::get<1>(key))].package;
    bool hasGuest = package.card.imported.has_value();
    if (const auto beside = other()) {
        asked.other = networks[static_cast<std::size_t>(*beside)].package;
        hasGuest = hasGuest || asked.other->card.imported;
    }
    m_measuring = key;
    m_progress = 0;
    const QPointer<TrustSession> self(this);
    const Progress progress = [self, key](double done) {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, key, done] {
                if (!self || self->m_measuring != key)
                    return;
                self->m_progress = done;
                Q_EMIT self->progressed();
            },
            Qt::QueuedConnection);
    };
    m_stop = runTask(
        hasGuest ? m_lanes.guests() : m_lanes.inference(), this,
        [service = m_service, package, fed = m_readings.fed(), asked, progress](std::stop_token token) {
            return service->trust(package, fed->film(), fed->frame(), asked, progress, token);
        },
        [this, key](Result<MapQuality> result) {
            if (m_measuring != key)
                return;
            m_measuring.reset();
            m_kept[key] = result ? Kept{std::move(*result), {}} : Kept{{}, result.error()};
            Q_EMIT changed();
        });
    Q_EMIT changed();
}

} // namespace hilum::ui
