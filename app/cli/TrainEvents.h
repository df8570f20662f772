// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TrainEvents: what a training tells of itself, for people on stderr and as JSON lines on stdout; the keys
// stand in core/train/TrainingPlan.h.
//
// While there is one, the process heeds SIGINT, SIGTERM and, unless it is ignored (nohup), SIGHUP:
// the stop is requested. SIGINT or SIGTERM once more, two seconds later or more, ends the process at once.
//
// Threads: the training thread; the stop is requested on a thread of its own.
#pragma once

#include "app/cli/TrainOptions.h"

#include <array>
#include <chrono>
#include <thread>

namespace hilum::cli {

class TrainEvents {
public:
    TrainEvents(const TrainRequest &request, const TrainingSet &films, std::string device,
                std::stop_source &stop); // one at a time
    ~TrainEvents();
    TrainEvents(const TrainEvents &) = delete;
    TrainEvents &operator=(const TrainEvents &) = delete;

    [[nodiscard]] TrainingObserver observer(); // must not outlive this
    void done(const TrainingOutcome &outcome) const;
    static void failed(const std::string &what, const Error &error, bool asJson);

private:
    void start(const TrainingStart &start) const;
    void step(const StepReport &report);
    void epoch(const EpochReport &report) const;

    using Clock = std::chrono::steady_clock;
    const TrainRequest &m_request;
    std::array<std::size_t, 3> m_films;
    std::string m_device;
    Clock::time_point m_lastLine;
    Clock::time_point m_lastEvent;
    std::thread m_ear; // for signals
};

} // namespace hilum::cli
