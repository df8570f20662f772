// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Limits: how much one film may ask for. A larger film is refused by its header, before memory is
// taken.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hilum {

// Of decoded samples, all frames: 16,384 x 16,384 pixels of 16 bits.
constexpr std::uint64_t maxSampleBytes = std::uint64_t{512} << 20;
// Of one side: no detector or scanner comes near, and it bounds every row buffer.
constexpr std::uint32_t maxSide = 65535;
// Of a data set once inflated; the largest films are near 40 MiB.
constexpr std::size_t maxInflatedBytes = std::size_t{256} << 20;
// Of sequences in sequences. DCMTK walks them by recursion and runs out of stack at some thousands.
constexpr std::size_t maxNesting = 64;
// Of items in sequences, all levels together: DCMTK takes some hundred bytes for an empty one.
constexpr std::size_t maxItems = 500'000;
// Of the fragments of compressed pixel data.
constexpr std::size_t maxFragments = 1'000'000;
// Of overlay pixels, all planes and frames together; one byte each.
constexpr std::size_t maxOverlayPixels = std::size_t{128} << 20;
// Of all attributes before the pixel data: they are held in memory.
constexpr std::size_t maxAttributeBytes = std::size_t{128} << 20;
// Of a DICOMDIR, and of the films that it lists.
constexpr std::size_t maxDirectoryBytes = std::size_t{64} << 20;
constexpr std::size_t maxDirectoryFilms = 100'000;
// Of attributes listed in Film::tags, and of characters in one value.
constexpr std::size_t maxTags = 4000;
constexpr std::size_t maxTagValue = 256;

} // namespace hilum
