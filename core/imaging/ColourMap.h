// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ColourMap: a magnitude from 0 to 1 as a colour that grows evenly lighter, also for the colour-blind.
//
// Units:   colours are sRGB, 8 bits a channel; magnitudes outside 0 to 1 are brought to the nearer end.
// Errors:  none; a magnitude that is not a number counts as 0.
// Threads: pure functions.
// Source:  ColourMapTables.h.
#pragma once

#include "core/film/Plane.h"

#include <array>
#include <cstdint>

namespace hilum {

enum class ColourMapKind { Inferno, Viridis, Cividis, Grey };

[[nodiscard]] std::array<std::uint8_t, 3> colourAt(ColourMapKind kind, double magnitude);

// A heat plane as 0xAARRGGBB with alpha premultiplied, to be laid over a film. Alpha is
// magnitude x opacity, so that where nothing was found the film stays bare.
[[nodiscard]] Plane<std::uint32_t> colourHeat(const Plane<float> &heat, ColourMapKind kind, double opacity);

} // namespace hilum
