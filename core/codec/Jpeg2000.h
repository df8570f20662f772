// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Jpeg2000: one frame of JPEG 2000 or High-Throughput JPEG 2000.
//
// Shape:   samples are rows x columns x components, interleaved, one frame in all.
// Units:   the codestream's values at its own precision, sign-extended as `isSigned` says: the data
//          set's PixelRepresentation decides, for encoders often write the wrong sign.
// Errors:  DataCorrupt when the codestream is broken or is not what the data set expects;
//          LimitExceeded.
// Threads: any; calls are independent; OpenJPEG uses up to four threads of its own.
// Source:  ISO/IEC 15444-1 and 15444-15 through OpenJPEG 2.5; DCMTK has no decoder for it.
#pragma once

#include "core/base/Result.h"
#include "core/codec/MappedFile.h"

#include <cstdint>
#include <span>

namespace hilum {

struct J2kFrame {
    int columns = 0;
    int rows = 0;
    int components = 1;
    bool isSigned = false;
};

struct J2kInfo {
    int precision = 0;
    bool hasColourTransform = false; // RCT or ICT, undone here: the samples are RGB
};

// For the integer types that a film keeps its samples in, 8 to 32 bits.
template <class Sample>
[[nodiscard]] Result<J2kInfo> decodeJ2k(Bytes codestream, const J2kFrame &expected,
                                        std::span<Sample> samples);

} // namespace hilum
