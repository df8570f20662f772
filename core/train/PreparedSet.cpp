// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/PreparedSet.h"

#include "core/base/Sha256.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

namespace hilum {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view magic = "HILUMSET";
constexpr std::uint64_t prefixBytes = 16;
constexpr std::uint64_t largestHeader = 256U << 20U;

tl::unexpected<Error> damaged(const std::filesystem::path &file, const std::string &expected,
                              const std::string &found)
{
    return fail(ErrorCode::DataCorrupt, file.string() + ": expected " + expected + ", found " + found);
}

std::string sumOf(const std::vector<Plane<std::uint8_t>> &squares)
{
    std::string sums; // of each square, so that nothing is copied
    for (const auto &square : squares)
        sums += sha256(std::as_bytes(square.samples()));
    return sha256(std::as_bytes(std::span(sums)));
}

// The header's values, or the first that is not as it must be.
class Header {
public:
    Header(const std::filesystem::path &file, const std::string &text)
        : m_file(file)
        , m_json(Json::parse(text, nullptr, false))
    {
    }

    Result<PreparedSet> read()
    {
        if (!m_json.is_object())
            return damaged(m_file, "a header of JSON", "something else");
        whole(m_json, "schemaVersion", 1, 1);
        PreparedSet set;
        set.size = static_cast<int>(whole(m_json, "size", 32, 1024));
        if (m_error)
            return tl::unexpected(*m_error);
        const std::string crop = text(m_json, "crop");
        if (crop != "centre-square" && crop != "squeeze")
            return damaged(m_file, "crop centre-square or squeeze", "\"" + crop + "\"");
        set.crop = crop == "squeeze" ? Crop::Squeeze : Crop::CentreSquare;
        const auto films = m_json.find("films");
        if (films == m_json.end() || !films->is_array())
            return damaged(m_file, "a list of films", "none");
        std::set<std::string> names;
        for (const Json &film : *films) {
            if (!film.is_object())
                return damaged(m_file, "a film with its keys", film.dump());
            Sample sample;
            sample.name = text(film, "film");
            sample.label = text(film, "label");
            sample.group = text(film, "group");
            sample.source = text(film, "source");
            sample.fold = static_cast<int>(whole(film, "fold", -1, 1000000));
            sample.linked = film.contains("linked") && film["linked"] == true;
            if (film.contains("split"))
                sample.split = text(film, "split");
            if (m_error)
                return tl::unexpected(*m_error);
            if (!names.insert(sample.name).second)
                return damaged(m_file, "each film once", sample.name + " twice");
            set.samples.push_back(std::move(sample));
        }
        return set;
    }

    std::string text(const Json &object, const char *key)
    {
        const auto value = object.find(key);
        if (value == object.end() || !value->is_string()) {
            wrong(std::string("text as ") + key);
            return {};
        }
        return value->get<std::string>();
    }

    const Json &json() const { return m_json; }

private:
    std::int64_t whole(const Json &object, const char *key, std::int64_t low, std::int64_t high)
    {
        const auto value = object.find(key);
        if (value == object.end() || !value->is_number_integer() || *value < low || *value > high) {
            wrong(std::string(key) + " from " + std::to_string(low) + " to " + std::to_string(high));
            return low;
        }
        return value->get<std::int64_t>();
    }

    void wrong(const std::string &expected)
    {
        if (!m_error)
            m_error = damaged(m_file, expected, "something else").value();
    }

    const std::filesystem::path &m_file;
    Json m_json;
    std::optional<Error> m_error;
};

} // namespace

bool isPreparedSet(const std::filesystem::path &file)
{
    std::ifstream in(file, std::ios::binary);
    std::array<char, magic.size()> start{};
    in.read(start.data(), start.size());
    return in && std::string_view(start.data(), start.size()) == magic;
}

Result<PreparedSet> readPreparedSet(const std::filesystem::path &file)
{
    std::error_code code;
    const std::uint64_t bytes = std::filesystem::file_size(file, code);
    std::ifstream in(file, std::ios::binary);
    if (code || !in)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be opened for reading");
    std::array<char, prefixBytes> prefix{};
    if (!in.read(prefix.data(), prefix.size()))
        return damaged(file, "at least 16 bytes", std::to_string(bytes));
    if (std::string_view(prefix.data(), magic.size()) != magic)
        return damaged(file, "a prepared set", "another kind of file");
    std::uint64_t headerBytes = 0;
    for (std::size_t i = 0; i < 8; ++i)
        headerBytes |= static_cast<std::uint64_t>(static_cast<unsigned char>(prefix[8 + i])) << (8 * i);
    if (headerBytes > bytes - prefixBytes)
        return damaged(file, "a header of " + std::to_string(headerBytes) + " bytes",
                       std::to_string(bytes - prefixBytes));
    if (headerBytes > largestHeader)
        return fail(ErrorCode::LimitExceeded,
                    file.string() + ": expected a header of at most 256 MB, found "
                        + std::to_string(headerBytes) + " bytes");
    std::string text(headerBytes, '\0');
    if (!in.read(text.data(), static_cast<std::streamsize>(text.size())))
        return damaged(file, "a header of " + std::to_string(headerBytes) + " bytes", "less");
    Header header(file, text);
    auto set = header.read();
    if (!set)
        return set;

    const auto side = static_cast<std::uint64_t>(set->size);
    const std::uint64_t expected = set->samples.size() * side * side;
    if (bytes - prefixBytes - headerBytes != expected)
        return damaged(file, std::to_string(expected) + " bytes of squares",
                       std::to_string(bytes - prefixBytes - headerBytes));
    set->squares.reserve(set->samples.size());
    for (std::size_t i = 0; i < set->samples.size(); ++i) {
        Plane<std::uint8_t> square(set->size, set->size);
        if (!in.read(reinterpret_cast<char *>(square.samples().data()),
                     static_cast<std::streamsize>(square.samples().size())))
            return damaged(file, "the square of film " + std::to_string(i + 1), "the end of the file");
        set->squares.push_back(std::move(square));
    }
    if (const std::string sum = sumOf(set->squares); header.text(header.json(), "sha256") != sum)
        return damaged(file, "squares with the sum in the header", "sum " + sum);
    return set;
}

Result<void> writePreparedSet(const PreparedSet &set, const std::filesystem::path &file)
{
    Json header{{"schemaVersion", 1},
                {"size", set.size},
                {"crop", set.crop == Crop::Squeeze ? "squeeze" : "centre-square"},
                {"sha256", sumOf(set.squares)},
                {"films", Json::array()}};
    for (const Sample &sample : set.samples) {
        Json film{{"film", sample.name},
                  {"label", sample.label},
                  {"group", sample.group},
                  {"source", sample.source},
                  {"fold", sample.fold}};
        if (sample.linked)
            film["linked"] = true;
        if (!sample.split.empty())
            film["split"] = sample.split;
        header["films"].push_back(std::move(film));
    }
    const std::string text = header.dump(-1, ' ', false, Json::error_handler_t::replace);
    std::filesystem::path partial = file;
    partial += ".part";
    std::ofstream out(partial, std::ios::binary | std::ios::trunc);
    out << magic;
    for (std::size_t i = 0; i < 8; ++i)
        out.put(static_cast<char>((text.size() >> (8 * i)) & 0xffU));
    out << text;
    for (const auto &square : set.squares)
        out.write(reinterpret_cast<const char *>(square.samples().data()),
                  static_cast<std::streamsize>(square.samples().size()));
    out.close();
    std::error_code code;
    if (out)
        std::filesystem::rename(partial, file, code);
    if (!out || code)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be written");
    return {};
}

} // namespace hilum
