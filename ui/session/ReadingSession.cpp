// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/ReadingSession.h"

#include "core/explain/OfferedMethods.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

struct Listing {
    std::vector<NetworkEntry> networks;
    std::vector<Error> broken;
};

NetworkEntry described(ModelPackage package)
{
    NetworkEntry entry;
    const auto &classes = package.card.classes;
    if (auto history = readHistory(package.folder / "history.csv"))
        entry.history = std::move(*history);
    const auto predictions = readPredictions(package.folder / "predictions.csv", classes);
    if (predictions && !predictions->empty()) {
        HeldOutSummary summary{ConfusionMatrix(static_cast<int>(classes.size())), 0, 0, {}};
        for (const HeldOutPrediction &one : *predictions) {
            const auto truth = std::ranges::find(classes, one.truth);
            if (truth == classes.end() || one.probabilities.empty())
                continue;
            const auto called = std::ranges::max_element(one.probabilities) - one.probabilities.begin();
            summary.matrix.add(static_cast<int>(truth - classes.begin()), static_cast<int>(called));
            summary.films += 1;
            summary.correct += truth - classes.begin() == called ? 1 : 0;
        }
        summary.accuracy = wilsonInterval(summary.correct, summary.films);
        if (summary.films > 0)
            entry.heldOut = std::move(summary);
    }
    entry.package = std::move(package);
    return entry;
}

Listing listing(NetworkService &service)
{
    PackageListing packages = service.list();
    Listing found;
    found.broken = std::move(packages.broken);
    for (ModelPackage &package : packages.packages)
        found.networks.push_back(described(std::move(package)));
    return found;
}

} // namespace

ReadingSession::ReadingSession(Lanes &lanes, std::shared_ptr<NetworkService> service, QObject *parent)
    : QObject(parent)
    , m_lanes(lanes)
    , m_service(std::move(service))
{
}

ReadingSession::~ReadingSession() { stopAll(); }

void ReadingSession::stopAll()
{
    for (std::stop_source &stop : m_stops)
        stop.request_stop();
    for (std::stop_source &stop : m_bandStops)
        stop.request_stop();
}

// What was under way was stopped.
void ReadingSession::settleWaiting()
{
    for (std::vector<NetworkReading> *readings : {&m_readings[m_filmId], &m_shownReadings}) {
        for (NetworkReading &reading : *readings) {
            if (reading.state == NetworkReading::State::Waiting)
                reading.state
                    = reading.prediction ? NetworkReading::State::Done : NetworkReading::State::None;
        }
    }
}

void ReadingSession::start()
{
    runTask(
        m_lanes.inference(), this, [service = m_service](std::stop_token) { return listing(*service); },
        [this](Listing listing) {
            m_broken = std::move(listing.broken);
            listed(std::move(listing.networks));
        });
}

void ReadingSession::listed(std::vector<NetworkEntry> networks)
{
    constexpr std::size_t isNew = static_cast<std::size_t>(-1);
    std::vector<std::size_t> was;
    for (const NetworkEntry &network : networks) {
        const auto same = std::ranges::find_if(m_networks, [&](const NetworkEntry &old) {
            return old.package.folder == network.package.folder
                && old.package.card.id == network.package.card.id
                && old.package.card.weightsSha256 == network.package.card.weightsSha256;
        });
        was.push_back(same == m_networks.end() ? isNew : static_cast<std::size_t>(same - m_networks.begin()));
    }
    stopAll();
    for (auto &[id, readings] : m_readings) {
        std::vector<NetworkReading> moved(networks.size());
        for (std::size_t n = 0; n < networks.size(); ++n) {
            if (was[n] < readings.size())
                moved[n] = std::move(readings[was[n]]);
            if (moved[n].state == NetworkReading::State::Waiting)
                moved[n].state
                    = moved[n].prediction ? NetworkReading::State::Done : NetworkReading::State::None;
        }
        readings = std::move(moved);
    }
    const auto chosen = std::ranges::find(was, static_cast<std::size_t>(m_mapNetwork));
    m_mapNetwork = chosen == was.end() ? 0 : static_cast<int>(chosen - was.begin());
    m_networks = std::move(networks);
    m_listed = true;
    m_shownReadings.clear();
    m_stops.assign(m_networks.size(), std::stop_source(std::nostopstate));
    m_bandStops.assign(m_networks.size(), std::stop_source(std::nostopstate));
    Q_EMIT networksChanged();
    requestMissing();
    requestBands();
    announceState();
}

