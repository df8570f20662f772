// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Modality values: stored samples after rescale or modality LUT, before any window.
//
// Shape:   rows x columns of one frame; colour films give their luminance (ITU-R BT.601).
// Units:   what the modality transform says; 0 to full scale of the samples for colour.
// Errors:  none.
// Threads: pure functions.
// Source:  DICOM PS3.3 C.11.1; fractions are kept, never truncated.
#pragma once

#include "core/film/Film.h"
#include "core/film/Plane.h"

#include <cstdint>

namespace hilum {

[[nodiscard]] Plane<float> modalityValues(const Film &film, int frame = 0);

// The entry for an input value; below the first and above the last input the ends hold.
[[nodiscard]] double tableEntry(const LookupTable &table, double input);

// Stored value to modality value of a grey film.
[[nodiscard]] double toModality(const ModalityTransform &transform, double stored);

// The stored sample at a pixel (first channel for colour).
[[nodiscard]] double storedValue(const Film &film, int frame, int x, int y, int channel = 0);

[[nodiscard]] inline bool isPadding(const Film &film, double stored)
{
    return film.padding && stored >= film.padding->low && stored <= film.padding->high;
}

// True where the stored sample is padding; an empty plane when the film declares none.
[[nodiscard]] Plane<std::uint8_t> paddingMask(const Film &film, int frame = 0);

struct ValueRange {
    double low = 0;
    double high = 0;
};

// Lowest and highest modality value of a frame, padding left out.
[[nodiscard]] ValueRange modalityRange(const Film &film, int frame = 0);

} // namespace hilum
