// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/Safetensors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>

namespace hilum {

namespace {

static_assert(std::endian::native == std::endian::little, "safetensors are little-endian, and so are we");

using Json = nlohmann::json;

constexpr std::uint64_t largestHeader = 100'000'000; // the format's own limit
constexpr std::size_t lengthBytes = 8;

// A type of the format, and what its numbers are kept as.
struct StoredType {
    std::string_view name;
    std::uint64_t bytes = 0; // of one number
    TensorType kept = TensorType::F32;
};
constexpr std::array<StoredType, 5> storedTypes{{{"F16", 2, TensorType::F16},
                                                 {"F32", 4, TensorType::F32},
                                                 {"I64", 8, TensorType::I64},
                                                 {"BF16", 2, TensorType::F32},
                                                 {"F64", 8, TensorType::F32}}};

std::string_view nameOf(TensorType type)
{
    return std::ranges::find(storedTypes, type, &StoredType::kept)->name; // the first is kept as it is
}

template <class Stored>
std::vector<std::byte> toFloats(const std::vector<std::byte> &stored, float (*toFloat)(Stored))
{
    std::vector<std::byte> bytes(stored.size() / sizeof(Stored) * sizeof(float));
    for (std::size_t i = 0; i < stored.size() / sizeof(Stored); ++i) {
        Stored value{};
        std::memcpy(&value, stored.data() + i * sizeof(Stored), sizeof(Stored));
        const float number = toFloat(value);
        std::memcpy(bytes.data() + i * sizeof(float), &number, sizeof(float));
    }
    return bytes;
}

float fromBFloat16(std::uint16_t upperHalf) { return std::bit_cast<float>(std::uint32_t(upperHalf) << 16U); }

float fromDouble(double value)
{
    constexpr float infinite = std::numeric_limits<float>::infinity();
    if (std::abs(value) > std::numeric_limits<float>::max())
        return value > 0 ? infinite : -infinite;
    return static_cast<float>(value);
}

// Reports a name twice in one JSON object, which the parser itself would let pass.
class DuplicateFinder {
public:
    bool operator()(int depth, Json::parse_event_t event, Json &parsed)
    {
        if (event == Json::parse_event_t::object_start)
            m_names[depth + 1].clear();
        if (event == Json::parse_event_t::key && !m_names[depth].insert(parsed.get<std::string>()).second)
            m_duplicate = parsed.get<std::string>();
        return true;
    }
    const std::optional<std::string> &duplicate() const { return m_duplicate; }

private:
    std::map<int, std::set<std::string>> m_names;
    std::optional<std::string> m_duplicate;
};

struct Entry {
    std::string name;
    StoredType type;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

// The bytes that a shape needs, empty on overflow.
std::optional<std::uint64_t> bytesOf(const std::vector<std::int64_t> &shape, const StoredType &type)
{
    std::uint64_t total = type.bytes;
    for (const std::int64_t extent : shape) {
        const auto factor = static_cast<std::uint64_t>(extent);
        if (extent < 0 || (factor != 0 && total > std::numeric_limits<std::uint64_t>::max() / factor))
            return std::nullopt;
        total *= factor;
    }
    return total;
}

Result<Entry> readEntry(const std::string &where, const std::string &name, const Json &value)
{
    const auto wrong = [&](const std::string &what) {
        return fail(ErrorCode::ModelMismatch, where + ": tensor " + name + ": " + what);
    };
    if (!value.is_object() || value.size() != 3 || !value.contains("dtype") || !value.contains("shape")
        || !value.contains("data_offsets"))
        return wrong("expected exactly dtype, shape and data_offsets");
    if (!value["dtype"].is_string())
        return wrong("expected dtype as text");
    const auto typeName = value["dtype"].get<std::string>();
    const auto type = std::ranges::find(storedTypes, typeName, &StoredType::name);
    if (type == storedTypes.end())
        return wrong("expected dtype F16, BF16, F32, F64 or I64, found " + typeName);

    Entry entry{name, *type, {}, 0, 0};
    if (!value["shape"].is_array() || value["shape"].size() > 8)
        return wrong("expected shape as a list of at most 8 extents");
    for (const Json &extent : value["shape"]) {
        if (!extent.is_number_unsigned() || extent.get<std::uint64_t>() > (1ULL << 40U))
            return wrong("expected extents as whole numbers, found " + extent.dump());
        entry.shape.push_back(static_cast<std::int64_t>(extent.get<std::uint64_t>()));
    }
    const Json &offsets = value["data_offsets"];
    if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned()
        || !offsets[1].is_number_unsigned())
        return wrong("expected data_offsets as two whole numbers");
    entry.begin = offsets[0].get<std::uint64_t>();
    entry.end = offsets[1].get<std::uint64_t>();
    const auto needed = bytesOf(entry.shape, entry.type);
    if (entry.begin > entry.end || !needed || *needed != entry.end - entry.begin)
        return wrong("expected as many bytes as its shape needs, found offsets " + offsets.dump());
    return entry;
}

Result<Json> readHeader(const std::string &where, std::ifstream &in, std::uint64_t fileSize)
{
    std::uint64_t length = 0;
    if (fileSize < lengthBytes)
        return fail(ErrorCode::ModelMismatch,
                    where + ": expected at least 8 bytes, found " + std::to_string(fileSize));
    in.read(reinterpret_cast<char *>(&length), lengthBytes);
    if (length > fileSize - lengthBytes || length > largestHeader)
        return fail(ErrorCode::ModelMismatch,
                    where + ": expected a header within the file's " + std::to_string(fileSize)
                        + " bytes, found a length of " + std::to_string(length));
    std::string text(length, '\0');
    in.read(text.data(), static_cast<std::streamsize>(length));
    if (!in || text.empty() || text.front() != '{')
        return fail(ErrorCode::ModelMismatch, where + ": expected a JSON object as header");
    DuplicateFinder duplicates;
    Json header = Json::parse(text, std::ref(duplicates), false);
    if (header.is_discarded() || !header.is_object())
        return fail(ErrorCode::ModelMismatch,
                    where + ": expected a JSON object as header, found something else");
    if (duplicates.duplicate())
        return fail(ErrorCode::ModelMismatch,
                    where + ": the name " + *duplicates.duplicate() + " stands twice");
    return header;
}

} // namespace

std::int64_t NamedArray::elements() const
{
    std::int64_t count = 1;
    for (const std::int64_t extent : shape)
        count *= extent;
    return count;
}

Result<SafetensorsFile> readSafetensors(const std::filesystem::path &file)
{
    const std::string where = file.string();
    std::error_code code;
    const std::uint64_t fileSize = std::filesystem::file_size(file, code);
    std::ifstream in(file, std::ios::binary);
    if (code || !in)
        return fail(ErrorCode::FileUnreadable, where + ": can't be opened for reading");
    const auto header = readHeader(where, in, fileSize);
    if (!header)
        return tl::unexpected(header.error());

    SafetensorsFile content;
    std::vector<Entry> entries;
    for (const auto &[name, value] : header->items()) {
        if (name == "__metadata__") {
            if (!value.is_object())
                return fail(ErrorCode::ModelMismatch, where + ": expected __metadata__ as an object");
            for (const auto &[key, text] : value.items()) {
                if (!text.is_string())
                    return fail(ErrorCode::ModelMismatch, where + ": expected text as __metadata__ " + key);
                content.metadata[key] = text.get<std::string>();
            }
            continue;
        }
        auto entry = readEntry(where, name, value);
        if (!entry)
            return tl::unexpected(entry.error());
        entries.push_back(std::move(*entry));
    }

    // The tensors must tile the data: each begins where the one before ends, the last ends the file.
    std::ranges::sort(entries, [](const Entry &a, const Entry &b) {
        return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    const auto dataStart = static_cast<std::uint64_t>(in.tellg());
    std::uint64_t expected = 0;
    for (const Entry &entry : entries) {
        if (entry.begin != expected)
            return fail(ErrorCode::ModelMismatch,
                        where + ": tensor " + entry.name + ": expected to begin at "
                            + std::to_string(expected) + ", found " + std::to_string(entry.begin));
        expected = entry.end;
    }
    if (expected != fileSize - dataStart)
        return fail(ErrorCode::ModelMismatch,
                    where + ": expected " + std::to_string(expected) + " bytes of data, found "
                        + std::to_string(fileSize - dataStart));

    for (Entry &entry : entries) {
        NamedArray array{entry.type.kept, std::move(entry.shape), {}};
        array.bytes.resize(entry.end - entry.begin);
        in.read(reinterpret_cast<char *>(array.bytes.data()),
                static_cast<std::streamsize>(array.bytes.size()));
        if (!in)
            return fail(ErrorCode::FileUnreadable, where + ": reading tensor " + entry.name + " failed");
        if (entry.type.name == "BF16")
            array.bytes = toFloats(array.bytes, fromBFloat16);
        else if (entry.type.name == "F64")
            array.bytes = toFloats(array.bytes, fromDouble);
        content.arrays.emplace(std::move(entry.name), std::move(array));
    }
    return content;
}

Result<void> writeSafetensors(const SafetensorsFile &content, const std::filesystem::path &file)
{
    Json header = Json::object();
    if (!content.metadata.empty())
        header["__metadata__"] = content.metadata;
    std::uint64_t offset = 0;
    for (const auto &[name, array] : content.arrays) {
        header[name] = {{"dtype", nameOf(array.type)},
                        {"shape", array.shape},
                        {"data_offsets", {offset, offset + array.bytes.size()}}};
        offset += array.bytes.size();
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');
    const std::uint64_t length = text.size();

    std::filesystem::path partial = file;
    partial += ".part";
    {
        errno = 0;
        std::ofstream out(partial, std::ios::binary | std::ios::trunc);
        out.write(reinterpret_cast<const char *>(&length), lengthBytes);
        out.write(text.data(), static_cast<std::streamsize>(text.size()));
        for (const auto &[name, array] : content.arrays)
            out.write(reinterpret_cast<const char *>(array.bytes.data()),
                      static_cast<std::streamsize>(array.bytes.size()));
        out.flush();
        if (!out) {
            const std::string why = std::generic_category().message(errno);
            out.close();
            std::error_code unused; // half a file would keep a full disk full
            std::filesystem::remove(partial, unused);
            return fail(ErrorCode::FileUnreadable, file.string() + ": can't be written: " + why);
        }
    }
    std::error_code code;
    std::filesystem::rename(partial, file, code);
    if (code)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be replaced: " + code.message());
    return {};
}

} // namespace hilum
