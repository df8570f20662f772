// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ShownFilm: what a view shows of a film, as a film: through the window, inverted, turned, mirrored, in the
// 256 greys of a screen. A network that is fed it reads what a person sees, not what the detector measured.
//
// Shape:   one frame, columns and rows swapped by an odd number of quarter turns.
// Units:   greys 0 (black) to 255 (white), high is white; padding is black through every window and
//          inversion, as on the screen. Points and rectangles in pixels, (0, 0) at the outer corner.
// Errors:  none; a colour film has no window, unless its colours are all grey.
// Threads: pure functions; linear in pixels.
// Source:  core/imaging/Render.h for the greys of a film without padding.
#pragma once

#include "core/film/Film.h"
#include "core/film/Plane.h"
#include "core/imaging/Render.h"
#include "core/nn/InputSpec.h"

#include <string>

namespace hilum {

// How a view shows a film; mirrored first, then turned clockwise.
struct ShownLook {
    int frame = 0;
    Voi voi;
    bool isInverted = false;
    bool isMirrored = false;
    int quarterTurns = 0; // 0 to 3
};

[[nodiscard]] bool operator==(const ShownLook &one, const ShownLook &other);

// "through the window of centre 2048 and width 4096, inverted, turned right by 90 degrees"
[[nodiscard]] std::string lookText(const ShownLook &look, bool hasWindow = true);

[[nodiscard]] Film shownFilm(const Film &film, const ShownLook &look);

struct PlanePoint {
    double x = 0;
    double y = 0;
};

// From a film to what is shown of it, and back.
class ShownPlace {
public:
    ShownPlace(const ShownLook &look, int filmColumns, int filmRows);

    PlanePoint toShown(PlanePoint film) const;
    PlanePoint toFilm(PlanePoint shown) const;
    InputMap toFilm(const InputMap &shown) const;
    // Cells over a part of the shown film, as they lie on the film itself.
    Plane<float> toFilm(const Plane<float> &shownCells) const;

private:
    bool m_isMirrored;
    int m_quarterTurns;
    double m_columns;
    double m_rows;
};

} // namespace hilum