std::vector<std::string> ReadingSession::classes() const
{
    std::vector<std::string> all;
    for (const NetworkEntry &network : m_networks) {
        for (const std::string &label : network.package.card.classes) {
            if (std::ranges::find(all, label) == all.end())
                all.push_back(label);
        }
    }
    return all;
}

void ReadingSession::setFilm(int id, DisplayFilmPtr film)
{
    stopAll();
    settleWaiting();
    m_filmId = id;
    m_film = std::move(film);
    feed(lookNow());
    for (std::size_t n = 0; n < m_networks.size(); ++n)
        Q_EMIT readingChanged(static_cast<int>(n));
    Q_EMIT mapChanged();
    requestMissing();
    requestBands();
    announceState();
}

void ReadingSession::forget(int id)
{
    m_readings.erase(id);
    m_shownAnyway.erase(id);
}

void ReadingSession::forgetAll()
{
    m_readings.clear();
    m_shownAnyway.clear();
}

std::string ReadingSession::refusal() const
{
    for (int n = 0; n < static_cast<int>(m_networks.size()); ++n) {
        if (!reading(n).gate.accepted)
            return reading(n).gate.reason;
    }
    return {};
}

void ReadingSession::showAnyway()
{
    if (!m_film || !m_shownAnyway.insert(m_filmId).second)
        return;
    for (std::size_t n = 0; n < m_networks.size(); ++n)
        Q_EMIT readingChanged(static_cast<int>(n));
    Q_EMIT filmRead(m_filmId);
    Q_EMIT mapChanged();
}

// After the readings, for they are what a person waits for.
void ReadingSession::requestBands()
{
    if (!m_film)
        return;
    const std::vector<int> waiting = waitingFor();
    for (std::size_t n = 0; n < m_networks.size(); ++n) {
        const int network = static_cast<int>(n);
        const ModelCard &card = m_networks[n].package.card;
        const bool isLaneBusy = std::ranges::any_of(waiting, [&](int other) {
            const ModelCard &busy = m_networks[static_cast<std::size_t>(other)].package.card;
            return busy.imported.has_value() == card.imported.has_value();
        });
        const bool isUnderWay = m_bandStops[n].stop_possible() && !m_bandStops[n].stop_requested();
        const NetworkReading &has = own(network);
        if (isLaneBusy || isUnderWay || !has.prediction || !has.bands.empty() || card.band.repeats == 0)
            continue;
        m_bandStops[n] = runTask(
            m_lanes.of(card), this,
            [service = m_service, package = m_networks[n].package, fed = m_fed,
             plain = *has.prediction](std::stop_token token) {
                return service->band(package, fed->film(), fed->frame(), plain, token);
            },
            [this, id = m_filmId, fed = m_fed, network](Result<Bands> bands) {
                if (id != m_filmId || fed != m_fed || !bands || !own(network).prediction)
                    return;
                own(network).bands = std::move(*bands);
                Q_EMIT readingChanged(network);
            });
    }
}

std::vector<ModelPackage> ReadingSession::packages() const
{
    std::vector<ModelPackage> packages;
    for (const NetworkEntry &network : m_networks)
        packages.push_back(network.package);
    return packages;
}

const NetworkReading &ReadingSession::readingOf(int filmId, int network) const
{
    if (filmId != m_filmId || !fedLook())
        return ownReadingOf(filmId, network);
    static const NetworkReading none;
    const auto place = static_cast<std::size_t>(network);
    return place < m_shownReadings.size() ? m_shownReadings[place] : none;
}

