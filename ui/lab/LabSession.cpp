// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lab/LabSession.h"

#include "core/lab/Strength.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/session/ReadingSession.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int firstFrame = 0; // as ReadingSession reads
constexpr int sweepPoints = 17;
constexpr std::size_t mostStates = 500;
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

std::vector<ModelInput> inputsOf(const LabFilm &film, const std::vector<ModelPackage> &packages)
{
    std::vector<ModelInput> inputs;
    for (std::size_t n = 0; n < packages.size(); ++n) {
        const auto same = std::ranges::find(packages, packages[n].card.input,
                                            [](const ModelPackage &package) { return package.card.input; });
        const auto first = static_cast<std::size_t>(same - packages.begin());
        inputs.push_back(first < n ? inputs[first] : inputOf(film, packages[n].card.input));
    }
    return inputs;
}

struct Answers {
    LabSession::Predictions predictions;
    std::optional<Error> error;
    bool isStopped = false;
};

Answers ask(NetworkService &service, const std::vector<ModelPackage> &packages,
            const std::vector<ModelInput> &inputs, const std::stop_token &stop)
{
    Answers answers;
    for (std::size_t n = 0; n < packages.size(); ++n) {
        if (stop.stop_requested()) {
            answers.isStopped = true;
            return answers;
        }
        auto prediction = service.predict(packages[n], inputs[n], stop);
        answers.predictions.push_back(prediction ? std::optional(std::move(*prediction)) : std::nullopt);
        if (!prediction)
            answers.error = prediction.error();
    }
    return answers;
}

// The ends first, then the middles of what is left: the shape shows early.
std::vector<int> coarseToFine(int count)
{
    std::vector<int> order{0, count - 1};
    for (int step = (count - 1) / 2; step > 0; step /= 2) {
        for (int i = step; i < count - 1; i += step) {
            if (std::ranges::find(order, i) == order.end())
                order.push_back(i);
        }
    }
    return order;
}

} // namespace

FilmPtr filmOf(const LabFilm &lab)
{
    // Shares from -0.5 to 1.5 as 16 bits.
    constexpr double lowest = -0.5;
    constexpr double span = 2;
    constexpr double codes = 65535;
    auto film = std::make_shared<Film>();
    film->columns = lab.greys.width();
    film->rows = lab.greys.height();
    film->bitsStored = 16;
    film->photometric = Photometric::Monochrome2;
    film->modalityTransform.slope = span / codes;
    film->modalityTransform.intercept = lowest;
    std::vector<std::uint16_t> samples(film->pixelsPerFrame());
    std::ranges::transform(lab.greys.samples(), samples.begin(), [](float grey) {
        const auto scale = static_cast<float>(codes / span);
        const float code = (grey - static_cast<float>(lowest)) * scale + 0.5F;
        return static_cast<std::uint16_t>(std::clamp(code, 0.0F, static_cast<float>(codes)));
    });
    film->samples = std::move(samples);
    return film;
}

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
    connect(&m_rest, &QTimer::timeout, this, &LabSession::sweepOn);
    connect(&readings, &ReadingSession::mapChanged, this, &LabSession::lookForFilm);
    connect(&readings, &ReadingSession::readingChanged, this, &LabSession::lookForFilm);
    connect(&readings, &ReadingSession::networksChanged, this, [this] {
        m_film.reset(); // networks are known by their place
        lookForFilm();
    });
}

LabSession::~LabSession()
{
    for (std::stop_source *stop : {&m_stop, &m_readStop, &m_sweepStop})
        stop->request_stop();
}

std::vector<ModelPackage> LabSession::packages() const
{
    std::vector<ModelPackage> packages;
    for (const NetworkEntry &network : m_readings.networks())
        packages.push_back(network.package);
    return packages;
}

const Bands &LabSession::bands(int network) const
{
    static const Bands none;
    return m_readings.fedLook() ? none : m_readings.reading(network).bands;
}

