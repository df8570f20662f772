// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Histogram: how often the modality values of a frame fall into equal steps.
//
// Shape:   `counts` in ascending order of value, first step at `low`, last one ending at `high`.
// Units:   modality values (luminance for colour films); padding left out.
// Errors:  none; a film of one value has it all in one step.
// Threads: pure function; linear in pixels.
#pragma once

#include "core/film/Film.h"

#include <cstddef>
#include <vector>

namespace hilum {

struct Histogram {
    double low = 0;
    double high = 0;
    std::vector<std::size_t> counts;
};

[[nodiscard]] Histogram histogram(const Film &film, int frame = 0, int bins = 256);

} // namespace hilum