const NetworkReading &ReadingSession::ownReadingOf(int filmId, int network) const
{
    static const NetworkReading none;
    const auto found = m_readings.find(filmId);
    if (found == m_readings.end() || static_cast<std::size_t>(network) >= found->second.size())
        return none;
    return found->second[static_cast<std::size_t>(network)];
}

NetworkReading &ReadingSession::own(int network)
{
    std::vector<NetworkReading> &readings = fedLook() ? m_shownReadings : m_readings[m_filmId];
    readings.resize(m_networks.size());
    return readings[static_cast<std::size_t>(network)];
}

// A network that has yet to call this film, or whose map of the chosen class is not there.
void ReadingSession::requestMissing()
{
    if (!m_film)
        return;
    for (int n = 0; n < static_cast<int>(m_networks.size()); ++n) {
        const ModelCard &card = m_networks[static_cast<std::size_t>(n)].package.card;
        const NetworkReading &has = own(n);
        const bool knowsClass = std::ranges::find(card.classes, m_class) != card.classes.end()
            && isOffered(card, MapMethod::GradCam);
        const bool needsMap = knowsClass && !has.maps.contains(m_class);
        if (!has.prediction || has.isOfAnotherLook || needsMap)
            request(n);
    }
}

void ReadingSession::request(int network)
{
    auto &stop = m_stops[static_cast<std::size_t>(network)];
    stop.request_stop();
    m_bandStops[static_cast<std::size_t>(network)].request_stop();
    const ModelPackage &package = m_networks[static_cast<std::size_t>(network)].package;
    NetworkReading &reading = own(network);
    reading.state = NetworkReading::State::Waiting;
    reading.error.reset();
    m_hasRead = true;
    stop = runTask(
        m_lanes.of(package.card), this,
        [service = m_service, package, fed = m_fed, label = m_class](std::stop_token token) -> Answer {
            if (token.stop_requested())
                return {{}, fail(ErrorCode::Cancelled, "another film, class or look was asked for")};
            Answer answer{service->judge(package, fed->film(), fed->frame()),
                          service->read(package, fed->film(), fed->frame(), label, token)};
            if (answer.reading && answer.reading->map)
                answer.reading->map = fed->onFilm(std::move(*answer.reading->map));
            return answer;
        },
        [this, id = m_filmId, fed = m_fed, network, label = m_class](Answer answer) {
            if (fed == m_fed)
                received(id, network, label, std::move(answer));
        });
    Q_EMIT readingChanged(network);
    announceState();
}

void ReadingSession::received(int filmId, int network, const std::string &label, Answer answer)
{
    if (filmId != m_filmId || static_cast<std::size_t>(network) >= m_networks.size())
        return;
    NetworkReading &reading = own(network);
    Result<Reading> &result = answer.reading;
    if (reading.isOfAnotherLook)
        reading = {};
    reading.gate = std::move(answer.gate);
    if (result) {
        reading.state = NetworkReading::State::Done;
        reading.prediction = std::move(result->prediction);
        if (result->map) {
            const std::string of = result->map->label.empty() ? label : result->map->label;
            reading.maps.insert_or_assign(of, std::move(*result->map));
        }
    } else {
        reading.state = NetworkReading::State::Failed;
        reading.error = result.error();
    }
    Q_EMIT readingChanged(network);
    Q_EMIT filmRead(filmId);
    if (network == m_mapNetwork)
        Q_EMIT mapChanged();
    announceState();
    requestBands();
}

std::vector<int> ReadingSession::waitingFor() const
{
    std::vector<int> waiting;
    for (int n = 0; n < static_cast<int>(m_networks.size()); ++n) {
        if (reading(n).state == NetworkReading::State::Waiting)
            waiting.push_back(n);
    }
    return waiting;
}

bool ReadingSession::isReading() const { return !waitingFor().empty(); }

void ReadingSession::announceState()
{
    if (std::exchange(m_announced, isReading()) != m_announced)
        Q_EMIT readingStateChanged(m_announced);
}

