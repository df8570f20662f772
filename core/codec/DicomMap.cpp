// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DicomMap.h"

#include "core/codec/Inflate.h"
#include "core/codec/Limits.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <string_view>

namespace hilum {

namespace {

constexpr std::uint32_t undefinedLength = 0xffffffff;
constexpr std::uint32_t itemTag = 0xfffee000;
constexpr std::uint32_t itemDelimiter = 0xfffee00d;
constexpr std::uint32_t sequenceDelimiter = 0xfffee0dd;
constexpr std::uint32_t floatPixels = 0x7fe00008;
constexpr std::uint32_t doublePixels = 0x7fe00009;
constexpr std::uint32_t integerPixels = 0x7fe00010;

constexpr std::uint32_t directoryRecords = 0x00041220;

constexpr std::string_view deflatedSyntax = "1.2.840.10008.1.2.1.99";
constexpr std::string_view bigEndianSyntax = "1.2.840.10008.1.2.2";
constexpr std::string_view implicitSyntax = "1.2.840.10008.1.2";
// Of one maker: implicit little endian, but pixel words of 16 bits big endian.
constexpr std::string_view geSyntax = "1.2.840.113619.5.2";

struct Cursor {
    Bytes bytes;
    std::size_t at = 0;
    bool isBigEndian = false;
    bool isImplicit = false;

    std::size_t left() const { return bytes.size() - at; }
    std::uint32_t byte(std::size_t offset) const
    {
        return std::to_integer<std::uint32_t>(bytes[at + offset]);
    }
    std::uint32_t u16(std::size_t offset) const
    {
        return isBigEndian ? byte(offset) << 8 | byte(offset + 1) : byte(offset + 1) << 8 | byte(offset);
    }
    std::uint32_t u32(std::size_t offset) const
    {
        return isBigEndian ? u16(offset) << 16 | u16(offset + 2) : u16(offset + 2) << 16 | u16(offset);
    }
    std::uint32_t tag() const { return u16(0) << 16 | u16(2); }
    bool hasVr() const
    {
        return std::isupper(static_cast<int>(byte(4))) && std::isupper(static_cast<int>(byte(5)));
    }
};

struct Head {
    std::uint32_t tag = 0;
    std::string_view vr; // empty when implicit
    std::size_t size = 0;
    std::uint32_t length = 0;
};

constexpr std::array<std::string_view, 13> longForms{"OB", "OD", "OF", "OL", "OV", "OW", "SQ",
                                                     "SV", "UC", "UN", "UR", "UT", "UV"};

// The head of the element at the cursor; size 0 when it does not fit into what is left.
Head headAt(const Cursor &cursor)
{
    Head head;
    if (cursor.left() < 8)
        return head;
    head.tag = cursor.tag();
    const bool isDelimiter = head.tag >> 16 == 0xfffe;
    if (cursor.isImplicit || isDelimiter) {
        head.size = 8;
        head.length = cursor.u32(4);
        return head;
    }
    head.vr = {reinterpret_cast<const char *>(cursor.bytes.data()) + cursor.at + 4, 2};
    if (std::ranges::find(longForms, head.vr) == longForms.end()) {
        head.size = 8;
        head.length = cursor.u16(6);
    } else if (cursor.left() >= 12) {
        head.size = 12;
        head.length = cursor.u32(8);
    }
    return head;
}

std::string tagText(std::uint32_t tag)
{
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "(%04x,%04x)", tag >> 16, tag & 0xffffU);
    return text.data();
}

std::string valueText(Bytes bytes, std::size_t offset, std::size_t length)
{
    std::string text(reinterpret_cast<const char *>(bytes.data()) + offset, length);
    while (!text.empty() && (text.back() == '\0' || text.back() == ' '))
        text.pop_back();
    return text;
}

// Group 2 is always explicit little endian. Its group length is often wrong: not used.
std::size_t readMeta(Bytes file, std::size_t at, DicomMap &map)
{
    Cursor cursor{file, at, false, false};
    while (cursor.left() >= 8 && cursor.u16(0) == 0x0002) {
        cursor.isImplicit = !cursor.hasVr();
        const Head head = headAt(cursor);
        if (head.size == 0 || head.length > cursor.left() - head.size)
            break;
        const auto text = [&] { return valueText(file, cursor.at + head.size, head.length); };
        if (head.tag == 0x00020010)
            map.transferSyntax = text();
        else if (head.tag == 0x00020002)
            map.mediaStorageClass = text();
        cursor.at += head.size + head.length;
    }
    return cursor.at;
}

// One open sequence, item or the data set itself.
struct Level {
    std::size_t end = 0;
    bool isSequence = false;
    bool isRaw = false; // fragments, not items
    bool isImplicit = false;
    bool isDirectory = false; // its items are directory records
};

bool isCompressed(std::string_view syntax)
{
    return syntax.starts_with("1.2.840.10008.1.2.4.") || syntax == "1.2.840.10008.1.2.5";
}

class Walk {
public:
    Walk(Cursor start, DicomMap &result)
        : cursor(start)
        , map(result)
    {
        levels.push_back({cursor.bytes.size(), false, false, cursor.isImplicit, false});
        map.soundBytes = cursor.bytes.size();
    }

