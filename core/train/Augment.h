// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Augment: one training film, changed in the ways that must not change its reading.
//
// In the order in which films come about: turned, scaled, shifted, bent (one warp for all of it); greys
// bent; uneven light; letters masked or pasted; sharpness, noise and JPEG, for they give away where a film
// came from; patches and borders covered. A recipe's Augmentation says how far.
//
// Shape:   size x size from a square of any size.
// Units:   input 0 black to 255 white; output as InputSpec says.
// Threads: pure for a given random state.
#pragma once

#include "core/film/Plane.h"
#include "core/nn/InputSpec.h"
#include "core/train/Recipe.h"

#include <random>

namespace hilum {

[[nodiscard]] Plane<float> augment(const Plane<std::uint8_t> &square, int size, const Augmentation &how,
                                   const InputSpec &spec, std::mt19937_64 &random);

} // namespace hilum
