// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Window: the slice of a film's modality values that the screen shows.
//
// Units:   centre and width are modality values; width is at least 1 for LINEAR.
// Errors:  none; an impossible width is brought to the nearest possible one.
// Threads: pure functions.
// Source:  DICOM PS3.3 C.11.2.1.2 (LINEAR), C.11.2.1.3.2 (LINEAR_EXACT), C.11.2.1.3.1 (SIGMOID).
#pragma once

#include "core/film/Film.h"

namespace hilum {

struct Window {
    double centre = 0;
    double width = 1;
    VoiFunction function = VoiFunction::Linear;

    bool operator==(const Window &) const = default;
};

// The position of a modality value in the window: 0 (black end) to 1 (white end), before any
// inversion for MONOCHROME1.
[[nodiscard]] double windowed(double modalityValue, const Window &window);

// The film's own first window; else the whole range of its values, padding left out.
[[nodiscard]] Window defaultWindow(const Film &film, int frame = 0);

// From the 1st to the 99th percentile of the modality values, padding left out.
[[nodiscard]] Window autoWindow(const Film &film, int frame = 0);

} // namespace hilum
