// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Csv: rows of fields, RFC 4180, always in the C locale.
//
// Fields stand between commas, semicolons or tabs: whichever the header line has most of.
//
// Errors:  readCsv: FileUnreadable; DataCorrupt when the file is UTF-16 or no text at all, when a quote is
//          never closed, or when a row has another number of fields than the header (the detail names line,
//          expected and found).
// Threads: pure functions.
#pragma once

#include "core/base/Result.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hilum {

struct CsvTable {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
    std::vector<int> lines; // of the file, from 1, at which each row begins

    // Index of a column, -1 when absent.
    int column(std::string_view name) const;
    // The same for what people type: blanks around it and capitals don't count. `name` is in small letters.
    int columnLike(std::string_view name) const;
};

[[nodiscard]] Result<CsvTable> readCsv(const std::filesystem::path &file);
// Without the blanks around it.
[[nodiscard]] std::string_view withoutBlanks(std::string_view text);
// A field, quoted when it must be.
[[nodiscard]] std::string csvField(std::string_view text);
// Shortest text that reads back to the same double.
[[nodiscard]] std::string csvNumber(double value);

} // namespace hilum
