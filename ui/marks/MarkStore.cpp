// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/marks/MarkStore.h"

#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"

#include <utility>

namespace hilum::ui {

namespace {

// About 3 ms; what is larger would hold up the hand.
constexpr std::size_t pixelsAtOnce = 1'000'000;

} // namespace

MarkStore::MarkStore(Lanes &lanes, QObject *parent)
    : QObject(parent)
    , m_lanes(lanes)
{
}

MarkStore::~MarkStore()
{
    for (auto &[key, measured] : m_measured)
        measured.stop.request_stop();
}

const FilmMarks &MarkStore::marks(int film) const
{
    static const FilmMarks none;
    const auto found = m_marks.find(film);
    return found == m_marks.end() ? none : found->second;
}

void MarkStore::set(int film, FilmMarks marks)
{
    if (marks == this->marks(film))
        return;
    m_marks[film] = std::move(marks);
    if (const int id = selected(film); id != 0 && !this->marks(film).find(id))
        m_selected.erase(film);
    Q_EMIT changed(film);
}

void MarkStore::forget(int film)
{
    m_marks.erase(film);
    m_selected.erase(film);
    std::erase_if(m_measured, [film](auto &entry) {
        const bool gone = entry.first.first == film;
        if (gone)
            entry.second.stop.request_stop();
        return gone;
    });
    Q_EMIT changed(film);
}

void MarkStore::forgetAll()
{
    while (!m_marks.empty())
        forget(m_marks.begin()->first);
}

int MarkStore::selected(int film) const
{
    const auto found = m_selected.find(film);
    return found == m_selected.end() ? 0 : found->second;
}

void MarkStore::select(int film, int id)
{
    if (selected(film) == id)
        return;
    if (id == 0)
        m_selected.erase(film);
    else
        m_selected[film] = id;
    Q_EMIT changed(film);
}

void MarkStore::setShown(bool shown)
{
    if (std::exchange(m_isShown, shown) != shown)
        Q_EMIT shownChanged(shown);
}

Scale MarkStore::scale(int film, const Film &source) const
{
    const FilmMarks &here = marks(film);
    return here.byHand ? *here.byHand : scaleOf(source);
}

MarkReading MarkStore::reading(int film, const Mark &mark, const FilmPtr &source)
{
    MarkReading result;
    const Scale by = scale(film, *source);
    result.length.kind = by.kind;
    if (mark.points.size() < pointsOf(mark.kind))
        return result;
    const auto point = [&](std::size_t index) { return toPoint(mark.points[index]); };
    switch (mark.kind) {
    case MarkKind::Length:
        result.length = lengthBetween(point(0), point(1), by);
        break;
    case MarkKind::Angle:
        result.angle = angleAt(point(1), point(0), point(2), by);
        break;
    case MarkKind::Lines:
        result.angle = angleBetween(point(0), point(1), point(2), point(3), by);
        break;
    case MarkKind::Rectangle:
    case MarkKind::Ellipse: {
        const Measured &measured = measure(film, mark, source);
        result.length = areaOf(regionOf(mark), by);
        result.statistics = measured.statistics;
        result.isLuminance = source->isColour();
        result.isPending = measured.isRunning;
        break;
    }
    case MarkKind::Note:
        break;
    }
    return result;
}

const MarkStore::Measured &MarkStore::measure(int film, const Mark &mark, const FilmPtr &source)
{
    const std::pair key(film, mark.id);
    const Region region = regionOf(mark);
    Measured &here = m_measured[key];
    if (here.source == source.get() && here.region == region && here.frame == mark.frame)
        return here;
    here.region = region;
    here.frame = mark.frame;
    here.source = source.get();
    if (pixelsAround(*source, region) <= pixelsAtOnce && !source->isColour()) {
        here.stop.request_stop();
        here.isRunning = false;
        here.statistics = regionStatistics(*source, mark.frame, region);
        return here;
    }
    // One at a time: while it runs the region may go on, and is measured where it has come to.
    if (std::exchange(here.isRunning, true))
        return here;
    here.stop = runTask(
        m_lanes.decode(), this,
        [source, region, frame = mark.frame](std::stop_token stop) {
            return regionStatistics(*source, frame, region, stop);
        },
        [this, key, region, mark, source](const RegionStatistics &statistics) {
            const auto found = m_measured.find(key);
            if (found == m_measured.end())
                return;
            Measured &now = found->second;
            now.statistics = statistics;
            now.isRunning = false;
            // Asked again for where it is now.
            if (now.region != region || now.frame != mark.frame || now.source != source.get())
                now.source = nullptr;
            Q_EMIT changed(key.first);
        });
    return here;
}

} // namespace hilum::ui
