// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lab/LabSession.h"

#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/session/ReadingSession.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int firstFrame = 0; // as ReadingSession reads
constexpr int restMs = 350; // the hand rests: what the networks say along the change is read

Window windowOf(const DisplayFilm &film, const LabFilm &lab)
{
    const Window window = asWindow(film.presets.front().voi);
    const double range = static_cast<double>(lab.white - lab.black);
    if (film.isColour())
        return {0.5, 1, VoiFunction::LinearExact};
    const double centre = film.film->highIsBlack() ? -window.centre : window.centre;
    return {(centre - static_cast<double>(lab.black)) / range, window.width / range,
            VoiFunction::LinearExact};
}

} // namespace

LabSession::LabSession(Lanes &lanes, std::shared_ptr<NetworkService> service, ReadingSession &readings,
                       QObject *parent)
    : QObject(parent)
    , m_lanes(lanes)
    , m_service(std::move(service))
    , m_readings(readings)
{
    m_clock.start();
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    connect(&m_rest, &QTimer::timeout, this, &LabSession::sweepAll);
    connect(&readings, &ReadingSession::mapChanged, this, &LabSession::lookForFilm);
    connect(&readings, &ReadingSession::readingChanged, this, &LabSession::lookForFilm);
    connect(&readings, &ReadingSession::networksChanged, this, [this] {
        m_film.reset(); // networks are known by their place
        lookForFilm();
    });
}

LabSession::~LabSession()
{
    m_stop.request_stop();
    for (Reader &reader : m_readers) {
        reader.stop.request_stop();
        reader.sweepStop.request_stop();
    }
}

bool LabSession::isWorking() const
{
    return m_isMaking || std::ranges::any_of(m_readers, &Reader::isReading);
}

bool LabSession::hasNetworks(LabLane lane) const
{
    return std::ranges::any_of(m_readings.networks(), [lane](const NetworkEntry &network) {
        return laneOf(network.package) == lane;
    });
}

QThreadPool &LabSession::poolOf(LabLane lane) const
{
    return lane == LabLane::Own ? m_lanes.inference() : m_lanes.guests();
}

const Bands &LabSession::bands(int network) const
{
    return m_readings.ownReadingOf(m_readings.filmId(), network).bands;
}

bool LabSession::isWithheld() const
{
    const int count = static_cast<int>(m_readings.networks().size());
    const int film = m_readings.filmId();
    for (int n = 0; n < count; ++n) {
        // Where the film's own values were never read, the gate's word on what the view shows stands.
        if (m_readings.ownReadingOf(film, n).prediction ? m_readings.isOwnWithheld(film, n)
                                                        : m_readings.isWithheld(film, n))
            return true;
    }
    return false;
}

void LabSession::setOn(bool on)
{
    m_isOn = on;
    if (!on) {
        stopSweep();
        m_rest.stop();
        return;
    }
    lookForFilm();
    m_rest.start();
}

void LabSession::lookForFilm()
{
    if (!m_isOn)
        return;
    if (m_film == m_readings.film() && m_film && !wantsOtherLungs()) {
        readAll(); // perhaps shown all the same, after the gate refused it
        Q_EMIT readingsChanged();
        return;
    }
    m_film = m_readings.film();
    prepareFilm();
}

void LabSession::setLungSource(LungSource source)
{
    m_lungSource = std::move(source);
    lungsChanged();
}

void LabSession::lungsChanged()
{
    if (m_isOn && m_film && wantsOtherLungs())
        prepareFilm();
}

LabSession::Lungs LabSession::lungsNow() const
{
    return m_lungSource ? m_lungSource(m_readings.filmId()) : nullptr;
}

bool LabSession::wantsOtherLungs() const
{
    return std::ranges::any_of(changes(), needsLungs) && lungsNow() != m_lungs;
}

void LabSession::prepareFilm()
{
    m_stop.request_stop();
    stopSweep();
    m_isMaking = m_isStale = false;
    m_plain.reset();
    m_lungs = lungsNow();
    for (Reader &reader : m_readers) {
        reader.stop.request_stop();
        reader.isReading = false;
        reader.plain.reset();
        reader.inputs.reset();
    }
    m_before.clear();
    m_after.clear();
    m_error.reset();
    m_sweep = {};
    m_sweepOf.clear();
    if (!m_film)
        m_shown.reset();
    Q_EMIT readingsChanged();
    Q_EMIT sweepChanged();
    if (!m_film) {
        Q_EMIT filmShown();
        return;
    }
    m_stop = runTask(
        m_lanes.decode(), this,
        [film = m_film->film, lungs = m_lungs,
         packages = m_readings.packages()](std::stop_token) -> Result<Prepared> {
            auto lab = lungs ? labFilm(*film, firstFrame, *lungs) : labFilm(*film, firstFrame);
            if (!lab)
                return tl::unexpected(lab.error());
            LabInputs inputs = inputsOf(*lab, packages);
            return Prepared{std::make_shared<const LabFilm>(std::move(*lab)), std::move(inputs)};
        },
        [this](Result<Prepared> made) {
            if (made)
                return prepared(std::move(*made));
            m_error = made.error();
            Q_EMIT readingsChanged();
        });
}

