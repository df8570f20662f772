// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Augment: one training film, changed in the ways that must not change its reading.
//
// Turned, scaled, shifted and squeezed a little; grey levels bent; sharpness and noise jittered, for
// they give away where a film came from; border and corners covered now and then, for letters stand
// there. Never mirrored: the heart has a side.
//
// Shape:   size x size from a square of any size.
// Units:   standardised, as prepare() gives them.
// Threads: pure for a given random state.
#pragma once

#include "core/film/Plane.h"

#include <random>

namespace hilum {

[[nodiscard]] Plane<float> augment(const Plane<float> &square, int size, std::mt19937_64 &random);

} // namespace hilum
