// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rle: one frame of DICOM's run-length encoding.
//
// Shape:   a frame is one segment for each byte of a sample and each channel, highest byte first, the
//          channels one after the other; decoded they are interleaved.
// Units:   cells as the data set allocates them, before BitsStored.
// Errors:  DataCorrupt when the header does not fit the data set or more than half of a segment is
//          missing; what is missing of less than that stays zero and is counted.
// Threads: pure functions.
// Source:  DICOM PS3.5 annex G.
#pragma once

#include "core/base/Result.h"
#include "core/codec/MappedFile.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace hilum {

// The segments of the frame, `wanted` of them.
[[nodiscard]] Result<std::vector<Bytes>> rleSegments(Bytes frame, std::size_t wanted);
// Gives how many bytes of `plane` the segment fills.
[[nodiscard]] std::size_t unpackRle(Bytes segment, std::span<std::uint8_t> plane);

// Adds to `samples`, which hold zeros; gives how many of the frame's last pixels are missing.
template <class Sample>
[[nodiscard]] Result<std::size_t> decodeRle(Bytes frame, std::size_t channels, std::span<Sample> samples)
{
    using Cell = std::make_unsigned_t<Sample>;
    const auto segments = rleSegments(frame, channels * sizeof(Sample));
    if (!segments)
        return tl::unexpected(segments.error());
    const std::size_t pixels = samples.size() / channels;
    std::vector<std::uint8_t> plane(pixels);
    std::size_t whole = pixels;
    for (std::size_t index = 0; index < segments->size(); ++index) {
        const std::size_t filled = unpackRle((*segments)[index], plane);
        if (filled * 2 < pixels)
            return fail(ErrorCode::DataCorrupt,
                        "an RLE segment holds " + std::to_string(filled) + " of " + std::to_string(pixels)
                            + " bytes");
        whole = std::min(whole, filled);
        const std::size_t channel = index / sizeof(Sample);
        const int shift = static_cast<int>(8 * (sizeof(Sample) - 1 - index % sizeof(Sample)));
        for (std::size_t i = 0; i < filled; ++i) {
            Sample &sample = samples[i * channels + channel];
            sample
                = static_cast<Sample>(static_cast<Cell>(sample) | static_cast<Cell>(Cell{plane[i]} << shift));
        }
    }
    // Of pixels that lack one of their bytes nothing is shown.
    std::ranges::fill(samples.subspan(whole * channels), Sample{0});
    return pixels - whole;
}

} // namespace hilum