void ReadingSession::cancel()
{
    for (int n = 0; n < static_cast<int>(m_networks.size()); ++n) {
        NetworkReading &reading = own(n);
        if (reading.state != NetworkReading::State::Waiting)
            continue;
        m_stops[static_cast<std::size_t>(n)].request_stop();
        if (reading.isOfAnotherLook)
            reading = {};
        reading.state = reading.prediction ? NetworkReading::State::Done : NetworkReading::State::Failed;
        if (!reading.prediction)
            reading.error = Error{ErrorCode::Cancelled, {}};
        Q_EMIT readingChanged(n);
    }
    announceState();
}

void ReadingSession::readAgain()
{
    if (!m_film)
        return;
    for (int n = 0; n < static_cast<int>(m_networks.size()); ++n) {
        own(n) = {};
        request(n);
    }
    Q_EMIT mapChanged();
}

std::optional<ShownLook> ReadingSession::lookNow() const
{
    return m_feedsTheView && m_film && m_lookSource ? m_lookSource(m_filmId) : std::nullopt;
}

// Readings of what was shown before stay in sight until the new ones come, or they would flicker in a drag.
void ReadingSession::feed(std::optional<ShownLook> look)
{
    const bool isSameFilm = m_fed && m_fed->source() == m_film;
    if (isSameFilm && look == fedLook())
        return;
    if (!look || !isSameFilm)
        m_shownReadings.clear();
    for (NetworkReading &reading : m_shownReadings) {
        reading.isOfAnotherLook = true;
        reading.bands.clear();
    }
    m_fedNumber = look ? ++m_lastFedNumber : 0;
    m_fed = m_film ? std::make_shared<FedFilm>(m_film, std::move(look)) : nullptr;
    Q_EMIT fedChanged();
}

void ReadingSession::viewChanged()
{
    const auto look = lookNow();
    if (!m_film || look == fedLook())
        return;
    stopAll();
    settleWaiting();
    feed(look);
    for (int n = 0; n < static_cast<int>(m_networks.size()); ++n)
        Q_EMIT readingChanged(n);
    Q_EMIT mapChanged();
    requestMissing();
    requestBands();
    announceState();
}

void ReadingSession::setFeedsTheView(bool feeds)
{
    if (std::exchange(m_feedsTheView, feeds) == feeds)
        return;
    viewChanged();
    Q_EMIT fedChanged();
}

void ReadingSession::chooseClass(const std::string &label)
{
    if (label == m_class)
        return;
    m_class = label;
    requestMissing();
    Q_EMIT selectionChanged();
    Q_EMIT mapChanged();
}

void ReadingSession::chooseMapNetwork(int network)
{
    if (network == m_mapNetwork || network < 0 || network >= static_cast<int>(m_networks.size()))
        return;
    m_mapNetwork = network;
    Q_EMIT selectionChanged();
    Q_EMIT mapChanged();
}

std::string ReadingSession::mapClass() const
{
    if (!m_class.empty())
        return m_class;
    if (isWithheld(m_filmId, m_mapNetwork))
        return {};
    const auto &prediction = reading(m_mapNetwork).prediction;
    return prediction && !prediction->scores.empty() ? prediction->scores[prediction->top()].label
                                                     : std::string();
}

std::optional<ActivationMap> ReadingSession::currentMap() const
{
    if (isWithheld(m_filmId, m_mapNetwork))
        return std::nullopt;
    const auto &maps = reading(m_mapNetwork).maps;
    const auto found = maps.find(mapClass());
    return found == maps.end() ? std::nullopt : std::optional(found->second);
}

void ReadingSession::setOverlayShown(bool shown)
{
    if (std::exchange(m_overlayShown, shown) != shown)
        Q_EMIT selectionChanged();
}

void ReadingSession::setOpacity(double opacity)
{
    if (std::exchange(m_opacity, opacity) != opacity)
        Q_EMIT selectionChanged();
}

void ReadingSession::setDevice(DeviceChoice device)
{
    if (device == m_device)
        return;
    m_device = device;
    stopAll();
    m_readings.clear();
    m_shownReadings.clear();
    runTask(
        m_lanes.inference(), this,
        [service = m_service, device](std::stop_token) {
            service->setDevice(device);
            return true;
        },
        [](bool) {});
    readAgain();
}

} // namespace hilum::ui
