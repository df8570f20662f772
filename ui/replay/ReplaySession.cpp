// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/replay/ReplaySession.h"

#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/session/ReadingSession.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int firstFrame = 0; // as networks read
constexpr std::size_t mostKept = 512; // readings with their coarse maps, some kB each
constexpr int mostAhead = 128; // epochs that are read before anybody asks

// The worse beside the better: two runs of one architecture, where there are.
std::array<int, ReplaySession::sides> firstChoice(const std::vector<ReplayRun> &runs)
{
    for (std::size_t a = 0; a < runs.size(); ++a) {
        for (std::size_t b = a + 1; b < runs.size(); ++b) {
            const ModelCard &one = runs[a].package.card;
            const ModelCard &other = runs[b].package.card;
            if (one.architecture == other.architecture && one.classes == other.classes)
                return {static_cast<int>(a), static_cast<int>(b)};
        }
    }
    return {runs.empty() ? -1 : 0, -1};
}

} // namespace

ReplaySession::ReplaySession(Lanes &lanes, std::shared_ptr<NetworkService> service, ReadingSession &readings,
                             QObject *parent)
    : QObject(parent)
    , m_lanes(lanes)
    , m_service(std::move(service))
    , m_readings(readings)
{
    for (const auto signal : {&ReadingSession::selectionChanged, &ReadingSession::mapChanged})
        connect(&readings, signal, this, &ReplaySession::follow);
    connect(&readings, &ReadingSession::readingChanged, this, &ReplaySession::follow);
}

ReplaySession::~ReplaySession()
{
    m_stop.request_stop();
    m_lookStop.request_stop();
}

void ReplaySession::setActive(bool active)
{
    m_active = active;
    follow();
}

void ReplaySession::lookForRuns(std::vector<std::filesystem::path> roots)
{
    m_lookStop.request_stop();
    m_lookStop = runTask(
        m_lanes.background(), this,
        [roots = std::move(roots)](const std::stop_token &) { return readReplayRuns(roots); },
        [this](std::vector<ReplayRun> runs) {
            std::array<std::filesystem::path, sides> was;
            for (int side = 0; side < sides; ++side) {
                if (const ReplayRun *one = run(side))
                    was[static_cast<std::size_t>(side)] = one->package.folder;
            }
            m_runs = std::move(runs);
            const bool isFirst = !std::exchange(m_hasLooked, true);
            for (std::size_t side = 0; side < sides; ++side) {
                const auto same = std::ranges::find(m_runs, was[side],
                                                    [](const ReplayRun &one) { return one.package.folder; });
                m_chosen[side] = same == m_runs.end() ? -1 : static_cast<int>(same - m_runs.begin());
            }
            if (isFirst || m_chosen[0] < 0)
                m_chosen = firstChoice(m_runs);
            gatherEpochs();
        });
}

const ReplayRun *ReplaySession::run(int side) const
{
    const int place = chosen(side);
    return place < 0 ? nullptr : &m_runs[static_cast<std::size_t>(place)];
}

void ReplaySession::choose(int side, int run)
{
    if (run == chosen(side) || run >= static_cast<int>(m_runs.size()) || (run < 0 && side == 0))
        return;
    m_chosen[static_cast<std::size_t>(side)] = run;
    gatherEpochs();
}

void ReplaySession::gatherEpochs()
{
    m_epochs.clear();
    for (int side = 0; side < sides; ++side) {
        if (const ReplayRun *one = run(side)) {
            for (const ReplayEpoch &epoch : one->epochs)
                m_epochs.push_back(epoch.number);
        }
    }
    std::ranges::sort(m_epochs);
    m_epochs.erase(std::unique(m_epochs.begin(), m_epochs.end()), m_epochs.end());
    if (!m_epochs.empty() && !std::ranges::binary_search(m_epochs, m_epoch))
        m_epoch = m_epoch == 0 ? m_epochs.front() : m_epochs.back();
    Q_EMIT runsChanged();
    Q_EMIT epochChanged();
    follow();
}

