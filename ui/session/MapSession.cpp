// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/MapSession.h"

#include "core/explain/OfferedMethods.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/session/ReadingSession.h"

#include <QCoreApplication>
#include <QPointer>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

constexpr std::size_t mostKept = 64; // explanations, the input-sized ones 200 kB each

} // namespace

MapSession::MapSession(Lanes &lanes, std::shared_ptr<NetworkService> service, ReadingSession &readings,
                       QObject *parent)
    : QObject(parent)
    , m_lanes(lanes)
    , m_service(std::move(service))
    , m_readings(readings)
{
    connect(&readings, &ReadingSession::mapChanged, this, [this] { update(false); });
    connect(&readings, &ReadingSession::readingChanged, this, [this] { update(false); });
    connect(&readings, &ReadingSession::networksChanged, this, [this] {
        halt();
        m_kept.clear(); // networks are known by their place
        update(false);
    });
}

MapSession::~MapSession() { m_stop.request_stop(); }

std::vector<std::string> MapSession::stages() const
{
    const auto network = static_cast<std::size_t>(m_readings.mapNetwork());
    if (network >= m_readings.networks().size())
        return {};
    return stagesOf(m_readings.networks()[network].package.card);
}

bool MapSession::offers(MapMethod method) const
{
    const auto network = static_cast<std::size_t>(m_readings.mapNetwork());
    return network >= m_readings.networks().size()
        || isOffered(m_readings.networks()[network].package.card, method);
}

MapMethod MapSession::method() const { return offers(m_method) ? m_method : MapMethod::Occlusion; }

int MapSession::stage() const
{
    const int last = static_cast<int>(stages().size()) - 1;
    return m_stage ? std::min(*m_stage, last) : last;
}

void MapSession::chooseMethod(MapMethod method)
{
    if (std::exchange(m_method, method) == method)
        return;
    if (!factsOf(method).readsClass)
        m_sign = MapSign::Positive;
    Q_EMIT choiceChanged();
    update(true);
}

void MapSession::chooseStage(int stage)
{
    const bool isLast = stage + 1 >= static_cast<int>(stages().size());
    m_stage = isLast ? std::nullopt : std::optional(stage);
    Q_EMIT choiceChanged();
    update(true);
}

void MapSession::chooseSign(MapSign sign)
{
    if (std::exchange(m_sign, sign) == sign)
        return;
    Q_EMIT choiceChanged();
    update(true);
}

void MapSession::setLook(const MapLook &look)
{
    if (std::exchange(m_look, look) != look)
        Q_EMIT lookChanged();
}

bool MapSession::isTheReadings() const
{
    return method() == MapMethod::GradCam && m_sign == MapSign::Positive
        && stage() + 1 == static_cast<int>(stages().size());
}

std::optional<MapSession::Key> MapSession::key() const
{
    const int network = m_readings.mapNetwork();
    const std::string label = m_readings.mapClass();
    if (!m_readings.film() || label.empty() || m_readings.isWithheld(m_readings.filmId(), network)
        || !m_readings.reading(network).prediction)
        return std::nullopt;
    const bool readsStage = factsOf(method()).readsStage;
    return Key{m_readings.filmId(),   network, label, method(), readsStage ? stage() : -1, m_sign,
               m_readings.fedNumber()};
}

const MapSession::Kept *MapSession::kept() const
{
    const auto wanted = key();
    const auto found = wanted ? m_kept.find(*wanted) : m_kept.end();
    return found == m_kept.end() ? nullptr : &found->second;
}

std::optional<ActivationMap> MapSession::currentMap() const
{
    if (isTheReadings())
        return m_readings.currentMap();
    const Kept *has = kept();
    return has != nullptr && !has->explanation.map.values.empty() ? std::optional(has->explanation.map)
                                                                  : std::nullopt;
}

std::optional<Error> MapSession::error() const
{
    const Kept *has = isTheReadings() ? nullptr : kept();
    return has == nullptr ? std::nullopt : has->error;
}

std::optional<double> MapSession::completenessError() const
{
    const Kept *has = isTheReadings() ? nullptr : kept();
    return has == nullptr ? std::nullopt : has->explanation.completenessError;
}

bool MapSession::isWaitingForAWord() const
{
    if (isTheReadings() || m_making || !key())
        return false;
    const Kept *has = kept();
    return has == nullptr || (!has->isComplete && !has->error);
}

