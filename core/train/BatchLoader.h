// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// BatchLoader: the batches of an epoch, made ahead of the training thread and handed out in order.
//
// A batch depends on the recipe, the epoch and its number alone, so it doesn't matter which thread makes it.
//
// Errors:  what a worker throws, next() throws.
// Threads: next() on one thread; the workers are the loader's own and end with it.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/train/Batch.h"

#include <condition_variable>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace hilum {

class BatchLoader {
public:
    using Make = std::function<Batch(int step)>;

    BatchLoader(Make make, int firstStep, int steps, int workers);
    ~BatchLoader();
    BatchLoader(const BatchLoader &) = delete;
    BatchLoader &operator=(const BatchLoader &) = delete;

    [[nodiscard]] Batch next(); // at most steps - firstStep times
    double secondsWaited() const { return m_waited; } // by next(), in all

private:
    void work();

    Make m_make;
    int m_steps;
    int m_ahead; // most batches that wait
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_started; // next step for a worker
    int m_handed; // next step for next()
    std::map<int, Batch> m_ready;
    std::exception_ptr m_failure;
    bool m_ending = false;
    double m_waited = 0;
    std::vector<std::jthread> m_workers;
};

} // namespace hilum
