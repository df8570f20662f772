// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LungShare: how much of a map's heat lies inside the lungs, beside what chance would put there: the share of
// the area that the lungs take, and the shares of the maps that know nothing.
//
// Shape:   a map's grid is spread evenly over its part of the film; a mask is as the film, 1 in the lungs.
// Units:   shares 0 to 1 of the part of the film that the network saw; NaN where a map is flat.
// Errors:  none.
// Threads: pure functions; some milliseconds, whatever the film's size.
#pragma once

#include "core/explain/ActivationMap.h"

#include <cstdint>
#include <optional>

namespace hilum {

// Over the same part of the film as the map that they stand beside.
struct NullMaps {
    Plane<float> random;
    Plane<float> sobel;
};

struct LungShares {
    double area = 0; // of the lungs
    double heat = 0; // of the map
    std::optional<double> random; // of the null maps, where they are known
    std::optional<double> sobel;
};

[[nodiscard]] LungShares lungShares(const Plane<std::uint8_t> &lungs, const ActivationMap &map,
                                    const NullMaps &nulls = {});

// Of a map's positive heat, the share where `mask` (spread over the map's part of the film) is above a half.
[[nodiscard]] double shareInside(const Plane<float> &map, const Plane<float> &mask);

} // namespace hilum
