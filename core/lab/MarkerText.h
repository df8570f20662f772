// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MarkerText: letters on a film as technicians put them: L, R, PA, a date.
//
// Units:   x and y are the middle of the text, height is that of a capital, all as shares of the centred
//          square on the film's shorter side; grey 0 black to 1 white.
// Errors:  none; what lies beyond the film's edge is not drawn. Only the text of isMarkerText is legible.
// Threads: pure functions.
#pragma once

#include "core/film/Plane.h"

#include <string>

namespace hilum {

struct MarkerPlace {
    double x = 0.1;
    double y = 0.1;
    double height = 0.07;

    bool operator==(const MarkerPlace &) const = default;
};

inline constexpr const char *markerTextRule = "1 to 24 characters, ASCII from space to ~";

[[nodiscard]] bool isMarkerText(const std::string &text);

void pasteText(Plane<float> &greys, const std::string &text, const MarkerPlace &place, double grey);

} // namespace hilum