void ReplaySession::setEpoch(int epoch)
{
    if (m_epochs.empty())
        return;
    const auto nearest
        = std::ranges::min_element(m_epochs, {}, [epoch](int kept) { return std::abs(kept - epoch); });
    if (std::exchange(m_epoch, *nearest) == *nearest)
        return;
    Q_EMIT epochChanged();
    follow();
}

bool ReplaySession::isWithheld() const
{
    const int count = static_cast<int>(m_readings.networks().size());
    for (int n = 0; n < count; ++n) {
        if (m_readings.isWithheld(m_readings.filmId(), n))
            return true;
    }
    return false;
}

std::optional<ReplaySession::Key> ReplaySession::keyOf(int side, const ReplayEpoch *epoch) const
{
    const ReplayRun *of = run(side);
    if (of == nullptr || !m_readings.film() || isWithheld())
        return std::nullopt;
    const ReplayEpoch &at = epoch == nullptr ? of->at(m_epoch) : *epoch;
    return Key{m_readings.filmId(), at.package.folder, m_readings.chosenClass()};
}

const Reading *ReplaySession::reading(int side) const
{
    const auto key = keyOf(side);
    const auto found = key ? m_kept.find(*key) : m_kept.end();
    return found != m_kept.end() && found->second ? &*found->second : nullptr;
}

const Prediction *ReplaySession::prediction(int side) const
{
    if (const Reading *exact = reading(side))
        return &exact->prediction;
    const auto key = keyOf(side);
    const auto same = std::ranges::find_if(m_kept, [&](const auto &kept) {
        return key && kept.second && std::get<0>(kept.first) == std::get<0>(*key)
            && std::get<1>(kept.first) == std::get<1>(*key);
    });
    return same == m_kept.end() ? nullptr : &same->second->prediction;
}

std::optional<Error> ReplaySession::error(int side) const
{
    const auto key = keyOf(side);
    const auto found = key ? m_kept.find(*key) : m_kept.end();
    return found != m_kept.end() && !found->second ? std::optional(found->second.error()) : std::nullopt;
}

int ReplaySession::readAhead(int side) const
{
    int done = 0;
    if (const ReplayRun *of = run(side)) {
        for (const ReplayEpoch &epoch : of->epochs) {
            const auto key = keyOf(side, &epoch);
            done += key && m_kept.contains(*key) ? 1 : 0;
        }
    }
    return done;
}

void ReplaySession::follow()
{
    readNext();
    Q_EMIT readingChanged();
}

// The epochs on the screen, then their neighbours, outwards.
void ReplaySession::readNext()
{
    if (!m_active || m_isReading)
        return;
    for (int side = 0; side < sides; ++side) {
        const auto key = keyOf(side);
        if (key && !m_kept.contains(*key))
            return begin(*key, run(side)->at(m_epoch).package);
    }
    if (readAhead(0) + readAhead(1) >= mostAhead)
        return;
    const ReplayEpoch *next = nullptr;
    std::optional<Key> nextKey;
    for (int side = 0; side < sides; ++side) {
        const ReplayRun *of = run(side);
        if (of == nullptr)
            continue;
        for (const ReplayEpoch &epoch : of->epochs) {
            const auto key = keyOf(side, &epoch);
            const bool isNearer
                = next == nullptr || std::abs(epoch.number - m_epoch) < std::abs(next->number - m_epoch);
            if (key && !m_kept.contains(*key) && isNearer) {
                next = &epoch;
                nextKey = key;
            }
        }
    }
    if (next != nullptr)
        begin(*nextKey, next->package);
}

void ReplaySession::begin(const Key &key, const ModelPackage &package)
{
    if (m_kept.size() >= mostKept)
        m_kept.clear();
    m_isReading = true;
    m_stop = runTask(
        m_lanes.inference(), this,
        [service = m_service, package, film = m_readings.film(),
         label = std::get<2>(key)](std::stop_token stop) {
            return service->read(package, *film->film, firstFrame, label, std::move(stop));
        },
        [this, key](Result<Reading> reading) {
            m_isReading = false;
            m_kept.insert_or_assign(key, std::move(reading));
            follow();
        });
}

} // namespace hilum::ui
