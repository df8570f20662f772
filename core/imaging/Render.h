// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Render: a frame as it should look on a screen, at full size.
//
// Shape:   same width and height as the film.
// Units:   0 (black) to 255 (white), bone white: MONOCHROME1 is inverted after the window, once.
// Errors:  none.
// Threads: pure functions; linear in pixels. The plain reference that faster paths are tested against.
// Source:  DICOM PS3.3 C.11 (order modality, VOI, presentation), C.7.6.3.1.2 (photometric).
#pragma once

#include "core/film/Film.h"
#include "core/film/Plane.h"
#include "core/imaging/Window.h"

#include <array>
#include <variant>

namespace hilum {

using GreyImage = Plane<std::uint8_t>;
using RgbImage = Plane<std::array<std::uint8_t, 3>>;

// What stands between modality values and the screen: a window, or one of the film's VOI tables.
using Voi = std::variant<Window, LookupTable>;

// The VOI by which a film opens: its first window, else its first VOI LUT, else its value range.
[[nodiscard]] Voi defaultVoi(const Film &film, int frame = 0);

// One modality value through the VOI to a grey, turned where high values are black.
[[nodiscard]] std::uint8_t greyOf(double modalityValue, const Voi &voi, bool highIsBlack);

// A grey film (asserts !film.isColour()).
[[nodiscard]] GreyImage renderGrey(const Film &film, const Voi &voi, int frame = 0);

// A colour film: YBR to RGB and palettes resolved, no window.
[[nodiscard]] RgbImage renderColour(const Film &film, int frame = 0);

} // namespace hilum