void LabSession::prepared(Prepared made)
{
    m_plain = std::move(made.film);
    m_voi = windowOf(*m_film, *m_plain);
    for (Reader &reader : m_readers)
        reader.plain = made.inputs;
    touch();
    planSweep();
}

void LabSession::push(ChangeHistory::State state, int gesture)
{
    m_history.push(std::move(state), gesture);
    stateChanged();
}

void LabSession::stateChanged()
{
    Q_EMIT changesChanged();
    if (m_isOn && m_film && wantsOtherLungs())
        return prepareFilm();
    touch();
    planSweep();
}

void LabSession::select(int change)
{
    if (change == selected())
        return;
    m_history.select(change);
    Q_EMIT changesChanged();
    planSweep();
}

void LabSession::add(FilmChange change, int gesture)
{
    ChangeHistory::State state = m_history.now();
    state.changes.push_back(std::move(change));
    state.selected = static_cast<int>(state.changes.size()) - 1;
    push(std::move(state), gesture);
}

void LabSession::replace(int change, FilmChange with, int gesture)
{
    ChangeHistory::State state = m_history.now();
    auto &place = state.changes[static_cast<std::size_t>(change)];
    if (place == with)
        return;
    place = std::move(with);
    state.selected = change;
    push(std::move(state), gesture);
}

void LabSession::remove(int change)
{
    ChangeHistory::State state = m_history.now();
    state.changes.erase(state.changes.begin() + change);
    state.selected = std::min(change, static_cast<int>(state.changes.size()) - 1);
    push(std::move(state), 0);
}

void LabSession::setChanges(std::vector<FilmChange> changes)
{
    if (changes == this->changes())
        return;
    ChangeHistory::State state{std::move(changes), -1};
    state.selected = static_cast<int>(state.changes.size()) - 1;
    push(std::move(state), 0);
}

void LabSession::undo()
{
    if (!canUndo())
        return;
    m_history.undo();
    stateChanged();
}

void LabSession::redo()
{
    if (!canRedo())
        return;
    m_history.redo();
    stateChanged();
}

// Something is to be made and read anew; the hand comes before the sweep.
void LabSession::touch()
{
    stopSweep();
    if (!m_plain || !m_isOn)
        return;
    if (!m_isStale)
        m_touchedAt = static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
    if (m_isMaking)
        m_isStale = true;
    else
        make();
}

void LabSession::make()
{
    m_isMaking = true;
    m_isStale = false;
    m_changedAt = m_touchedAt;
    m_stop = runTask(
        m_lanes.decode(), this,
        [plain = m_plain, changes = changes(),
         packages = m_readings.packages()](std::stop_token) -> Result<Made> {
            const auto lab = changed(*plain, changes);
            if (!lab)
                return tl::unexpected(lab.error());
            return Made{makeDisplayFilm(filmOf(*lab)), inputsOf(*lab, packages)};
        },
        [this](Result<Made> made) {
            m_isMaking = false;
            m_error.reset();
            if (made) {
                m_shown = std::move(made->shown);
                for (Reader &reader : m_readers)
                    reader.inputs = made->inputs;
                m_inputsFrom = m_changedAt;
                Q_EMIT filmShown();
                readAll();
            } else {
                m_error = made.error();
                Q_EMIT readingsChanged();
            }
            if (m_isStale)
                make();
        });
}

void LabSession::readAll()
{
    for (const LabLane lane : labLanes)
        read(lane);
}

void LabSession::read(LabLane lane)
{
    Reader &reader = readerOf(lane);
    if (reader.isReading || !reader.inputs || isWithheld() || !hasNetworks(lane))
        return;
    reader.isReading = true;
    struct Both {
        std::optional<LabAnswers> before;
        LabAnswers after;
    };
    reader.stop = runTask(
        poolOf(lane), this,
        [service = m_service, lane, packages = m_readings.packages(),
         plain = std::exchange(reader.plain, std::nullopt),
         inputs = *std::exchange(reader.inputs, std::nullopt)](std::stop_token stop) {
            Both both;
            if (plain)
                both.before = ask(*service, lane, packages, *plain, stop);
            both.after = ask(*service, lane, packages, inputs, stop);
            return both;
        },
        [this, lane, from = m_inputsFrom](Both both) {
            readerOf(lane).isReading = false;
            // The first reading loads the networks, and is of no change.
            if (lane == LabLane::Own)
                m_lastMs.reset();
            if (both.before)
                take(m_before, lane, m_readings.packages(), std::move(both.before->predictions));
            else if (lane == LabLane::Own)
                m_lastMs = static_cast<double>(m_clock.nsecsElapsed()) / 1e6 - from;
            take(m_after, lane, m_readings.packages(), std::move(both.after.predictions));
            if (both.after.error)
                m_error = both.after.error;
            Q_EMIT readingsChanged();
            read(lane);
            m_rest.start();
        });
}

} // namespace hilum::ui
