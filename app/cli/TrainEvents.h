// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TrainEvents: what a training tells of itself, for people on stderr and as JSON lines on stdout; the keys
// stand in core/train/TrainingPlan.h.
//
// Threads: the training thread; the stop is requested there, after Ctrl+C.
#pragma once

#include "app/cli/TrainOptions.h"

#include <chrono>

namespace hilum::cli {

class TrainEvents {
public:
    TrainEvents(const TrainRequest &request, const TrainingSet &films, std::string device,
                std::stop_source &stop);

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
    std::stop_source &m_stop;
    Clock::time_point m_lastLine;
    Clock::time_point m_lastEvent;
};

} // namespace hilum::cli
