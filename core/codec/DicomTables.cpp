// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DicomTables.h"

#include "core/codec/DicomAttributes.h"

#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <cmath>

namespace hilum {

namespace {

// Entries are 16-bit words, or bytes packed into words when a table of at most 8 bits was written so.
std::vector<std::uint16_t> tableEntries(DcmItem &item, const DcmTagKey &data, std::size_t wanted, int bits)
{
    DcmElement *element = nullptr;
    if (item.findAndGetElement(data, element).bad() || element == nullptr)
        return {};
    Uint16 *words = nullptr;
    Uint8 *bytes = nullptr;
    std::vector<std::uint16_t> entries;
    const std::size_t length = element->getLength();
    if (element->getUint16Array(words).good() && words != nullptr) {
        if (bits <= 8 && length < 2 * wanted && length >= wanted) {
            for (std::size_t i = 0; i < wanted; ++i)
                entries.push_back(static_cast<std::uint16_t>(words[i / 2] >> (8 * (i % 2)) & 0xffU));
            return entries;
        }
        entries.assign(words, words + std::min(length / 2, wanted));
    } else if (element->getUint8Array(bytes).good() && bytes != nullptr) {
        if (length >= 2 * wanted || bits > 8) {
            for (std::size_t i = 0; i + 1 < std::min(length, 2 * wanted); i += 2)
                entries.push_back(static_cast<std::uint16_t>(bytes[i] | bytes[i + 1] << 8));
        } else {
            entries.assign(bytes, bytes + std::min(length, wanted));
        }
    } else {
        for (unsigned long i = 0; i < std::min<std::size_t>(element->getVM(), wanted); ++i) {
            const auto value = numberOf(item, data, i);
            entries.push_back(static_cast<std::uint16_t>(static_cast<std::int32_t>(value.value_or(0))));
        }
    }
    return entries;
}

// The units of a segmented table: words, or bytes where the entries are of 8 bits.
std::vector<std::uint16_t> segmentUnits(DcmItem &item, const DcmTagKey &data, int bits)
{
    DcmElement *element = nullptr;
    Uint16 *words = nullptr;
    if (item.findAndGetElement(data, element).bad() || element == nullptr
        || element->getUint16Array(words).bad() || words == nullptr)
        return {};
    const std::size_t count = element->getLength() / 2;
    if (bits > 8)
        return {words, words + count};
    std::vector<std::uint16_t> units;
    units.reserve(2 * count);
    for (std::size_t i = 0; i < count; ++i) {
        units.push_back(words[i] & 0xffU);
        units.push_back(static_cast<std::uint16_t>(words[i] >> 8));
    }
    return units;
}

// A table told as runs of values, straight lines and references to earlier ones (PS3.3 C.7.9.2). What
// makes no sense ends it: readTable then says how many entries there are.
class SegmentedTable {
public:
    SegmentedTable(std::vector<std::uint16_t> units, int bits, std::size_t wanted)
        : m_units(std::move(units))
        , m_bits(bits)
        , m_wanted(wanted)
    {
    }

    std::vector<std::uint16_t> expanded()
    {
        expand(0, m_units.size(), true);
        return std::move(m_entries);
    }

private:
    enum Kind : std::uint16_t { Discrete = 0, Linear = 1, Indirect = 2 };

    void expand(std::size_t at, std::size_t segments, bool mayRefer)
    {
        for (; segments > 0 && at + 2 < m_units.size() && m_entries.size() < m_wanted; --segments) {
            const std::uint16_t kind = m_units[at];
            const std::size_t length = m_units[at + 1];
            at += 2;
            if (kind == Discrete) {
                const std::size_t count
                    = std::min({length, m_units.size() - at, m_wanted - m_entries.size()});
                for (std::size_t i = 0; i < count; ++i)
                    m_entries.push_back(m_units[at + i]);
                at += length;
            } else if (kind == Linear && !m_entries.empty()) {
                line(m_units[at], length);
                at += 1;
            } else if (kind == Indirect && mayRefer) {
                at = refer(at, length);
            } else {
                return;
            }
        }
    }

    void line(double last, std::size_t length)
    {
        const double first = m_entries.back();
        for (std::size_t i = 1; i <= length && m_entries.size() < m_wanted; ++i) {
            const double part = static_cast<double>(i) / static_cast<double>(length);
            m_entries.push_back(static_cast<std::uint16_t>(std::lround(first + (last - first) * part)));
        }
    }

    // The offset counts bytes; it takes two words, or four bytes. References inside one are not allowed.
    std::size_t refer(std::size_t at, std::size_t segments)
    {
        const std::size_t parts = m_bits > 8 ? 2 : 4;
        if (at + parts > m_units.size())
            return m_units.size();
        std::size_t offset = 0;
        for (std::size_t i = 0; i < parts; ++i)
            offset |= static_cast<std::size_t>(m_units[at + i]) << ((m_bits > 8 ? 16 : 8) * i);
        const std::size_t target = m_bits > 8 ? offset / 2 : offset;
        if (target < at)
            expand(target, segments, false);
        return at + parts;
    }

    std::vector<std::uint16_t> m_units;
    int m_bits;
    std::size_t m_wanted;
    std::vector<std::uint16_t> m_entries;
};

} // namespace

std::optional<LookupTable> readTable(DcmItem &item, const DcmTagKey &descriptor, const DcmTagKey &data,
                                     bool isSigned, Film &film, bool isSegmented)
{
    const auto count = numberOf(item, descriptor, 0);
    const auto first = numberOf(item, descriptor, 1);
    const auto bits = numberOf(item, descriptor, 2);
    if (!count || !first || !bits)
        return std::nullopt;
    LookupTable table;
    // Sixteen bits cannot say 65,536, so 0 does (PS3.3 C.11.1.1.1).
    const auto wanted = static_cast<std::size_t>(*count == 0 ? 65536 : std::fmod(*count + 65536, 65536));
    table.firstInput = isSigned && *first > 32767 ? *first - 65536 : *first;
    if (!isSigned && *first < 0)
        table.firstInput = *first + 65536;
    table.bits = static_cast<int>(*bits);
    table.entries = isSegmented
        ? SegmentedTable(segmentUnits(item, data, table.bits), table.bits, wanted).expanded()
        : tableEntries(item, data, wanted, table.bits);
    table.explanation = textOf(item, DCM_LUTExplanation).value_or("");
    if (table.entries.empty()) {
        film.notices.emplace_back("A lookup table without entries is left out.");
        return std::nullopt;
    }
    if (table.entries.size() < wanted)
        film.notices.push_back("A lookup table has " + std::to_string(table.entries.size()) + " of "
                               + std::to_string(wanted) + " entries; the last one holds for the rest.");
    if (table.bits < 1 || table.bits > 16) {
        film.notices.push_back("A lookup table says " + std::to_string(table.bits) + " bits; taken for 16.");
        table.bits = 16;
    }
    return table;
}

} // namespace hilum
