// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/compare/TwiceReading.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace hilum {

namespace {

using Clock = std::chrono::steady_clock;

// The second is empty where both networks are fed alike.
struct Inputs {
    ModelInput first;
    std::optional<ModelInput> second;
};

Result<Inputs> inputsOf(const TwiceReadingPlan &plan, const Sample &sample,
                        const TwiceReadingPlan::Reader &read, const std::stop_token &stop)
{
    try {
        const auto film = read(sample.file, stop);
        if (!film)
            return tl::unexpected(film.error());
        auto first = prepare(**film, 0, plan.inputs[0]);
        if (!first)
            return tl::unexpected(first.error());
        Inputs inputs{std::move(*first), std::nullopt};
        if (plan.inputs[1] != plan.inputs[0]) {
            auto second = prepare(**film, 0, plan.inputs[1]);
            if (!second)
                return tl::unexpected(second.error());
            inputs.second = std::move(*second);
        }
        return inputs;
    } catch (const std::exception &exception) {
        return fail(ErrorCode::Internal, exception.what());
    }
}

// What the networks will read next, made by threads that never run far ahead of them.
class Ahead {
public:
    Ahead(const TwiceReadingPlan &plan, const std::stop_token &stop)
        : m_plan(plan)
        , m_slots(static_cast<std::size_t>(2 * std::max(1, plan.readers)))
        , m_outer(stop, [this] { m_stop.request_stop(); })
    {
        for (int i = 0; i < std::max(1, plan.readers); ++i)
            m_threads.emplace_back([this] { work(); });
    }

    ~Ahead() { m_stop.request_stop(); } // the threads join before what they use goes

    // Of film `number`, asked for in order; nothing when stopped.
    std::optional<Result<Inputs>> take(std::size_t number)
    {
        std::unique_lock lock(m_door);
        auto &slot = m_slots[number % m_slots.size()];
        if (!m_changed.wait(lock, m_stop.get_token(), [&] { return slot.has_value(); }))
            return std::nullopt;
        auto taken = std::exchange(slot, std::nullopt);
        m_taken = number + 1;
        lock.unlock();
        m_changed.notify_all();
        return taken;
    }

private:
    void work()
    {
        const TwiceReadingPlan::Reader read = m_plan.makeReader();
        while (true) {
            std::unique_lock lock(m_door);
            const bool goes = m_changed.wait(lock, m_stop.get_token(), [&] {
                return m_next == m_plan.samples.size() || m_next < m_taken + m_slots.size();
            });
            if (!goes || m_next == m_plan.samples.size())
                return;
            const std::size_t number = m_next++;
            lock.unlock();
            auto made = inputsOf(m_plan, m_plan.samples[number], read, m_stop.get_token());
            lock.lock();
            m_slots[number % m_slots.size()] = std::move(made);
            lock.unlock();
            m_changed.notify_all();
        }
    }

    const TwiceReadingPlan &m_plan;
    std::mutex m_door;
    std::condition_variable_any m_changed;
    std::vector<std::optional<Result<Inputs>>> m_slots;
    std::size_t m_next = 0; // to be made
    std::size_t m_taken = 0;
    std::stop_source m_stop;
    std::stop_callback<std::function<void()>> m_outer;
    std::vector<std::jthread> m_threads;
};

class Pace {
public:
    TwiceProgress after(int done, int failed, int films)
    {
        const auto now = Clock::now();
        if (done == 1)
            m_first = now;
        TwiceProgress progress{done, failed, films};
        const double seconds = std::chrono::duration<double>(now - m_first).count();
        if (done > 1 && seconds > 0) {
            progress.filmsPerSecond = (done - 1) / seconds;
            progress.secondsLeft = (films - done) / progress.filmsPerSecond;
        }
        return progress;
    }

private:
    Clock::time_point m_first;
};

bool failsForEveryFilm(ErrorCode code)
{
    return code == ErrorCode::ModelMismatch || code == ErrorCode::DeviceUnavailable
        || code == ErrorCode::FileUnreadable;
}

struct Asked {
    Result<std::array<std::vector<double>, 2>> probabilities;
    bool isOver = false; // no other film would fare better
};

Asked ask(const TwiceReadingPlan &plan, const Inputs &inputs)
{
    std::array<std::vector<double>, 2> both;
    for (const int network : {0, 1}) {
        const ModelInput &input = network == 1 && inputs.second ? *inputs.second : inputs.first;
        auto probabilities = plan.ask(network, input);
        if (!probabilities)
            return {tl::unexpected(probabilities.error()), failsForEveryFilm(probabilities.error().code)};
        if (probabilities->size() != plan.classes.size())
            return {fail(ErrorCode::ModelMismatch,
                         "expected " + std::to_string(plan.classes.size()) + " probabilities, found "
                             + std::to_string(probabilities->size())),
                    true};
        both[static_cast<std::size_t>(network)] = std::move(*probabilities);
    }
    return {std::move(both), false};
}

TwiceReadFilm filmOf(const TwiceReadingPlan &plan, const Sample &sample,
                     std::array<std::vector<double>, 2> both)
{
    const auto truth = std::ranges::find(plan.classes, sample.label);
    return {
        sample.name,        sample.group,
        sample.source,      truth == plan.classes.end() ? -1 : static_cast<int>(truth - plan.classes.begin()),
        std::move(both[0]), std::move(both[1])};
}

} // namespace

Result<std::vector<double>> probabilitiesOf(const Prediction &prediction,
                                            const std::vector<std::string> &classes)
{
    std::vector<double> probabilities;
    for (const std::string &label : classes) {
        const auto score = std::ranges::find(prediction.scores, label, &ClassScore::label);
        if (score == prediction.scores.end())
            return fail(ErrorCode::ModelMismatch, "expected a probability of " + label + ", found none");
        probabilities.push_back(score->probability);
    }
    return probabilities;
}

Result<TwiceReadFilms> readTwice(const TwiceReadingPlan &plan, const TwiceObserver &observer,
                                 std::stop_token stop)
{
    TwiceReadFilms result;
    Ahead ahead(plan, stop);
    Pace pace;
    const int films = static_cast<int>(plan.samples.size());
    for (int i = 0; i < films; ++i) {
        const Sample &sample = plan.samples[static_cast<std::size_t>(i)];
        const auto inputs = ahead.take(static_cast<std::size_t>(i));
        if (!inputs || stop.stop_requested()) {
            result.isStopped = true;
            break;
        }
        Asked asked = *inputs ? ask(plan, **inputs) : Asked{tl::unexpected(inputs->error())};
        if (asked.isOver)
            return tl::unexpected(asked.probabilities.error());
        if (asked.probabilities) {
            result.films.push_back(filmOf(plan, sample, std::move(*asked.probabilities)));
            result.files.push_back(sample.file);
        } else if (asked.probabilities.error().code == ErrorCode::Cancelled) {
            result.isStopped = true;
            break;
        } else {
            result.unread.push_back({sample.name, sample.file, asked.probabilities.error()});
            if (observer.failed)
                observer.failed(result.unread.back());
        }
        if (observer.progress)
            observer.progress(pace.after(i + 1, static_cast<int>(result.unread.size()), films));
    }
    return result;
}

} // namespace hilum
