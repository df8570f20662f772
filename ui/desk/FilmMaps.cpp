// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/FilmMaps.h"

#include "ui/bridge/ErrorText.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/session/NetworkService.h"
#include "ui/viewer/HeatColours.h"

#include <QTimer>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int heatSide = 112;
constexpr std::size_t mostMaps = 400;

FilmMap failed(const Error &error) { return {{}, {}, -1, errorBadge(error.code), true}; }

FilmMap drawn(const Reading &reading, const std::string &label)
{
    FilmMap made;
    made.probability = -1;
    for (const ClassScore &score : reading.prediction.scores) {
        if (score.label == label)
            made.probability = score.probability;
    }
    if (!reading.map) {
        made.words = FilmMaps::tr("no map");
    } else if (!reading.map->hasEvidence()) {
        made.words = FilmMaps::tr("nothing for it");
    } else {
        const InputMap &part = reading.map->map;
        made.part = QRectF(double(part.left) / part.filmWidth, double(part.top) / part.filmHeight,
                           double(part.width) / part.filmWidth, double(part.height) / part.filmHeight);
        made.heat = heatLayer(*reading.map, {}, heatSide);
    }
    return made;
}

} // namespace

FilmMaps::FilmMaps(Lanes &lanes, std::shared_ptr<NetworkService> service,
                   std::function<FilmReader()> makeReader, QObject *parent)
    : QObject(parent)
    , m_lanes(lanes)
    , m_service(std::move(service))
    , m_makeReader(std::move(makeReader))
{
}

FilmMaps::~FilmMaps() { m_stop.request_stop(); }

void FilmMaps::setNetwork(std::optional<ModelPackage> network)
{
    const auto isSame = [&] {
        return network && m_network && network->folder == m_network->folder
            && network->card.id == m_network->card.id
            && network->card.weightsSha256 == m_network->card.weightsSha256;
    };
    if (isSame())
        return;
    stop();
    m_network = std::move(network);
}

std::string FilmMaps::keyOf(const std::filesystem::path &path, const std::string &label) const
{
    return path.string() + '\n' + m_network->folder.string() + '\n' + m_network->card.id + ' '
        + m_network->card.weightsSha256 + '\n' + label;
}

const FilmMap *FilmMaps::find(const std::filesystem::path &path, const std::string &label) const
{
    if (!m_network)
        return nullptr;
    const auto known = m_maps.find(keyOf(path, label));
    return known == m_maps.end() ? nullptr : &known->second;
}

void FilmMaps::want(int film, const std::filesystem::path &path, const std::string &label)
{
    const auto isSame
        = [&](const Wish &wish) { return wish.film == film && wish.path == path && wish.label == label; };
    if (!m_network || !m_service || !m_makeReader || std::ranges::any_of(m_wanted, isSame))
        return;
    m_wanted.push_back({film, path, label});
    if (std::exchange(m_isAsking, true))
        return;
    // Painting asks; making begins when it is done.
    QTimer::singleShot(0, this, [this] {
        m_isAsking = false;
        next();
    });
}

void FilmMaps::stop()
{
    m_stop.request_stop();
    m_stop = std::stop_source(std::nostopstate);
    m_isMaking = false;
    m_wanted.clear();
    std::erase_if(m_maps, [](const auto &one) { return one.second.isFailed; });
}

void FilmMaps::next()
{
    while (!m_isMaking && !m_wanted.empty()) {
        const Wish wish = std::move(m_wanted.front());
        m_wanted.pop_front();
        if ((!m_isSeen || m_isSeen(wish.film)) && !find(wish.path, wish.label))
            readFilm(wish);
    }
}

void FilmMaps::readFilm(const Wish &wish)
{
    if (!m_reader)
        m_reader = std::make_shared<FilmReader>(m_makeReader());
    m_isMaking = true;
    m_stop = runTask(
        m_lanes.decode(), this,
        [reader = m_reader, path = wish.path](const std::stop_token &stop) -> Result<FilmPtr> {
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled, {});
            return (*reader)(path, stop);
        },
        [this, key = keyOf(wish.path, wish.label), label = wish.label](const Result<FilmPtr> &film) {
            if (film)
                readMap(key, label, *film);
            else
                keep(key, failed(film.error()));
        });
}

void FilmMaps::readMap(const std::string &key, const std::string &label, const FilmPtr &film)
{
    m_stop = runTask(
        m_lanes.of(m_network->card), this,
        [service = m_service, network = *m_network, label, film](const std::stop_token &stop) -> FilmMap {
            if (stop.stop_requested())
                return {};
            const Result<Reading> reading = service->read(network, *film, 0, label, stop);
            return reading ? drawn(*reading, label) : failed(reading.error());
        },
        [this, key](FilmMap map) { keep(key, std::move(map)); });
}

void FilmMaps::keep(const std::string &key, FilmMap map)
{
    m_isMaking = false;
    if (m_maps.size() >= mostMaps)
        m_maps.clear();
    m_maps[key] = std::move(map);
    next();
    Q_EMIT made();
}

} // namespace hilum::ui
