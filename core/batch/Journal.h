// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Journal: what a batch has read so far, a line a film, so that a run that is killed goes on where it was.
//
//     auto journal = Journal::open(file, plan);
//     if (!journal->isDone(film)) journal->add(row);
//
// Shape:   JSON Lines: the plan, then one row for each film in the order in which they were done. A row is
//          appended by one write and is whole or not there: a last line without an end is cut off on opening.
// Units:   probabilities 0 to 1.
// Errors:  open: FileUnreadable; UsageWrong when another process holds it, or when it is of other films,
//          networks or shards; DataCorrupt naming the line. add: FileUnreadable.
// Threads: one at a time. Memory: a bit a film.
#pragma once

#include "core/base/Result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace hilum {

struct BatchModel {
    std::string id;
    std::string weightsSha256;
    std::vector<std::string> classes;

    bool operator==(const BatchModel &) const = default;
};

// What a run is of.
struct BatchPlan {
    std::string software;
    std::string notice;
    std::string films; // as they were named
    std::string filmsSha256; // of all their names, in order
    std::size_t filmCount = 0; // of all shards
    int frame = 1;
    bool withGate = true;
    int shard = 1; // film i belongs to shard i mod shards + 1
    int shards = 1;
    std::vector<BatchModel> models;
    std::vector<std::string> paths; // what holds the films, absolute; empty in a journal that doesn't tell

    // But for the shard, the software and where the films lie.
    bool isSameRun(const BatchPlan &other) const;
};

struct BatchRow {
    std::size_t film = 0; // place in the list, from 0
    std::string name;
    std::string truth; // empty: not known
    std::string group;
    std::string source;
    std::string errorCode; // empty: it was read
    std::string error;
    std::string refusal; // the gate's; empty: accepted, or not asked
    std::vector<std::vector<double>> probabilities; // of each network, in its class order
};

class Journal {
public:
    [[nodiscard]] static Result<Journal> open(const std::filesystem::path &file, const BatchPlan &plan);
    Journal(Journal &&other) noexcept;
    Journal &operator=(Journal &&other) = delete;
    ~Journal();

    bool isDone(std::size_t film) const { return m_isDone[film]; }
    std::size_t done() const { return m_done; }
    std::size_t failed() const { return m_failed; }
    [[nodiscard]] Result<void> add(const BatchRow &row);
    // Onto the disk, not only into the kernel's hands.
    void flush();

private:
    explicit Journal(int descriptor);
    Result<void> resume(const BatchPlan &plan);

    int m_descriptor = -1;
    std::filesystem::path m_file;
    std::vector<bool> m_isDone;
    std::size_t m_done = 0;
    std::size_t m_failed = 0;
    int m_sinceFlush = 0;
};

// The rows of one journal or of all shards of a run, in the order of the films.
class BatchRows {
public:
    // Of journals that are whole runs together: the plans must be of the same run and no film stand twice.
    [[nodiscard]] static Result<BatchRows> open(const std::vector<std::filesystem::path> &journals);

    const BatchPlan &plan() const { return m_plan; }
    // Films that no journal holds, at most `most` of them, and how many there are.
    std::vector<std::size_t> missing(std::size_t most) const;
    std::size_t missingCount() const { return m_plan.filmCount - m_count; }
    std::size_t count() const { return m_count; }
    bool has(std::size_t film) const { return m_places[film].journal >= 0; }
    [[nodiscard]] Result<BatchRow> row(std::size_t film) const;

private:
    struct Place {
        std::int32_t journal = -1;
        std::uint32_t length = 0;
        std::uint64_t offset = 0;
    };
    BatchPlan m_plan;
    std::vector<std::filesystem::path> m_journals;
    std::vector<Place> m_places; // of each film
    std::size_t m_count = 0;
};

} // namespace hilum
