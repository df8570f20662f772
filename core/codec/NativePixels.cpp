// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/DicomPixels.h"

#include "core/codec/TruncatedNotice.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace hilum {

namespace {

// Bytes in file order; those beyond the end are zero.
class Cells {
public:
    Cells(Bytes source, const DicomMap &map)
        : bytes(source)
        , isBigEndian(map.pixels.isBigEndian)
        , flip(map.pixels.isWordSwapped ? 1 : 0)
    {
    }

    std::uint64_t byte(std::size_t index) const
    {
        const std::size_t at = index ^ flip;
        return at < bytes.size() ? std::to_integer<std::uint64_t>(bytes[at]) : 0;
    }

    std::uint64_t cell(std::size_t index, std::size_t size) const
    {
        if (size == 1)
            return byte(index);
        const std::size_t start = index * size;
        if (start + size > bytes.size())
            return 0;
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const std::size_t place = isBigEndian ? size - 1 - i : i;
            value |= std::to_integer<std::uint64_t>(bytes[start + i]) << (8 * place);
        }
        return value;
    }

private:
    Bytes bytes;
    bool isBigEndian;
    std::size_t flip;
};

// Where in the file the sample stands that a film keeps at (frame, pixel, channel).
struct Order {
    std::size_t pixels;
    std::size_t channels;
    bool isPlanar;
    bool isHalfChroma; // YBR_FULL_422: Y Y Cb Cr for two pixels

    std::size_t operator()(std::size_t frame, std::size_t pixel, std::size_t channel) const
    {
        if (isHalfChroma)
            return frame * pixels * 2 + pixel / 2 * 4 + (channel == 0 ? pixel % 2 : channel + 1);
        const std::size_t start = frame * pixels * channels;
        return start + (isPlanar ? channel * pixels + pixel : pixel * channels + channel);
    }
};

template <class Sample, class Read>
std::vector<Sample> gather(const PixelLayout &layout, const Order &order, Read &&read)
{
    std::vector<Sample> samples(layout.samples());
    auto out = samples.begin();
    const auto frames = static_cast<std::size_t>(layout.frames);
    const bool isInOrder = !order.isPlanar && !order.isHalfChroma;
    if (isInOrder) {
        for (std::size_t index = 0; index < samples.size(); ++index)
            *out++ = static_cast<Sample>(read(index));
        return samples;
    }
    for (std::size_t frame = 0; frame < frames; ++frame) {
        for (std::size_t pixel = 0; pixel < order.pixels; ++pixel) {
            for (std::size_t channel = 0; channel < order.channels; ++channel)
                *out++ = static_cast<Sample>(read(order(frame, pixel, channel)));
        }
    }
    return samples;
}

// A 16-bit little-endian film, by far the most frequent, at the speed of memory.
template <class Sample>
std::vector<Sample> gatherWords(const PixelLayout &layout, Bytes bytes)
{
    const std::size_t wanted = layout.samples();
    const std::size_t there = std::min(wanted, bytes.size() / sizeof(Sample));
    std::vector<Sample> samples;
    samples.reserve(wanted);
    const std::byte *cells = bytes.data();
    // In parts that stay in the processor's cache between the copy and the mask.
    std::array<Sample, 16384> part;
    for (std::size_t done = 0; done < there;) {
        const std::size_t length = std::min(part.size(), there - done);
        std::memcpy(part.data(), cells + done * sizeof(Sample), length * sizeof(Sample));
        maskSamples(std::span(part).first(length), layout);
        samples.insert(samples.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(length));
        done += length;
    }
    samples.resize(wanted);
    return samples;
}

