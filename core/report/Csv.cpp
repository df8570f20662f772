// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/Csv.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <fstream>
#include <iterator>

namespace hilum {

namespace {

std::string plainName(std::string_view text)
{
    std::string lower;
    for (const char c : withoutBlanks(text))
        lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return lower;
}

// The most frequent of the header line's commas, semicolons (spreadsheets where a comma is a decimal point)
// and tabs; comma when equal.
char separatorOf(const std::string &text)
{
    constexpr std::string_view separators = ",;\t";
    std::array<int, separators.size()> counts{};
    bool quoted = false;
    bool any = false;
    for (const char c : text) {
        if (c == '"')
            quoted = !quoted;
        if (c == '\n' && !quoted && any)
            break;
        any = any || (c != '\n' && c != '\r');
        if (const auto which = separators.find(c); which != std::string_view::npos && !quoted)
            ++counts[which];
    }
    return separators[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

// What a file is that is no text in UTF-8, Latin-1 or the like; empty when it may be one.
std::string notText(std::string_view text)
{
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return "UTF-16; save it as CSV in UTF-8";
    if (text.starts_with("PK\x03\x04"))
        return "an archive or a spreadsheet; save it as CSV in UTF-8";
    return text.find('\0') == std::string_view::npos ? "" : "a file that is no text";
}

// Splits the whole text into records; false when a quote is never closed.
bool parse(const std::string &text, std::vector<std::vector<std::string>> &records, std::vector<int> &lines)
{
    const char separator = separatorOf(text);
    int line = 1;
    int begun = 1;
    std::vector<std::string> record;
    std::string field;
    bool quoted = false;
    bool any = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        line += c == '\n' ? 1 : 0;
        if (quoted) {
            if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
                field += '"';
                ++i;
            } else if (c == '"') {
                quoted = false;
            } else {
                field += c;
            }
            continue;
        }
        if (c == '"') {
            quoted = true;
            any = true;
        } else if (c == separator) {
            record.push_back(std::move(field));
            field.clear();
            any = true;
        } else if (c == '\n') {
            if (any || !field.empty()) {
                record.push_back(std::move(field));
                records.push_back(std::move(record));
                lines.push_back(begun);
            }
            field.clear();
            record.clear();
            any = false;
            begun = line;
        } else if (c != '\r') {
            field += c;
        }
    }
    if (any || !field.empty()) {
        record.push_back(std::move(field));
        records.push_back(std::move(record));
        lines.push_back(begun);
    }
    return !quoted;
}

} // namespace

int CsvTable::column(std::string_view name) const
{
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (header[i] == name)
            return static_cast<int>(i);
    }
    return -1;
}

int CsvTable::columnLike(std::string_view name) const
{
    if (const int same = column(name); same >= 0)
        return same;
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (plainName(header[i]) == name)
            return static_cast<int>(i);
    }
    return -1;
}

std::string_view withoutBlanks(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

Result<CsvTable> readCsv(const std::filesystem::path &file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be opened for reading");
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (text.starts_with("\xEF\xBB\xBF")) // what spreadsheets put before UTF-8
        text.erase(0, 3);
    if (const std::string found = notText(text); !found.empty())
        return fail(ErrorCode::DataCorrupt, file.string() + ": expected a CSV in UTF-8, found " + found);

    std::vector<std::vector<std::string>> records;
    std::vector<int> lines;
    if (!parse(text, records, lines))
        return fail(ErrorCode::DataCorrupt, file.string() + ": a quoted field is never closed");
    CsvTable table;
    if (records.empty())
        return fail(ErrorCode::DataCorrupt, file.string() + ": expected a header line, found nothing");
    table.header = std::move(records.front());
    for (std::size_t i = 1; i < records.size(); ++i) {
        if (records[i].size() != table.header.size())
            return fail(ErrorCode::DataCorrupt,
                        file.string() + ": line " + std::to_string(lines[i]) + ": expected "
                            + std::to_string(table.header.size())
                            + (table.header.size() == 1 ? " field, found " : " fields, found ")
                            + std::to_string(records[i].size()));
        table.rows.push_back(std::move(records[i]));
        table.lines.push_back(lines[i]);
    }
    return table;
}

std::string csvField(std::string_view text)
{
    if (text.find_first_of(",\"\r\n") == std::string_view::npos)
        return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"')
            quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string csvNumber(double value)
{
    std::array<char, 32> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return error == std::errc() ? std::string(buffer.data(), end) : std::string("nan");
}

} // namespace hilum
