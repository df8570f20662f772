// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/Rle.h"

#include <algorithm>
#include <cstring>

namespace hilum {

namespace {

constexpr std::size_t headerSize = 64;
constexpr std::size_t mostSegments = 15;

std::size_t u32At(Bytes bytes, std::size_t at)
{
    std::size_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value |= std::to_integer<std::size_t>(bytes[at + i]) << (8 * i);
    return value;
}

} // namespace

Result<std::vector<Bytes>> rleSegments(Bytes frame, std::size_t wanted)
{
    if (frame.size() < headerSize)
        return fail(ErrorCode::DataCorrupt,
                    "expected an RLE frame, found " + std::to_string(frame.size()) + " bytes");
    const std::size_t found = u32At(frame, 0);
    if (found != wanted || wanted > mostSegments)
        return fail(ErrorCode::DataCorrupt,
                    "expected an RLE frame of " + std::to_string(wanted) + " segments, found "
                        + std::to_string(found));
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < wanted; ++i) {
        const std::size_t start = u32At(frame, 4 + 4 * i);
        if (start < headerSize || start >= frame.size() || (!starts.empty() && start <= starts.back()))
            return fail(ErrorCode::DataCorrupt,
                        "an RLE segment begins at byte " + std::to_string(start) + " of "
                            + std::to_string(frame.size()));
        starts.push_back(start);
    }
    starts.push_back(frame.size());
    std::vector<Bytes> segments;
    for (std::size_t i = 0; i < wanted; ++i)
        segments.push_back(frame.subspan(starts[i], starts[i + 1] - starts[i]));
    return segments;
}

std::size_t unpackRle(Bytes segment, std::span<std::uint8_t> plane)
{
    const auto *in = reinterpret_cast<const std::uint8_t *>(segment.data());
    const std::uint8_t *const inEnd = in + segment.size();
    std::uint8_t *out = plane.data();
    std::uint8_t *const outEnd = out + plane.size();
    while (out < outEnd && in < inEnd) {
        const std::size_t code = *in++;
        const auto room = static_cast<std::size_t>(outEnd - out);
        if (code < 128) { // the next code + 1 bytes as they are
            const std::size_t length = std::min({code + 1, room, static_cast<std::size_t>(inEnd - in)});
            std::memcpy(out, in, length);
            in += length;
            out += length;
        } else if (code > 128) { // the next byte 257 - code times
            if (in == inEnd)
                break;
            const std::size_t length = std::min(257 - code, room);
            std::memset(out, *in++, length);
            out += length;
        }
    }
    return plane.size() - static_cast<std::size_t>(outEnd - out);
}

} // namespace hilum
