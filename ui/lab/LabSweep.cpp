// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of LabSession that reads along the strength of one change while the hand rests.

#include "core/lab/Strength.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/lab/LabSession.h"
#include "ui/session/ReadingSession.h"

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int sweepPoints = 17;

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
        for (Reader &reader : m_readers)
            reader.swept.assign(sweepPoints, false);
    }
    Q_EMIT sweepChanged();
}

void LabSession::stopSweep()
{
    for (Reader &reader : m_readers) {
        reader.sweepStop.request_stop();
        reader.isSweeping = false;
    }
}

void LabSession::sweepAll()
{
    for (const LabLane lane : labLanes)
        sweepOn(lane);
}

void LabSession::sweepOn(LabLane lane)
{
    Reader &reader = readerOf(lane);
    if (!m_isOn || !m_plain || m_sweep.change < 0 || reader.isSweeping || isWithheld() || !hasNetworks(lane))
        return;
    if (m_isMaking || reader.isReading)
        return m_rest.start();
    const auto order = coarseToFine(sweepPoints);
    const auto next
        = std::ranges::find_if(order, [&](int i) { return !reader.swept[static_cast<std::size_t>(i)]; });
    if (next == order.end())
        return;
    const auto place = static_cast<std::size_t>(*next);
    std::vector<FilmChange> with = changes();
    auto &swept = with[static_cast<std::size_t>(m_sweep.change)];
    swept = withStrength(swept, m_sweep.strengths[place]);
    reader.isSweeping = true;
    reader.sweepStop = runTask(
        poolOf(lane), this,
        [service = m_service, lane, packages = m_readings.packages(), plain = m_plain,
         with = std::move(with)](std::stop_token stop) {
            const auto lab = changed(*plain, with);
            return lab ? ask(*service, lane, packages, inputsOf(*lab, packages), stop)
                       : LabAnswers{{}, lab.error()};
        },
        [this, lane, place](LabAnswers answers) {
            Reader &done = readerOf(lane);
            done.isSweeping = false;
            if (answers.predictions.empty())
                return; // what is wrong has been said by the live reading
            done.swept[place] = true;
            take(m_sweep.points[place], lane, m_readings.packages(), std::move(answers.predictions));
            m_sweep.done = sweptByAll();
            Q_EMIT sweepChanged();
            sweepOn(lane);
        });
}

int LabSession::sweptByAll() const
{
    int count = 0;
    for (std::size_t place = 0; place < m_sweep.points.size(); ++place) {
        const bool byAll = std::ranges::all_of(labLanes, [&](LabLane lane) {
            return m_readers[static_cast<std::size_t>(lane)].swept[place] || !hasNetworks(lane);
        });
        count += byAll ? 1 : 0;
    }
    return count;
}

} // namespace hilum::ui
