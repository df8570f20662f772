// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Bodies: crude bodies of ellipsoids and rods, projected by parallel rays, for pictures that look like films
// of something else.
//
// Shape:   side x side.
// Units:   millimetres for geometry; the picture is absorption, not scaled.
// Errors:  none.
// Source:  geometry chosen to look right, not measured.
#pragma once

#include "core/base/Dice.h"
#include "core/film/Plane.h"

namespace hilum {

[[nodiscard]] Plane<float> projectChest(int side, bool lateral, Dice &dice);
[[nodiscard]] Plane<float> projectTrunk(int side, Dice &dice);
[[nodiscard]] Plane<float> projectLimb(int side, Dice &dice);
[[nodiscard]] Plane<float> projectSkull(int side, Dice &dice);

} // namespace hilum
