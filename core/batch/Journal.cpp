// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/batch/Journal.h"

#include "core/batch/JournalLines.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace hilum {

namespace {

constexpr int rowsOfFlush = 256;

std::string lineName(const std::filesystem::path &file, std::size_t line)
{
    return file.string() + ": line " + std::to_string(line);
}

// Every whole line with its place; gives how far they go.
template <class Function>
Result<std::uint64_t> eachLine(const std::filesystem::path &file, const Function &take)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be opened for reading");
    std::uint64_t offset = 0;
    std::size_t number = 0;
    for (std::string line; std::getline(in, line) && !in.eof();) {
        if (auto taken = take(++number, line, offset); !taken)
            return tl::unexpected(taken.error());
        offset += line.size() + 1;
    }
    return offset;
}

std::string problemOf(const std::filesystem::path &file)
{
    return file.string() + ": " + std::strerror(errno);
}

} // namespace

bool BatchPlan::isSameRun(const BatchPlan &other) const
{
    return filmsSha256 == other.filmsSha256 && filmCount == other.filmCount && frame == other.frame
        && withGate == other.withGate && shards == other.shards && models == other.models;
}

Journal::Journal(int descriptor)
    : m_descriptor(descriptor)
{
}

Journal::Journal(Journal &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_file(std::move(other.m_file))
    , m_isDone(std::move(other.m_isDone))
    , m_done(other.m_done)
    , m_failed(other.m_failed)
    , m_sinceFlush(other.m_sinceFlush)
{
}

Journal::~Journal()
{
    if (m_descriptor < 0)
        return;
    flush();
    ::close(m_descriptor);
}

Result<Journal> Journal::open(const std::filesystem::path &file, const BatchPlan &plan)
{
    Journal journal(::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
    if (journal.m_descriptor < 0)
        return fail(ErrorCode::FileUnreadable, problemOf(file));
    journal.m_file = file;
    if (::flock(journal.m_descriptor, LOCK_EX | LOCK_NB) != 0)
        return fail(ErrorCode::UsageWrong, file.string() + ": another run is writing it");
    if (auto resumed = journal.resume(plan); !resumed)
        return tl::unexpected(resumed.error());
    return journal;
}

Result<void> Journal::resume(const BatchPlan &plan)
{
    m_isDone.assign(plan.filmCount, false);
    const auto end = eachLine(
        m_file, [&](std::size_t number, const std::string &line, std::uint64_t) -> Result<void> {
            const std::string where = lineName(m_file, number);
            if (number == 1) {
                const auto stored = batchPlanOf(line, where);
                if (!stored)
                    return tl::unexpected(stored.error());
                if (!stored->isSameRun(plan) || stored->shard != plan.shard)
                    return fail(ErrorCode::UsageWrong,
                                m_file.string()
                                    + ": expected the films, networks and options of the run that began it ("
                                    + stored->films + ", " + std::to_string(stored->filmCount)
                                    + " films), found others; take another folder for another run");
                return {};
            }
            const auto row = batchRowOf(line, plan, where);
            if (!row)
                return tl::unexpected(row.error());
            if (m_isDone[row->film])
                return fail(ErrorCode::DataCorrupt, where + ": film " + row->name + " stands twice");
            m_isDone[row->film] = true;
            ++m_done;
            m_failed += row->errorCode.empty() ? 0 : 1;
            return {};
        });
    if (!end)
        return tl::unexpected(end.error());
    // What a kill left of a last line.
    if (::ftruncate(m_descriptor, static_cast<off_t>(*end)) != 0)
        return fail(ErrorCode::FileUnreadable, problemOf(m_file));
    if (*end > 0)
        return {};
    const std::string line = batchLine(plan);
    if (::write(m_descriptor, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
        return fail(ErrorCode::FileUnreadable, problemOf(m_file));
    return {};
}

Result<void> Journal::add(const BatchRow &row)
{
    const std::string line = batchLine(row);
    struct stat before { };
    const bool isKnown = ::fstat(m_descriptor, &before) == 0;
    if (::write(m_descriptor, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
        const std::string problem = problemOf(m_file);
        // A full disk takes half a line: the next run must not find it in the middle.
        if (isKnown)
            static_cast<void>(::ftruncate(m_descriptor, before.st_size) == 0);
        return fail(ErrorCode::FileUnreadable, problem);
    }
    m_isDone[row.film] = true;
    ++m_done;
    m_failed += row.errorCode.empty() ? 0 : 1;
    if (++m_sinceFlush >= rowsOfFlush)
        flush();
    return {};
}

void Journal::flush()
{
    ::fdatasync(m_descriptor);
    m_sinceFlush = 0;
}

Result<BatchRows> BatchRows::open(const std::vector<std::filesystem::path> &journals)
{
    BatchRows rows;
    rows.m_journals = journals;
    for (std::size_t j = 0; j < journals.size(); ++j) {
        const auto &file = journals[j];
        const auto read = eachLine(
            file, [&](std::size_t number, const std::string &line, std::uint64_t offset) -> Result<void> {
                const std::string where = lineName(file, number);
                if (number == 1) {
                    auto plan = batchPlanOf(line, where);
                    if (!plan)
                        return tl::unexpected(plan.error());
                    if (j == 0) {
                        rows.m_plan = std::move(*plan);
                        rows.m_places.resize(rows.m_plan.filmCount);
                    } else if (!plan->isSameRun(rows.m_plan)) {
                        return fail(ErrorCode::UsageWrong,
                                    where + ": expected a shard of the same run as " + journals[0].string());
                    }
                    return {};
                }
                const auto row = batchRowOf(line, rows.m_plan, where);
                if (!row)
                    return tl::unexpected(row.error());
                Place &place = rows.m_places[row->film];
                if (place.journal >= 0)
                    return fail(ErrorCode::DataCorrupt, where + ": film " + row->name + " stands twice");
                place = {static_cast<std::int32_t>(j), static_cast<std::uint32_t>(line.size()), offset};
                ++rows.m_count;
                return {};
            });
        if (!read)
            return tl::unexpected(read.error());
    }
    if (rows.m_places.empty())
        return fail(ErrorCode::DataCorrupt, "expected journals of a batch, found none");
    return rows;
}

std::vector<std::size_t> BatchRows::missing(std::size_t most) const
{
    std::vector<std::size_t> found;
    for (std::size_t film = 0; film < m_places.size() && found.size() < most; ++film) {
        if (m_places[film].journal < 0)
            found.push_back(film);
    }
    return found;
}

Result<BatchRow> BatchRows::row(std::size_t film) const
{
    const Place &place = m_places[film];
    const auto &file = m_journals[static_cast<std::size_t>(place.journal)];
    std::ifstream in(file, std::ios::binary);
    std::string line(place.length, '\0');
    in.seekg(static_cast<std::streamoff>(place.offset));
    if (!in.read(line.data(), static_cast<std::streamsize>(line.size())))
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be read");
    return batchRowOf(line, m_plan, file.string());
}

} // namespace hilum