bool LabSession::isWithheld() const
{
    const int count = static_cast<int>(m_readings.networks().size());
    for (int n = 0; n < count; ++n) {
        if (m_readings.isWithheld(m_readings.filmId(), n))
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
    if (m_film == m_readings.film() && m_film) {
        read(); // perhaps shown all the same, after the gate refused it
        Q_EMIT readingsChanged();
        return;
    }
    const bool isOtherFilm = !m_film || !m_readings.film() || m_film->film != m_readings.film()->film;
    m_film = m_readings.film();
    if (isOtherFilm) {
        m_lungs.reset();
        m_lungsError.reset();
    }
    prepareFilm();
}

void LabSession::setLungs(FilmPtr lungs)
{
    m_lungs = std::move(lungs);
    m_lungsError.reset();
    prepareFilm();
}

void LabSession::prepareFilm()
{
    for (std::stop_source *stop : {&m_stop, &m_readStop})
        stop->request_stop();
    stopSweep();
    m_isMaking = m_isReading = m_isStale = false;
    m_plain.reset();
    m_plainInputs.reset();
    m_inputs.reset();
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
    using Lab = Result<std::shared_ptr<const LabFilm>>;
    m_stop = runTask(
        m_lanes.decode(), this,
        [film = m_film->film, lungs = m_lungs](std::stop_token) -> Lab {
            auto lab = labFilm(*film, firstFrame, lungs.get());
            if (!lab)
                return tl::unexpected(lab.error());
            return std::make_shared<const LabFilm>(std::move(*lab));
        },
        [this](Lab lab) {
            if (lab)
                return prepared(std::move(*lab));
            // Lungs of another film must not stand in the way of every other change.
            if (std::exchange(m_lungs, nullptr) != nullptr) {
                m_lungsError = lab.error();
                return prepareFilm();
            }
            m_error = lab.error();
            Q_EMIT readingsChanged();
        });
}

void LabSession::prepared(std::shared_ptr<const LabFilm> plain)
{
    m_plain = std::move(plain);
    m_voi = windowOf(*m_film, *m_plain);
    m_plainInputs = inputsOf(*m_plain, packages());
    touch();
    planSweep();
}

void LabSession::push(State state, int gesture)
{
    const bool continues = gesture != 0 && gesture == m_gesture && m_state > 0;
    m_states.resize(m_state + 1);
    if (continues) {
        m_states.back() = std::move(state);
    } else {
        m_states.push_back(std::move(state));
        if (m_states.size() > mostStates)
            m_states.erase(m_states.begin());
        m_state = m_states.size() - 1;
    }
    m_gesture = gesture;
    stateChanged();
}

void LabSession::stateChanged()
{
    Q_EMIT changesChanged();
    touch();
    planSweep();
}

void LabSession::select(int change)
{
    if (change == selected())
        return;
    m_states[m_state].selected = change;
    Q_EMIT changesChanged();
    planSweep();
}

void LabSession::add(FilmChange change, int gesture)
{
    State state = m_states[m_state];
    state.changes.push_back(std::move(change));
    state.selected = static_cast<int>(state.changes.size()) - 1;
    push(std::move(state), gesture);
}

void LabSession::replace(int change, FilmChange with, int gesture)
{
    State state = m_states[m_state];
    auto &place = state.changes[static_cast<std::size_t>(change)];
    if (place == with)
        return;
    place = std::move(with);
    state.selected = change;
    push(std::move(state), gesture);
}

void LabSession::remove(int change)
{
    State state = m_states[m_state];
    state.changes.erase(state.changes.begin() + change);
    state.selected = std::min(change, static_cast<int>(state.changes.size()) - 1);
    push(std::move(state), 0);
}

void LabSession::setChanges(std::vector<FilmChange> changes)
{
    if (changes == this->changes())
        return;
    State state{std::move(changes), -1};
    state.selected = static_cast<int>(state.changes.size()) - 1;
    push(std::move(state), 0);
}

void LabSession::undo()
{
    if (!canUndo())
        return;
    --m_state;
    m_gesture = 0;
    stateChanged();
}

void LabSession::redo()
{
    if (!canRedo())
        return;
    ++m_state;
    m_gesture = 0;
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
        [plain = m_plain, changes = changes(), packages = packages()](std::stop_token) -> Result<Made> {
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
                m_inputs = std::move(made->inputs);
                m_inputsFrom = m_changedAt;
                Q_EMIT filmShown();
                read();
            } else {
                m_error = made.error();
                Q_EMIT readingsChanged();
            }
            if (m_isStale)
                make();
        });
}

