// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/inside/InsideSession.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/session/ReadingSession.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int mostStrongest = 14;

} // namespace

InsideSession::InsideSession(Lanes &lanes, std::shared_ptr<InsideService> service, ReadingSession &readings,
                             QObject *parent)
    : QObject(parent)
    , m_lanes(lanes)
    , m_service(std::move(service))
    , m_readings(readings)
{
    connect(&readings, &ReadingSession::networksChanged, this, &InsideSession::restart);
    connect(&readings, &ReadingSession::fedChanged, this, &InsideSession::update);
    restart();
}

InsideSession::~InsideSession() { m_stop.request_stop(); }

void InsideSession::setWatched(bool watched)
{
    if (std::exchange(m_isWatched, watched) == watched)
        return;
    update();
    Q_EMIT changed();
}

// Networks are known by their place.
void InsideSession::restart()
{
    m_stop.request_stop();
    m_isReading = false;
    m_reading.reset();
    m_readOf.reset();
    m_anatomies.assign(m_readings.networks().size(), std::nullopt);
    m_asked.assign(m_readings.networks().size(), false);
    m_network = 0;
    m_stage = 0;
    m_cell.reset();
    Q_EMIT anatomyChanged();
    update();
}

void InsideSession::update()
{
    if (!m_isWatched || m_readings.networks().empty())
        return;
    for (std::size_t n = 0; n < m_asked.size(); ++n) {
        if (m_asked[n])
            continue;
        m_asked[n] = true;
        if (m_readings.networks()[n].package.card.imported)
            continue; // what it is made of is its maker's
        const ModelPackage package = m_readings.networks()[n].package;
        runTask(
            m_lanes.inference(), this,
            [service = m_service, package](std::stop_token) { return service->anatomy(package); },
            [this, n, hash = package.card.weightsSha256](Result<Anatomy> anatomy) {
                if (n >= m_anatomies.size() || m_readings.networks()[n].package.card.weightsSha256 != hash)
                    return;
                if (anatomy)
                    m_anatomies[n] = std::move(*anatomy);
                else
                    m_error = anatomy.error();
                Q_EMIT anatomyChanged();
            });
    }
    if (m_readings.fed() != m_readOf)
        read();
}

void InsideSession::choose(int network, int stage)
{
    if (network == m_network && stage == m_stage)
        return;
    m_network = network;
    m_stage = stage;
    m_cell.reset();
    m_reading.reset();
    read();
}

void InsideSession::read()
{
    m_stop.request_stop();
    m_readOf = m_readings.fed();
    m_isReading = m_readOf != nullptr;
    if (!m_isReading) {
        m_reading.reset();
        m_strongest.clear();
        Q_EMIT changed();
        return;
    }
    const ModelPackage package = m_readings.networks()[static_cast<std::size_t>(m_network)].package;
    m_stop = runTask(
        m_lanes.of(package.card), this,
        [service = m_service, fed = m_readOf, stage = m_stage,
         package](std::stop_token stop) -> Result<StageReading> {
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled, "another stage or film was asked for");
            return service->readStage(package, fed->film(), fed->frame(), stage, stop);
        },
        [this](Result<StageReading> reading) { received(std::move(reading)); });
    Q_EMIT changed();
}

void InsideSession::received(Result<StageReading> reading)
{
    m_isReading = false;
    m_error.reset();
    if (!reading) {
        m_error = reading.error();
        m_reading.reset();
        m_strongest.clear();
        Q_EMIT changed();
        return;
    }
    const bool isSameStage = m_reading && m_reading->channels.size() == reading->channels.size();
    m_reading = std::move(*reading);
    m_strongest = strongestChannels(m_reading->channels, mostStrongest);
    if (!isSameStage)
        m_channel = m_strongest.empty() ? 0 : m_strongest.front();
    Q_EMIT changed();
}

const std::vector<Plane<float>> &InsideSession::channels() const
{
    static const std::vector<Plane<float>> none;
    return m_reading ? m_reading->channels : none;
}

const Plane<float> *InsideSession::input() const { return m_reading ? &m_reading->input.values : nullptr; }

void InsideSession::chooseChannel(int channel)
{
    if (channel < 0 || channel >= static_cast<int>(channels().size()) || channel == m_channel)
        return;
    m_channel = channel;
    Q_EMIT changed();
}

void InsideSession::chooseCell(std::optional<QPoint> cell)
{
    m_cell = cell;
    Q_EMIT changed();
}

std::optional<Architecture> InsideSession::architecture() const
{
    const auto place = static_cast<std::size_t>(m_network);
    if (place >= m_readings.networks().size())
        return std::nullopt;
    const auto found = findArchitecture(m_readings.networks()[place].package.card.architecture);
    return found ? std::optional(*found) : std::nullopt;
}

QString InsideSession::label() const
{
    const auto found = architecture();
    if (!found)
        return {};
    return tr("%1, %2, channel %3")
        .arg(toText(m_readings.networks()[static_cast<std::size_t>(m_network)].package.card.title),
             toText(stageNames(*found)[static_cast<std::size_t>(m_stage)]))
        .arg(m_channel + 1);
}

std::optional<ActivationMap> InsideSession::map() const
{
    if (!m_reading || m_channel >= static_cast<int>(m_reading->channels.size()) || !m_readOf)
        return std::nullopt;
    const Plane<float> &values = m_reading->channels[static_cast<std::size_t>(m_channel)];
    const bool isSigned = std::ranges::any_of(values.samples(), [](float value) { return value < 0; });
    ActivationMap map = scaledMap(values, isSigned ? MapSign::Both : MapSign::Positive);
    map.map = m_reading->input.map;
    return m_readOf->onFilm(std::move(map));
}

std::optional<ReceptiveField> InsideSession::field() const
{
    const auto found = architecture();
    if (!m_cell || !m_reading || !found || m_reading->channels.empty())
        return std::nullopt;
    const Plane<float> &channel = m_reading->channels.front();
    if (m_cell->x() >= channel.width() || m_cell->y() >= channel.height())
        return std::nullopt;
    return receptiveField(spatialLayers(*found, m_stage), m_reading->input.values.width(), m_cell->x(),
                          m_cell->y());
}

std::optional<InputMap> InsideSession::fieldOnFilm() const
{
    const auto seen = field();
    if (!seen || seen->width == 0 || seen->height == 0)
        return std::nullopt;
    const InputMap &part = m_reading->input.map;
    const double across = static_cast<double>(part.width) / m_reading->input.values.width();
    const double down = static_cast<double>(part.height) / m_reading->input.values.height();
    const auto from = [](double value) { return static_cast<int>(std::floor(value)); };
    const auto to = [](double value) { return static_cast<int>(std::ceil(value)); };
    InputMap shown = part;
    shown.left = part.left + from(seen->left * across);
    shown.top = part.top + from(seen->top * down);
    shown.width = part.left + to((seen->left + seen->width) * across) - shown.left;
    shown.height = part.top + to((seen->top + seen->height) * down) - shown.top;
    if (!m_readOf->look())
        return shown;
    const Film &film = *m_readOf->source()->film;
    return ShownPlace(*m_readOf->look(), film.columns, film.rows).toFilm(shown);
}

int InsideSession::fieldAcross() const
{
    const auto found = architecture();
    return found ? hilum::fieldAcross(spatialLayers(*found, m_stage)) : 0;
}

} // namespace hilum::ui
