// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/BatchLoader.h"

#include <ATen/core/grad_mode.h>
#include <algorithm>
#include <cassert>
#include <chrono>

namespace hilum {

BatchLoader::BatchLoader(Make make, int firstStep, int steps, int workers)
    : m_make(std::move(make))
    , m_steps(steps)
    , m_ahead(workers + 2)
    , m_started(firstStep)
    , m_handed(firstStep)
{
    for (int i = 0; i < std::min(workers, steps - firstStep); ++i)
        m_workers.emplace_back([this] { work(); });
}

BatchLoader::~BatchLoader()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_ending = true;
    }
    m_changed.notify_all();
}

void BatchLoader::work()
{
    const at::NoGradGuard noGradients;
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [&] {
            return m_ending || m_failure || m_started >= m_steps || m_started < m_handed + m_ahead;
        });
        if (m_ending || m_failure || m_started >= m_steps)
            return;
        const int step = m_started++;
        lock.unlock();
        Batch batch;
        std::exception_ptr failure;
        try {
            batch = m_make(step);
        } catch (...) {
            failure = std::current_exception();
        }
        lock.lock();
        if (failure)
            m_failure = failure;
        else
            m_ready.emplace(step, std::move(batch));
        m_changed.notify_all();
    }
}

Batch BatchLoader::next()
{
    const auto start = std::chrono::steady_clock::now();
    std::unique_lock lock(m_mutex);
    assert(m_handed < m_steps);
    m_changed.wait(lock, [&] { return m_failure || m_ready.contains(m_handed); });
    if (m_failure)
        std::rethrow_exception(m_failure);
    Batch batch = std::move(m_ready.at(m_handed));
    m_ready.erase(m_handed++);
    m_changed.notify_all();
    m_waited += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return batch;
}

} // namespace hilum
