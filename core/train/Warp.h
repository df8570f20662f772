// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Warp: turning, scaling, squeezing, shifting, cropping and bending a square in a single resampling.
//
// Shape:   size x size from a square of any size; beyond its edge the square is mirrored.
// Units:   0 black to 255 white in, 0 to 1 out.
// Threads: pure for given dice.
#pragma once

#include "core/base/Dice.h"
#include "core/film/Plane.h"
#include "core/train/Recipe.h"

namespace hilum {

[[nodiscard]] Plane<float> warped(const Plane<std::uint8_t> &square, int size, const Augmentation &how,
                                  Dice &dice);

} // namespace hilum
