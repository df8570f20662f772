// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audit/Workers.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace hilum {

int threadCount(int wanted, int rounds)
{
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    return std::clamp(wanted > 0 ? wanted : cores, 1, std::max(1, rounds));
}

Result<void> inParallel(int rounds, int threads, std::stop_token stop,
                        const std::function<Result<void>(int thread, int round)> &work)
{
    std::atomic<int> next = 0;
    std::atomic<bool> failed = false;
    std::mutex door;
    std::optional<Error> error;
    const auto report = [&](Error found) {
        const std::lock_guard lock(door);
        if (!failed.exchange(true))
            error = std::move(found);
    };
    const auto run = [&](int thread) {
        try {
            for (int round = next++; round < rounds && !failed; round = next++) {
                if (stop.stop_requested())
                    return report({ErrorCode::Cancelled, "stopped"});
                if (auto done = work(thread, round); !done)
                    return report(done.error());
            }
        } catch (const std::exception &exception) {
            report({ErrorCode::Internal, exception.what()});
        }
    };
    {
        std::vector<std::jthread> others;
        for (int thread = 1; thread < threads; ++thread)
            others.emplace_back(run, thread);
        run(0);
    }
    if (error)
        return tl::unexpected(*error);
    return {};
}

} // namespace hilum
