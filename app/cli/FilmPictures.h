// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmPictures: a film as it opens, in colour, with what lies over it; how explain and report draw it.
//
// Errors:  none.
// Threads: pure functions.
#pragma once

#include "core/explain/ActivationMap.h"
#include "core/imaging/Render.h"

namespace hilum::cli {

// As large as the film.
[[nodiscard]] RgbImage filmPicture(const Film &film, int frame);
// `heat` as large as the picture; `opacity` of the strongest evidence.
void layOver(RgbImage &picture, const HeatPlane &heat, double opacity);
// At most `side` pixels in its longer direction, each the mean of what it covers.
[[nodiscard]] RgbImage shrunk(const RgbImage &picture, int side);
[[nodiscard]] RgbImage inColour(const GreyImage &grey);

} // namespace hilum::cli
