// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/JpegLs.h"

#include "core/codec/JpegHeader.h"

#include <algorithm>
#include <optional>

namespace hilum {

namespace {

struct Thresholds {
    int maximum;
    int first;
    int second;
    int third;
};

// The branch of the standard's rule for a largest sample below 128.
Thresholds defaultThresholds(int precision, int allowedError)
{
    const int maximum = (1 << precision) - 1;
    const int factor = 256 / (maximum + 1);
    const auto held = [&](int value, int least) { return value > maximum || value < least ? least : value; };
    const int first = held(std::max(2, 3 / factor + 3 * allowedError), allowedError + 1);
    const int second = held(std::max(3, 7 / factor + 5 * allowedError), first);
    const int third = held(std::max(4, 21 / factor + 7 * allowedError), second);
    return {maximum, first, second, third};
}

struct Scan {
    std::size_t start = 0;
    int allowedError = 0; // NEAR
};

// The first scan; nothing when presets are there already.
std::optional<Scan> firstScan(const std::vector<std::byte> &bytes)
{
    const auto at = [&](std::size_t index) { return std::to_integer<int>(bytes[index]); };
    std::size_t start = 2;
    while (start + 5 < bytes.size() && at(start) == 0xff) {
        const int marker = at(start + 1);
        const auto length = static_cast<std::size_t>(at(start + 2) << 8 | at(start + 3));
        if (marker == 0xf8)
            return std::nullopt;
        if (marker == 0xda) {
            const std::size_t place = start + 5 + 2 * static_cast<std::size_t>(at(start + 4));
            return place < bytes.size() ? std::optional(Scan{start, at(place)}) : std::nullopt;
        }
        start += 2 + length;
    }
    return std::nullopt;
}

} // namespace

void spellOutThresholds(std::vector<std::byte> &codestream)
{
    const auto header = jpegHeader(codestream);
    if (!header || header->precision >= 8 || header->precision < 2)
        return;
    const auto scan = firstScan(codestream);
    if (!scan)
        return;
    constexpr int resetInterval = 64; // the default, too
    const Thresholds thresholds = defaultThresholds(header->precision, scan->allowedError);
    std::vector<std::byte> segment{std::byte{0xff}, std::byte{0xf8}, std::byte{0}, std::byte{13},
                                   std::byte{1}};
    for (const int value :
         {thresholds.maximum, thresholds.first, thresholds.second, thresholds.third, resetInterval}) {
        segment.push_back(static_cast<std::byte>(value >> 8));
        segment.push_back(static_cast<std::byte>(value & 0xff));
    }
    codestream.insert(codestream.begin() + static_cast<std::ptrdiff_t>(scan->start), segment.begin(),
                      segment.end());
}

} // namespace hilum