std::vector<Logits> MapSession::readingsFor(const Key &key) const
{
    std::vector<Logits> best;
    for (const auto &[other, kept] : m_kept) {
        const bool isSameQuestion = std::get<0>(other) == std::get<0>(key)
            && std::get<1>(other) == std::get<1>(key) && std::get<3>(other) == std::get<3>(key)
            && std::get<4>(other) == std::get<4>(key) && std::get<6>(other) == std::get<6>(key);
        if (isSameQuestion && kept.explanation.readings.size() > best.size())
            best = kept.explanation.readings;
    }
    return best;
}

ExplainRequest MapSession::requestOf(const Key &key) const
{
    const auto &[film, network, label, method, stage, sign, fedNumber] = key;
    const auto &classes = m_readings.networks()[static_cast<std::size_t>(network)].package.card.classes;
    ExplainRequest request;
    request.method = method;
    if (const auto chosen = std::ranges::find(classes, label); chosen != classes.end())
        request.classIndex = static_cast<int>(chosen - classes.begin());
    if (stage >= 0)
        request.stage = stage;
    request.sign = sign;
    return request;
}

void MapSession::update(bool isWanted)
{
    const auto wanted = isTheReadings() ? std::nullopt : key();
    if (m_making && m_making != wanted)
        halt();
    if (wanted && !m_making) {
        const Kept *has = kept();
        const bool isQuick = !factsOf(method()).readsManyTimes;
        if (has == nullptr ? isQuick || isWanted : isWanted && !has->isComplete && !has->error)
            begin(*wanted);
    }
    Q_EMIT mapChanged();
}

void MapSession::make()
{
    if (const auto wanted = key(); wanted && !m_making && !isTheReadings())
        m_kept[*wanted].error.reset();
    update(true);
}

void MapSession::stop()
{
    halt();
    Q_EMIT mapChanged();
}

void MapSession::halt()
{
    m_stop.request_stop();
    m_making.reset();
}

void MapSession::begin(const Key &key)
{
    const ModelPackage &package = m_readings.networks()[static_cast<std::size_t>(std::get<1>(key))].package;
    ExplainRequest request = requestOf(key);
    if (!request.classIndex)
        return;
    // What was shown before comes never again.
    std::erase_if(m_kept, [number = std::get<6>(key)](const auto &kept) {
        return std::get<6>(kept.first) != 0 && std::get<6>(kept.first) != number;
    });
    if (m_kept.size() >= mostKept)
        m_kept.clear();
    request.readings = readingsFor(key);
    m_making = key;
    m_progress = 0;

    // What the lane has to say comes back through the event loop, while this is still the map that is made.
    const QPointer<MapSession> self(this);
    ExplainObserver observer;
    const auto tell = [self, key](auto what) {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, key, what = std::move(what)] {
                if (self && self->m_making == key)
                    what(*self);
            },
            Qt::QueuedConnection);
    };
    observer.progress = [tell](double done) {
        tell([done](MapSession &session) {
            session.m_progress = done;
            Q_EMIT session.progressed();
        });
    };
    observer.partial = [tell, key, fed = m_readings.fed()](const Explanation &found) {
        Explanation sofar = found;
        sofar.map = fed->onFilm(std::move(sofar.map));
        tell([key, sofar = std::move(sofar)](MapSession &session) {
            session.m_kept[key].explanation = sofar;
            Q_EMIT session.mapChanged();
        });
    };
    m_stop = runTask(
        m_lanes.of(package.card), this,
        [service = m_service, package, fed = m_readings.fed(), request, observer](std::stop_token token) {
            auto result = service->explain(package, fed->film(), fed->frame(), request, observer, token);
            if (result)
                result->map = fed->onFilm(std::move(result->map));
            return result;
        },
        [this, key](Result<Explanation> result) { finished(key, std::move(result)); });
}

void MapSession::finished(const Key &key, Result<Explanation> result)
{
    if (m_making != key)
        return;
    m_making.reset();
    Kept &kept = m_kept[key];
    if (result) {
        kept.explanation = std::move(*result);
        kept.isComplete = true;
    } else {
        kept.error = result.error();
    }
    Q_EMIT mapChanged();
}

} // namespace hilum::ui
