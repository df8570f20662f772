// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// RasterReader: PNG and JPEG files as films; 16 bits stay 16 bits.
//
// Shape:   one frame; transparency is flattened over black, Exif orientation applied, colour files
//          whose channels are equal everywhere become grey, and gamma and colour profiles are left
//          aside. Each of these is told in `notices`.
// Errors:  DataCorrupt (broken, or more than half of the rows missing), LimitExceeded,
//          FormatUnsupported (12-bit JPEG and other rare kinds).
// Threads: any; calls are independent.
// Source:  PNG (ISO 15948) through libpng, JPEG (ITU-T T.81) through libjpeg-turbo.
#pragma once

#include "core/base/Result.h"
#include "core/codec/MappedFile.h"
#include "core/film/Film.h"

namespace hilum {

[[nodiscard]] Result<Film> readPng(Bytes file);
[[nodiscard]] Result<Film> readJpeg(Bytes file);

// Colour with three equal channels everywhere becomes one channel, with a notice.
void reduceEqualChannels(Film &film);
// Turns a one-frame film as Exif orientation 1 to 8 asks.
void applyOrientation(Film &film, int orientation);
// The limits of Limits.h for samples of that size; checkRaster for a picture file, whose pixels lie
// in memory twice while it is read.
[[nodiscard]] Result<void> checkRaster(std::uint64_t columns, std::uint64_t rows,
                                       std::uint64_t bytesPerPixel);
[[nodiscard]] Result<void> checkSize(std::uint64_t columns, std::uint64_t rows, std::uint64_t bytesPerPixel,
                                     std::uint64_t frames = 1);

} // namespace hilum
