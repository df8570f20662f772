// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Pictures: made-up pictures that are no upright frontal chest film, for fitting the gate and for tests.
//
// Text, charts, textures, shapes, noise; bodies of other kinds (limbs, skulls, slices, fans, lateral chests),
// projected from ellipsoids; and films spoilt: a detail, tiles in disorder, several in one picture.
//
// Shape:   side x side.
// Units:   0 to 1, high is white.
// Errors:  none.
// Threads: pure for a given random state.
#pragma once

#include "core/film/Plane.h"

#include <random>
#include <string_view>

namespace hilum {

enum class PictureKind {
    Text,
    Chart,
    Texture,
    Scene,
    Noise,
    Limb,
    Skull,
    Slice,
    Fan,
    Trunk, // abdomen and pelvis: no lungs
    LateralChest,
    Detail, // from here on made of a film
    Tiles,
    Collage,
};
inline constexpr int pictureKinds = 14;
inline constexpr PictureKind firstOfFilm = PictureKind::Detail;

[[nodiscard]] std::string_view pictureName(PictureKind kind);

// A picture that needs no film.
[[nodiscard]] Plane<float> makePicture(PictureKind kind, int side, std::mt19937_64 &random);
// A film's square made into no film; `square` is at least as large as `side`.
[[nodiscard]] Plane<float> spoiltFilm(PictureKind kind, const Plane<float> &square, int side,
                                      std::mt19937_64 &random);
// A frontal chest of the same make as the lateral one.
[[nodiscard]] Plane<float> makeFrontalChest(int side, std::mt19937_64 &random);

} // namespace hilum
