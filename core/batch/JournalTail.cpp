// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/batch/JournalTail.h"

#include "core/batch/JournalLines.h"

#include <fstream>
#include <utility>

namespace hilum {

JournalTail::JournalTail(std::filesystem::path file)
    : m_file(std::move(file))
{
}

Result<std::vector<BatchRow>> JournalTail::more(std::size_t most)
{
    std::vector<BatchRow> rows;
    std::ifstream in(m_file, std::ios::binary);
    if (!in)
        return rows;
    in.seekg(static_cast<std::streamoff>(m_offset));
    std::string line;
    while (rows.size() < most && std::getline(in, line) && !in.eof()) {
        const std::string where = m_file.string() + ": line " + std::to_string(m_lines + 1);
        if (!m_plan) {
            auto plan = batchPlanOf(line, where);
            if (!plan)
                return tl::unexpected(plan.error());
            m_plan = std::move(*plan);
        } else {
            auto row = batchRowOf(line, *m_plan, where);
            if (!row)
                return tl::unexpected(row.error());
            rows.push_back(std::move(*row));
        }
        ++m_lines;
        m_offset += line.size() + 1;
    }
    return rows;
}

std::filesystem::path filmOf(const BatchPlan &plan, const std::string &name)
{
    namespace fs = std::filesystem;
    std::error_code code;
    if (fs::path(name).is_absolute() && fs::is_regular_file(name, code))
        return name;
    for (const fs::path path : plan.paths) {
        const fs::path folder = fs::is_directory(path, code) ? path : path.parent_path();
        if (const fs::path file = folder / name; fs::is_regular_file(file, code))
            return file.lexically_normal();
        // A film that was named by itself, relative to where the batch was begun.
        if (path.generic_string().ends_with("/" + name) && fs::is_regular_file(path, code))
            return path;
    }
    return {};
}

} // namespace hilum