StoredSamples gatherIntegers(const PixelLayout &layout, const Order &order, const Cells &cells)
{
    const SampleMask mask(layout);
    const auto size = static_cast<std::size_t>(layout.bitsAllocated / 8);
    const auto read = [&](std::size_t index) { return mask(cells.cell(index, size)); };
    if (layout.bitsAllocated == 1) {
        return gather<std::uint8_t>(
            layout, order, [&](std::size_t index) { return cells.byte(index / 8) >> (index % 8) & 1U; });
    }
    if (size == 1)
        return layout.isSigned ? StoredSamples(gather<std::int8_t>(layout, order, read))
                               : StoredSamples(gather<std::uint8_t>(layout, order, read));
    if (size == 2)
        return layout.isSigned ? StoredSamples(gather<std::int16_t>(layout, order, read))
                               : StoredSamples(gather<std::uint16_t>(layout, order, read));
    return layout.isSigned ? StoredSamples(gather<std::int32_t>(layout, order, read))
                           : StoredSamples(gather<std::uint32_t>(layout, order, read));
}

// More than half of the pixels must be there; what is missing is told in rows.
Result<void> checkLength(const PixelLayout &layout, std::uint64_t wantedBits, std::uint64_t foundBytes,
                         Film &film)
{
    const std::uint64_t wanted = (wantedBits + 7) / 8;
    if (foundBytes >= wanted)
        return {};
    if (foundBytes * 2 < wanted)
        return fail(ErrorCode::DataCorrupt,
                    "expected " + std::to_string(wanted) + " bytes of pixel data, found "
                        + std::to_string(foundBytes));
    const auto allRows = static_cast<std::uint64_t>(layout.rows) * static_cast<std::uint64_t>(layout.frames);
    const std::uint64_t missing = allRows - foundBytes * allRows / wanted;
    film.notices.push_back(truncatedNotice(missing, allRows));
    return {};
}

} // namespace

Result<void> readNative(const PixelLayout &layout, const DicomMap &map, Bytes bytes, Film &film)
{
    const bool isHalfChroma = layout.photometric == "YBR_FULL_422";
    if (isHalfChroma && (layout.bitsAllocated != 8 || layout.columns % 2 != 0))
        return fail(ErrorCode::FormatUnsupported, "YBR_FULL_422 with odd columns or other than 8 bits");
    const std::uint64_t samples = layout.samples();
    const std::uint64_t wantedBits
        = (isHalfChroma ? samples / 3 * 2 : samples) * static_cast<std::uint64_t>(layout.bitsAllocated);
    const Bytes pixels = bytes.subspan(map.pixels.bytes.offset, map.pixels.bytes.length);
    if (const auto enough = checkLength(layout, wantedBits, pixels.size(), film); !enough)
        return enough;

    const Cells cells(pixels, map);
    const Order order{layout.samplesPerFrame() / static_cast<std::size_t>(layout.samplesPerPixel),
                      static_cast<std::size_t>(layout.samplesPerPixel), layout.isPlanar && !isHalfChroma,
                      isHalfChroma};
    if (map.pixels.kind == PixelKind::Float) {
        film.samples = gather<float>(layout, order, [&](std::size_t index) {
            return std::bit_cast<float>(static_cast<std::uint32_t>(cells.cell(index, 4)));
        });
    } else if (map.pixels.kind == PixelKind::Double) {
        film.samples = gather<double>(
            layout, order, [&](std::size_t index) { return std::bit_cast<double>(cells.cell(index, 8)); });
    } else if (layout.bitsAllocated == 16 && !map.pixels.isBigEndian && !layout.isPlanar) {
        film.samples = layout.isSigned ? StoredSamples(gatherWords<std::int16_t>(layout, pixels))
                                       : StoredSamples(gatherWords<std::uint16_t>(layout, pixels));
    } else {
        film.samples = gatherIntegers(layout, order, cells);
    }
    return {};
}

std::vector<std::uint8_t> bitPlane(const PixelLayout &layout, const DicomMap &map, Bytes bytes, int position)
{
    const Cells cells(bytes.subspan(map.pixels.bytes.offset, map.pixels.bytes.length), map);
    const auto size = static_cast<std::size_t>(layout.bitsAllocated / 8);
    std::vector<std::uint8_t> bits(layout.samples());
    for (std::size_t i = 0; i < bits.size(); ++i)
        bits[i] = cells.cell(i, size) >> position & 1U;
    return bits;
}

} // namespace hilum
