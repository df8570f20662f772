// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/JpegHeader.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace hilum {

namespace {

int byteAt(Bytes bytes, std::size_t at) { return std::to_integer<int>(bytes[at]); }
int u16At(Bytes bytes, std::size_t at) { return byteAt(bytes, at) << 8 | byteAt(bytes, at + 1); }

bool beginsWith(Bytes bytes, std::string_view text)
{
    return bytes.size() >= text.size()
        && std::string_view(reinterpret_cast<const char *>(bytes.data()), text.size()) == text;
}

bool isFrameHeader(int marker)
{
    return (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        || marker == 0xf7;
}

// In APP1 the TIFF structure follows a name of six bytes.
constexpr std::size_t exifNameSize = 6;

} // namespace

std::optional<JpegHeader> jpegHeader(Bytes bytes)
{
    if (bytes.size() < 4 || u16At(bytes, 0) != 0xffd8)
        return std::nullopt;
    JpegHeader header;
    std::size_t at = 2;
    while (at + 4 <= bytes.size()) {
        if (byteAt(bytes, at) != 0xff)
            return std::nullopt;
        const int marker = byteAt(bytes, at + 1);
        if (marker == 0xff) { // fill byte
            ++at;
            continue;
        }
        const auto length = static_cast<std::size_t>(u16At(bytes, at + 2));
        if (marker == 0xda || marker == 0xd9 || length < 2 || at + 2 + length > bytes.size())
            return std::nullopt;
        const Bytes segment = bytes.subspan(at + 4, length - 2);
        if (isFrameHeader(marker)) {
            if (segment.size() < 6)
                return std::nullopt;
            header.process = marker;
            header.precision = byteAt(segment, 0);
            header.height = u16At(segment, 1);
            header.width = u16At(segment, 3);
            header.components = byteAt(segment, 5);
            return header;
        }
        if (marker == 0xe0 && beginsWith(segment, "JFIF"))
            header.hasJfif = true;
        else if (marker == 0xee && beginsWith(segment, "Adobe") && segment.size() >= 12)
            header.transform = byteAt(segment, 11);
        else if (marker == 0xe1 && beginsWith(segment, "Exif"))
            header.orientation = tiffOrientation(segment.subspan(std::min(exifNameSize, segment.size())));
        else if (marker == 0xe2 && beginsWith(segment, "ICC_PROFILE"))
            header.hasProfile = true;
        at += 2 + length;
    }
    return std::nullopt;
}

int tiffOrientation(Bytes tiff)
{
    if (tiff.size() < 8)
        return 1;
    const bool isBigEndian = byteAt(tiff, 0) == 'M';
    const auto u16 = [&](std::size_t at) -> std::uint32_t {
        const int first = byteAt(tiff, at);
        const int second = byteAt(tiff, at + 1);
        return static_cast<std::uint32_t>(isBigEndian ? first << 8 | second : second << 8 | first);
    };
    const auto u32 = [&](std::size_t at) {
        return isBigEndian ? u16(at) << 16 | u16(at + 2) : u16(at + 2) << 16 | u16(at);
    };
    const std::size_t directory = u32(4);
    if (directory + 2 > tiff.size())
        return 1;
    const std::size_t count = u16(directory);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t entry = directory + 2 + 12 * i;
        if (entry + 12 > tiff.size())
            break;
        if (u16(entry) == 0x0112) {
            const int value = static_cast<int>(u16(entry + 8));
            return value >= 1 && value <= 8 ? value : 1;
        }
    }
    return 1;
}

} // namespace hilum
