// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// JournalTail: a journal read as it grows, while another process writes it or after.
//
//     JournalTail tail(file);
//     const auto rows = tail.more(5000); // those since the last call
//
// Shape:   rows in the order in which they were done; a line whose end is not there yet waits.
// Errors:  DataCorrupt naming the line. A journal that is not there yet, or empty, is no error.
// Threads: one at a time.
#pragma once

#include "core/batch/Journal.h"

#include <optional>

namespace hilum {

class JournalTail {
public:
    explicit JournalTail(std::filesystem::path file);

    [[nodiscard]] Result<std::vector<BatchRow>> more(std::size_t most);
    const std::optional<BatchPlan> &plan() const { return m_plan; } // once its line was read

private:
    std::filesystem::path m_file;
    std::optional<BatchPlan> m_plan;
    std::uint64_t m_offset = 0;
    std::size_t m_lines = 0;
};

// Where a row's film lies; empty where it is not found.
[[nodiscard]] std::filesystem::path filmOf(const BatchPlan &plan, const std::string &name);

} // namespace hilum
