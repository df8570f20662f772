// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Tubes: bones and lung vessels, drawn as bent tubes into planes of projected thickness.
//
// Shape:   the planes have the film's size.
// Units:   millimetres of cortical bone, and of blood in place of lung, along the ray; geometry as
//          in Thorax.h.
// Errors:  none.
// Threads: pure.
// Source:  chosen by eye; vessels split by Murray's law (radius cubed is shared).
#pragma once

#include "core/film/Plane.h"
#include "core/phantom/Thorax.h"

#include <cstdint>

namespace hilum {

// Where millimetres lie on the film.
struct FilmFrame {
    int columns = 0;
    int rows = 0;
    double pixelMm = 1;

    double x(double column) const { return (column + 0.5 - columns / 2.0) * pixelMm; }
    double y(double row) const { return (row + 0.5) * pixelMm; }
    double column(double xMm) const { return xMm / pixelMm + columns / 2.0 - 0.5; }
    double row(double yMm) const { return yMm / pixelMm - 0.5; }
};

[[nodiscard]] Plane<float> projectBones(const Thorax &thorax, const FilmFrame &frame, std::uint64_t seed);
[[nodiscard]] Plane<float> projectVessels(const FilmFrame &frame, std::uint64_t seed);

} // namespace hilum
