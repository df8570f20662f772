// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TiffWriter: a picture as the bytes of a TIFF file, Deflate-compressed, without any metadata of the film.
//
// Shape:   rows from the top, each `bytesPerRow` apart; one sample a pixel (grey) or three (RGB).
// Units:   8 bits, or 16 in the machine's byte order; 0 is black.
// Errors:  Internal with libtiff's own words; what can't be a picture is an assert.
// Threads: any; calls are independent.
// Source:  TIFF 6.0, with Adobe Deflate (compression 8) and horizontal differencing (predictor 2).
#pragma once

#include "core/base/Result.h"

#include <cstddef>
#include <string>
#include <vector>

namespace hilum {

struct TiffPicture {
    const void *pixels = nullptr;
    int width = 0;
    int height = 0;
    std::size_t bytesPerRow = 0;
    int channels = 1;
    int bits = 8; // of a sample
    std::string description; // ASCII, into the file's ImageDescription
};

[[nodiscard]] Result<std::vector<std::byte>> tiffBytes(const TiffPicture &picture);

} // namespace hilum
