// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// CornerText: letters and markers burnt into the corners of a film (L, R, dates, names of hospitals).
//
// A letter is a small connected shape, brighter (or darker) than all around it by a fixed amount, with a
// sharp outline, thin strokes and the proportions of a letter, that touches neither the film's edge
// nor anything else of its brightness; three in a row may be fainter. Only the four corners, each three
// tenths of the film wide and high, are looked at: anatomy there is soft.
//
// Shape:   any size; films larger than 512 pixels are best brought to that before.
// Units:   pixels of the picture.
// Errors:  none; an empty picture has none.
// Threads: a pure function.
#pragma once

#include "core/film/Plane.h"

#include <cstdint>
#include <vector>

namespace hilum {

struct LetterBox {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;
};

[[nodiscard]] std::vector<LetterBox> lettersInCorners(const Plane<std::uint8_t> &greys);

} // namespace hilum