    Result<void> run()
    {
        while (!levels.empty() && map.trouble.empty()) {
            const Level level = levels.back();
            if (cursor.at >= level.end) {
                levels.pop_back();
                continue;
            }
            if (levels.size() > 2 * maxNesting + 1)
                return fail(ErrorCode::LimitExceeded,
                            "sequences nest deeper than " + std::to_string(maxNesting) + " levels");
            if (itemCount > maxItems)
                return fail(ErrorCode::LimitExceeded,
                            "sequences of more than " + std::to_string(maxItems) + " items");
            if (map.pixels.fragments.size() > maxFragments)
                return fail(ErrorCode::LimitExceeded,
                            "pixel data of more than " + std::to_string(maxFragments) + " fragments");
            cursor.isImplicit = level.isImplicit;
            stepStart = cursor.at;
            if (level.isSequence)
                stepItem(level);
            else
                stepElement(level);
        }
        return {};
    }

private:
    void stepItem(const Level &level)
    {
        const Head head = headAt(cursor);
        if (head.size == 0)
            return stop("ends inside a sequence");
        cursor.at += 8;
        if (head.tag == sequenceDelimiter) {
            levels.pop_back();
            return;
        }
        if (head.tag != itemTag)
            return stop("expected an item, found " + tagText(head.tag));
        const std::size_t room = level.end - cursor.at;
        if (level.isRaw) {
            if (head.length == undefinedLength || head.length > room)
                return stop("a fragment claims more bytes than there are");
            cursor.at += head.length;
            return;
        }
        ++itemCount;
        if (level.isDirectory)
            map.records.push_back(cursor.at - 8);
        const std::size_t length = head.length == undefinedLength ? room : head.length;
        levels.push_back({cursor.at + std::min(length, room), false, false, level.isImplicit, false});
    }

    void stepElement(const Level &level)
    {
        const Head head = headAt(cursor);
        if (head.size == 0)
            return stop("ends inside an attribute");
        const bool isTop = levels.size() == 1;
        if (head.tag == itemDelimiter || head.tag == sequenceDelimiter) {
            cursor.at += 8;
            if (!isTop)
                levels.pop_back();
            return;
        }
        cursor.at += head.size;
        if (isTop && (head.tag == integerPixels || head.tag == floatPixels || head.tag == doublePixels))
            return takePixels(head);
        map.hasRecords = map.hasRecords || (isTop && head.tag == directoryRecords);
        const std::size_t room = level.end - cursor.at;
        if (head.length == undefinedLength) {
            const bool isRaw = head.vr == "OB" || head.vr == "OW";
            // UN of undefined length is implicit little endian inside (PS3.5 6.2.2, note).
            levels.push_back(
                {level.end, true, isRaw, level.isImplicit || head.vr == "UN", head.tag == directoryRecords});
            return;
        }
        if (head.length > room)
            return stop("attribute " + tagText(head.tag) + " claims " + std::to_string(head.length)
                        + " bytes, " + std::to_string(room) + " are left");
        const bool isSequence
            = head.vr == "SQ" || (level.isImplicit && head.length >= 8 && cursor.tag() == itemTag);
        if (isSequence)
            levels.push_back(
                {cursor.at + head.length, true, false, level.isImplicit, head.tag == directoryRecords});
        else
            cursor.at += head.length;
    }

    void takePixels(const Head &head)
    {
        const bool isFirst = map.pixels.kind == PixelKind::None;
        PixelElement pixels;
        pixels.kind = head.tag == integerPixels ? PixelKind::Integer
            : head.tag == floatPixels           ? PixelKind::Float
                                                : PixelKind::Double;
        pixels.start = cursor.at - head.size;
        pixels.isBigEndian = cursor.isBigEndian || map.transferSyntax == geSyntax;
        pixels.isWordSwapped = cursor.isBigEndian && head.vr != "OB";
        if (head.length == undefinedLength) {
            pixels.isEncapsulated = true;
            takeFragments(pixels);
        } else {
            pixels.claimedLength = head.length;
            pixels.bytes = {cursor.at, std::min<std::size_t>(head.length, cursor.left())};
            const std::size_t end = cursor.at + pixels.bytes.length;
            if (isCompressed(map.transferSyntax))
                takeMeasured(pixels, end);
            cursor.at = end;
        }
        if (isFirst)
            map.pixels = std::move(pixels);
    }

