// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DicomPixels: the stored samples of a DICOM object, native or encapsulated, as a Film keeps them.
//
// Shape:   frames x rows x columns x samplesPerPixel, interleaved; planar files are interleaved here,
//          chroma of 4:2:2 is repeated to full size.
// Units:   stored values, shifted and masked to BitsStored, sign-extended.
// Errors:  DataCorrupt, FormatUnsupported, LimitExceeded; judged by the header before memory is taken.
// Threads: any; one data set on one thread.
// Source:  DICOM PS3.5 section 8 and annex A, PS3.3 C.7.6.3.
#pragma once

#include "core/base/Result.h"
#include "core/codec/DicomMap.h"
#include "core/film/Film.h"

#include <span>
#include <type_traits>

class DcmDataset;
class DcmItem;

namespace hilum {

// The image pixel module, checked.
struct PixelLayout {
    int rows = 0;
    int columns = 0;
    int frames = 1;
    int samplesPerPixel = 1;
    int bitsAllocated = 8;
    int bitsStored = 8;
    int highBit = 7;
    bool isSigned = false;
    bool isPlanar = false;
    std::string photometric;

    std::size_t samplesPerFrame() const
    {
        return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns)
            * static_cast<std::size_t>(samplesPerPixel);
    }
    std::size_t samples() const { return samplesPerFrame() * static_cast<std::size_t>(frames); }
};

[[nodiscard]] Result<PixelLayout> readLayout(DcmItem &dataSet, PixelKind kind, Film &film);

// Fills in size, samples and photometric of `film`; gives the layout by which it read them. `bytes` is
// what the map's offsets count from.
[[nodiscard]] Result<PixelLayout> readPixels(DcmDataset &dataSet, const DicomMap &map, Bytes bytes,
                                             Film &film);

// Native samples (NativePixels.cpp) and those behind a codec (EncapsulatedPixels.cpp).
[[nodiscard]] Result<void> readNative(const PixelLayout &layout, const DicomMap &map, Bytes bytes,
                                      Film &film);
[[nodiscard]] Result<void> readEncapsulated(DcmDataset &dataSet, const PixelLayout &layout,
                                            const DicomMap &map, Bytes bytes, Film &film);

// One bit of each cell of native pixel data, 0 or 1: frames x rows x columns.
[[nodiscard]] std::vector<std::uint8_t> bitPlane(const PixelLayout &layout, const DicomMap &map, Bytes bytes,
                                                 int position);

// One sample from its cell: BitsStored bits below HighBit, the rest (overlays) masked away.
struct SampleMask {
    std::uint64_t mask = 0;
    std::uint64_t sign = 0; // 0 for unsigned samples
    int shift = 0;

    explicit SampleMask(const PixelLayout &layout)
        : mask(layout.bitsStored >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << layout.bitsStored) - 1)
        , sign(layout.isSigned ? std::uint64_t{1} << (layout.bitsStored - 1) : 0)
        , shift(layout.highBit + 1 - layout.bitsStored)
    {
    }
    std::int64_t operator()(std::uint64_t cell) const
    {
        const std::uint64_t value = cell >> shift & mask;
        return static_cast<std::int64_t>((value & sign) != 0 ? value | ~mask : value);
    }
};

// The same in place, for cells in host order, in arithmetic that the compiler turns into vectors.
template <class Sample>
void maskSamples(std::span<Sample> samples, const PixelLayout &layout)
{
    using Cell = std::make_unsigned_t<Sample>;
    if (layout.bitsStored >= static_cast<int>(8 * sizeof(Sample)))
        return;
    const int shift = layout.highBit + 1 - layout.bitsStored;
    const auto mask = static_cast<Cell>((Cell{1} << layout.bitsStored) - 1);
    const auto sign = static_cast<Cell>(layout.isSigned ? Cell{1} << (layout.bitsStored - 1) : 0);
    for (Sample &sample : samples) {
        const auto value = static_cast<Cell>(static_cast<Cell>(sample) >> shift & mask);
        sample = static_cast<Sample>(static_cast<Cell>((value ^ sign) - sign));
    }
}

} // namespace hilum
