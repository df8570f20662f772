// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/FilmPipeline.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

namespace hilum {

namespace {

constexpr unsigned mostThreads = 8;
constexpr int aheadOfThread = 12; // a thread that decodes is not run at once on a busy machine

Result<DecodedFilm> guarded(const DecodeFilm &decode, std::size_t film)
{
    try {
        return decode(film);
    } catch (const std::exception &exception) {
        return fail(ErrorCode::Internal, exception.what());
    }
}

// A ring of films on their way: place `i % size` holds the film of turn `i` once it is decoded.
class Ring {
public:
    explicit Ring(std::size_t size)
        : m_slots(size)
    {
    }
    // The next turn to decode, as soon as it has a place; nothing when all are given out, or stopped.
    std::optional<std::size_t> nextTurn(std::size_t turns)
    {
        std::unique_lock lock(m_door);
        m_hasPlace.wait(
            lock, [&] { return m_isStopped || m_given >= turns || m_given < m_taken + m_slots.size(); });
        if (m_isStopped || m_given >= turns)
            return std::nullopt;
        return m_given++;
    }
    void put(std::size_t turn, Result<DecodedFilm> decoded)
    {
        const std::lock_guard lock(m_door);
        m_slots[turn % m_slots.size()] = std::move(decoded);
        m_hasFilm.notify_one();
    }
    Result<DecodedFilm> take(std::size_t turn)
    {
        std::unique_lock lock(m_door);
        auto &slot = m_slots[turn % m_slots.size()];
        m_hasFilm.wait(lock, [&] { return slot.has_value(); });
        Result<DecodedFilm> decoded = std::move(*slot);
        slot.reset();
        m_taken = turn + 1;
        // Threads that sleep are woken for several films, not for each: on a busy machine every waking takes
        // longer than a film.
        if (m_given - m_taken <= m_slots.size() / 2)
            m_hasPlace.notify_all();
        return decoded;
    }
    void stop()
    {
        const std::lock_guard lock(m_door);
        m_isStopped = true;
        m_hasPlace.notify_all();
    }

private:
    std::mutex m_door;
    std::condition_variable m_hasPlace;
    std::condition_variable m_hasFilm;
    std::vector<std::optional<Result<DecodedFilm>>> m_slots;
    std::size_t m_given = 0;
    std::size_t m_taken = 0;
    bool m_isStopped = false;
};

} // namespace

bool eachFilm(const std::vector<std::size_t> &which, const PipelineOptions &options, const DecodeFilm &decode,
              const TakeFilm &take)
{
    return eachFilm(
        which, options, [&decode] { return decode; }, take);
}

bool eachFilm(const std::vector<std::size_t> &which, const PipelineOptions &options,
              const MakeDecoder &makeDecoder, const TakeFilm &take)
{
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    const unsigned threads
        = options.threads > 0 ? static_cast<unsigned>(options.threads) : std::min(cores, mostThreads);
    const int ahead = options.ahead > 0 ? options.ahead : aheadOfThread * static_cast<int>(threads);
    Ring ring(std::max<std::size_t>(static_cast<std::size_t>(ahead), 1));
    std::vector<std::jthread> decoders;
    for (unsigned thread = 0; thread < threads; ++thread)
        decoders.emplace_back([&] {
            const DecodeFilm decode = makeDecoder();
            while (const auto turn = ring.nextTurn(which.size()))
                ring.put(*turn, guarded(decode, which[*turn]));
        });
    // Before the threads are waited for, whatever ends this.
    const struct Stop {
        Ring &ring;
        ~Stop() { ring.stop(); }
    } stop{ring};
    bool isWhole = true;
    for (std::size_t turn = 0; turn < which.size() && isWhole; ++turn)
        isWhole = take(which[turn], ring.take(turn));
    return isWhole;
}

InputPlan::InputPlan(const std::vector<InputSpec> &specs)
{
    for (const InputSpec &spec : specs) {
        const auto known = std::ranges::find(m_specs, spec);
        m_inputOf.push_back(static_cast<std::size_t>(known - m_specs.begin()));
        if (known == m_specs.end())
            m_specs.push_back(spec);
    }
}

Result<DecodedFilm> InputPlan::prepare(const Film &film, int frame) const
{
    DecodedFilm decoded;
    for (const InputSpec &spec : m_specs) {
        auto input = hilum::prepare(film, frame, spec);
        if (!input)
            return tl::unexpected(input.error());
        decoded.inputs.push_back(std::move(*input));
    }
    return decoded;
}

} // namespace hilum