void LabSession::read()
{
    if (m_isReading || !m_inputs || isWithheld())
        return;
    m_isReading = true;
    struct Both {
        std::optional<Answers> before;
        Answers after;
    };
    m_readStop = runTask(
        m_lanes.inference(), this,
        [service = m_service, packages = packages(), plain = std::exchange(m_plainInputs, std::nullopt),
         inputs = *std::exchange(m_inputs, std::nullopt)](std::stop_token stop) {
            Both both;
            if (plain)
                both.before = ask(*service, packages, *plain, stop);
            both.after = ask(*service, packages, inputs, stop);
            return both;
        },
        [this, from = m_inputsFrom](Both both) {
            m_isReading = false;
            // The first reading loads the networks, and is of no change.
            m_lastMs.reset();
            if (both.before)
                m_before = std::move(both.before->predictions);
            else
                m_lastMs = static_cast<double>(m_clock.nsecsElapsed()) / 1e6 - from;
            m_after = std::move(both.after.predictions);
            if (both.after.error)
                m_error = both.after.error;
            Q_EMIT readingsChanged();
            read();
            m_rest.start();
        });
}

void LabSession::planSweep()
{
    const int index = selected();
    std::vector<FilmChange> of = changes();
    std::optional<StrengthScale> scale;
    if (index >= 0) {
        auto &swept = of[static_cast<std::size_t>(index)];
        scale = strengthScale(swept);
        if (scale)
            swept = withStrength(swept, scale->plain);
    }
    const bool isTheSame = index == m_sweep.change && of == m_sweepOf && !m_sweep.strengths.empty();
    m_rest.start();
    if (isTheSame && scale)
        return Q_EMIT sweepChanged(); // only the place on it moved
    stopSweep();
    m_sweep = {};
    m_sweepOf = std::move(of);
    if (scale) {
        m_sweep.change = index;
        for (int i = 0; i < sweepPoints; ++i) {
            const double value = scale->valueAt(static_cast<double>(i) / (sweepPoints - 1));
            m_sweep.strengths.push_back(value);
        }
        m_sweep.points.resize(sweepPoints);
    }
    Q_EMIT sweepChanged();
}

void LabSession::stopSweep()
{
    m_sweepStop.request_stop();
    m_isSweeping = false;
}

void LabSession::sweepOn()
{
    if (!m_isOn || !m_plain || m_sweep.change < 0 || m_isSweeping || isWithheld())
        return;
    if (isWorking())
        return m_rest.start();
    const auto order = coarseToFine(sweepPoints);
    const auto next = std::ranges::find_if(
        order, [&](int i) { return m_sweep.points[static_cast<std::size_t>(i)].empty(); });
    if (next == order.end())
        return;
    const auto place = static_cast<std::size_t>(*next);
    std::vector<FilmChange> with = changes();
    auto &swept = with[static_cast<std::size_t>(m_sweep.change)];
    swept = withStrength(swept, m_sweep.strengths[place]);
    m_isSweeping = true;
    m_sweepStop = runTask(
        m_lanes.inference(), this,
        [service = m_service, packages = packages(), plain = m_plain,
         with = std::move(with)](std::stop_token stop) {
            const auto lab = changed(*plain, with);
            return lab ? ask(*service, packages, inputsOf(*lab, packages), stop)
                       : Answers{{}, lab.error(), false};
        },
        [this, place](Answers answers) {
            m_isSweeping = false;
            if (answers.predictions.empty())
                return; // what is wrong has been said by the live reading
            m_sweep.points[place] = std::move(answers.predictions);
            ++m_sweep.done;
            Q_EMIT sweepChanged();
            sweepOn();
        });
}

} // namespace hilum::ui