    // Some writers put a length on compressed pixel data, or leave the items out and the codestream bare.
    void takeMeasured(PixelElement &pixels, std::size_t end)
    {
        const Bytes whole = cursor.bytes;
        cursor.bytes = whole.first(end);
        const std::uint32_t magic = cursor.left() >= 8 ? cursor.u16(0) : 0;
        if (cursor.left() >= 8 && cursor.tag() == itemTag) {
            takeFragments(pixels);
            map.trouble.clear(); // the length closes what no delimiter does
        } else if (magic == 0xd8ff || magic == 0x4fff) {
            pixels.fragments = {{cursor.at, 0}, pixels.bytes};
        }
        cursor.bytes = whole;
        pixels.isEncapsulated = !pixels.fragments.empty();
        if (pixels.isEncapsulated)
            map.notice = "The compressed pixel data have a length, which they may not; read nevertheless.";
    }

    void takeFragments(PixelElement &pixels)
    {
        while (cursor.left() >= 8 && cursor.tag() == itemTag && pixels.fragments.size() <= maxFragments) {
            const std::size_t claimed = cursor.u32(4);
            cursor.at += 8;
            const std::size_t length = std::min(claimed, cursor.left());
            pixels.fragments.push_back({cursor.at, length});
            cursor.at += length;
            pixels.isBrokenOff = length < claimed;
            pixels.isMostlyThere = claimed / 2 <= length;
            if (pixels.isBrokenOff)
                return stop("a fragment claims " + std::to_string(claimed) + " bytes, "
                            + std::to_string(length) + " are left");
        }
        if (cursor.left() >= 8 && cursor.tag() == sequenceDelimiter)
            cursor.at += 8;
        else
            stop("the fragments of the pixel data are not closed");
    }

    void stop(std::string reason)
    {
        map.trouble = std::move(reason);
        map.soundBytes = stepStart;
    }

    Cursor cursor;
    DicomMap &map;
    std::vector<Level> levels;
    std::size_t itemCount = 0;
    std::size_t stepStart = 0;
};

// Files without file meta information say by their first attribute how they are written.
void guessSyntax(Cursor &cursor)
{
    if (cursor.left() < 8)
        return;
    cursor.isBigEndian = cursor.u16(0) > 0x00ff && cursor.byte(0) == 0;
    cursor.isImplicit = !cursor.hasVr();
}

// Some writers name one encoding and use the other; the VR of the first attribute tells. Only this
// confusion is settled: it can't be mistaken for damage.
void settleVr(Cursor &cursor, DicomMap &map)
{
    if (cursor.left() < 8 || cursor.isBigEndian || cursor.u16(0) > 0x00ff
        || cursor.hasVr() != cursor.isImplicit)
        return;
    const bool wasImplicit = cursor.isImplicit;
    cursor.isImplicit = !wasImplicit;
    const Head head = headAt(cursor);
    if (head.size == 0 || head.length > cursor.left() - head.size) {
        cursor.isImplicit = wasImplicit;
        return;
    }
    map.notice = std::string("The transfer syntax promises ") + (wasImplicit ? "implicit" : "explicit")
        + " VR, the data set is written in " + (wasImplicit ? "explicit" : "implicit")
        + " VR; read as it is written.";
}

} // namespace

Result<DicomMap> mapDicom(Bytes file)
{
    DicomMap map;
    const bool hasPreamble = file.size() >= 132 && std::to_integer<char>(file[128]) == 'D'
        && std::to_integer<char>(file[129]) == 'I' && std::to_integer<char>(file[130]) == 'C'
        && std::to_integer<char>(file[131]) == 'M';
    Cursor cursor{file, readMeta(file, hasPreamble ? 132 : 0, map), false, false};
    if (cursor.left() < 8)
        return fail(ErrorCode::DataCorrupt, "expected a data set, found the end of the file");
    if (map.transferSyntax == deflatedSyntax) {
        auto inflated = inflate(file.subspan(cursor.at));
        if (!inflated)
            return tl::unexpected(inflated.error());
        map.isDeflated = true;
        map.inflated = std::move(*inflated);
        cursor = {map.inflated, 0, false, false};
    } else if (map.transferSyntax.empty()) {
        guessSyntax(cursor);
    } else {
        cursor.isBigEndian = map.transferSyntax == bigEndianSyntax;
        cursor.isImplicit = map.transferSyntax == implicitSyntax || map.transferSyntax == geSyntax;
        settleVr(cursor, map);
    }
    map.isBigEndian = cursor.isBigEndian;
    map.isImplicit = cursor.isImplicit;
    map.dataSetStart = cursor.at;
    if (const auto walked = Walk(cursor, map).run(); !walked)
        return tl::unexpected(walked.error());
    return map;
}

} // namespace hilum
