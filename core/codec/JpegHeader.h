// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// JpegHeader: what a JPEG or JPEG-LS codestream says of itself, read before any decoder sees it.
//
// Errors:  none; nothing when there is no frame header.
// Threads: pure functions.
// Source:  ITU-T T.81 B.2, T.87 C.2; JFIF 1.02; Adobe TN 5116 (APP14); Exif 2.32 section 4.6.
#pragma once

#include "core/codec/MappedFile.h"

#include <optional>

namespace hilum {

struct JpegHeader {
    int width = 0;
    int height = 0;
    int precision = 0;
    int components = 0;
    int process = 0; // low byte of the SOF marker: 0xc0 baseline, 0xc3 lossless, 0xf7 JPEG-LS
    bool hasJfif = false; // APP0 "JFIF": three components are YCbCr
    std::optional<int> transform; // of Adobe's APP14: 0 none, 1 YCbCr, 2 YCCK
    int orientation = 1; // of Exif: 1 to 8
    bool hasProfile = false; // APP2 "ICC_PROFILE"
};

[[nodiscard]] std::optional<JpegHeader> jpegHeader(Bytes codestream);

// The orientation in a TIFF structure, as Exif is one: 1 to 8, and 1 when it says none.
[[nodiscard]] int tiffOrientation(Bytes tiff);

} // namespace hilum
