// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FrameStatistics: what modalityRange, histogram and autoWindow find, in one walk over a frame's samples.
//
// Samples of up to 16 bits are counted by value, and everything else comes from the counts; wider
// samples and colour take one plane of floats instead of three.
//
// Units:   modality values (luminance for colour films); stored values where said.
// Errors:  none.
// Threads: pure function; linear in pixels. Equal to the three plain functions, and tested against them.
#pragma once

#include "core/film/Film.h"
#include "core/imaging/Histogram.h"
#include "core/imaging/ModalityValues.h"
#include "core/imaging/Window.h"

#include <optional>

namespace hilum {

struct StoredRange {
    int low = 0;
    int high = 0;
};

struct FrameStatistics {
    ValueRange range;
    Histogram histogram;
    Window automatic;
    std::optional<StoredRange> stored; // of grey samples of up to 16 bits, padding included
};

[[nodiscard]] FrameStatistics frameStatistics(const Film &film, int frame = 0, int bins = 256);

} // namespace hilum
