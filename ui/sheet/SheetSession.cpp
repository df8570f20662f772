// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sheet/SheetSession.h"

#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/session/ReadingSession.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hilum::ui {

namespace {

constexpr std::size_t mostKept = 64;

} // namespace

SheetSession::SheetSession(Lanes &lanes, std::shared_ptr<NetworkService> service, ReadingSession &readings,
                           QObject *parent)
    : QObject(parent)
    , m_lanes(lanes)
    , m_service(std::move(service))
    , m_readings(readings)
{
    for (const auto signal : {&ReadingSession::selectionChanged, &ReadingSession::mapChanged})
        connect(&readings, signal, this, &SheetSession::makeNext);
    connect(&readings, &ReadingSession::readingChanged, this, &SheetSession::makeNext);
    connect(&readings, &ReadingSession::networksChanged, this, [this] {
        m_kept.clear(); // networks are known by their place
        takeNetworks();
        makeNext();
    });
    takeNetworks();
}

SheetSession::~SheetSession() { m_stop.request_stop(); }

void SheetSession::takeNetworks()
{
    constexpr std::size_t fewest = 2;
    const auto &all = m_readings.networks();
    const auto placeOf = [&all](const std::filesystem::path &folder) {
        const auto found = std::ranges::find(
            all, folder, [](const NetworkEntry &network) { return network.package.folder; });
        return found == all.end() ? -1 : static_cast<int>(found - all.begin());
    };
    m_networks.clear();
    for (const std::filesystem::path &folder : m_chosen) {
        if (const int place = placeOf(folder); place >= 0)
            m_networks.insert(place);
    }
    if (const int next = m_next ? placeOf(*m_next) : -1; next >= 0) {
        if (m_networks.size() == mostNetworks)
            m_networks.erase(std::prev(m_networks.end()));
        m_networks.insert(next);
        m_next.reset();
    }
    const std::size_t enough = m_chosen.empty() ? mostNetworks : fewest;
    for (std::size_t i = 0; i < all.size() && m_networks.size() < enough; ++i)
        m_networks.insert(static_cast<int>(i));
    remember();
}

void SheetSession::remember()
{
    m_chosen.clear();
    for (const int network : m_networks)
        m_chosen.push_back(m_readings.networks()[static_cast<std::size_t>(network)].package.folder);
}

void SheetSession::setActive(bool active)
{
    m_active = active;
    makeNext();
}

void SheetSession::choose(int network, bool on)
{
    constexpr std::size_t fewest = 2;
    if (on ? m_networks.size() < mostNetworks : m_networks.size() > fewest) {
        if (on)
            m_networks.insert(network);
        else
            m_networks.erase(network);
        remember();
    }
    makeNext();
}

void SheetSession::chooseMethod(MapMethod method)
{
    m_method = method;
    makeNext();
}

std::optional<SheetSession::Key> SheetSession::keyOf(int network) const
{
    const auto &networks = m_readings.networks();
    const std::string label = m_readings.mapClass();
    if (!m_readings.film() || label.empty() || static_cast<std::size_t>(network) >= networks.size()
        || !m_readings.reading(network).prediction || m_readings.isWithheld(m_readings.filmId(), network)
        || std::ranges::count(networks[static_cast<std::size_t>(network)].package.card.classes, label) == 0)
        return std::nullopt;
    return Key{m_readings.filmId(), network, label, m_method, m_readings.fedNumber()};
}

const ActivationMap *SheetSession::map(int network) const
{
    const auto key = keyOf(network);
    const auto found = key ? m_kept.find(*key) : m_kept.end();
    return found != m_kept.end() && found->second ? &*found->second : nullptr;
}

std::optional<Error> SheetSession::error(int network) const
{
    const auto key = keyOf(network);
    const auto found = key ? m_kept.find(*key) : m_kept.end();
    return found != m_kept.end() && !found->second ? std::optional(found->second.error()) : std::nullopt;
}

void SheetSession::makeNext()
{
    if (m_making && m_making != keyOf(std::get<1>(*m_making))) {
        m_stop.request_stop();
        m_making.reset();
    }
    if (m_active && !m_making) {
        std::optional<Key> next;
        for (const int network : m_networks) {
            const auto key = keyOf(network);
            if (!key || m_kept.contains(*key))
                continue;
            // Imported networks last: they may take as long as their time limit.
            const bool isOwn
                = !m_readings.networks()[static_cast<std::size_t>(network)].package.card.imported;
            if (isOwn || !next)
                next = key;
            if (isOwn)
                break;
        }
        if (next)
            begin(*next);
    }
    Q_EMIT changed();
}

void SheetSession::begin(const Key &key)
{
    if (m_kept.size() >= mostKept)
        m_kept.clear();
    const ModelPackage &package = m_readings.networks()[static_cast<std::size_t>(std::get<1>(key))].package;
    const auto &classes = package.card.classes;
    ExplainRequest request;
    request.method = m_method;
    request.classIndex = static_cast<int>(std::ranges::find(classes, std::get<2>(key)) - classes.begin());
    m_making = key;
    m_stop = runTask(
        m_lanes.of(package.card), this,
        [service = m_service, package, fed = m_readings.fed(), request](std::stop_token token) {
            auto result = service->explain(package, fed->film(), fed->frame(), request, {}, token);
            if (result)
                result->map = fed->onFilm(std::move(result->map));
            return result;
        },
        [this, key](Result<Explanation> result) {
            if (m_making != key)
                return;
            m_making.reset();
            m_kept.insert_or_assign(
                key, result ? Kept(std::move(result->map)) : Kept(tl::unexpected(result.error())));
            makeNext();
        });
}

} // namespace hilum::ui
