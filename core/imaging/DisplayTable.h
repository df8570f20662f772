// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DisplayTable: stored value to grey, worked out once, for dragging a window over a large film.
//
// Shape:   one entry for each value that the sample type can hold: 256 or 65,536.
// Units:   grey 0 (black) to 255 (white), modality transform and MONOCHROME1 included; equal to
//          renderGrey in every entry.
// Errors:  none; displayTable gives nothing for colour films and for samples wider than 16 bits.
// Threads: pure functions. 65,536 entries take about a millisecond, a screenful of look-ups less.
// Source:  Render.h, which it is tested against.
#pragma once

#include "core/film/Film.h"
#include "core/imaging/Render.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace hilum {

struct DisplayTable {
    int firstStored = 0; // the stored value of greys[0]
    std::vector<std::uint8_t> greys;

    std::uint8_t at(int stored) const { return greys[static_cast<std::size_t>(stored - firstStored)]; }
};

[[nodiscard]] std::optional<DisplayTable> displayTable(const Film &film, const Voi &voi);

// The whole frame through the table that was made for this film.
[[nodiscard]] GreyImage renderGrey(const Film &film, const DisplayTable &table, int frame = 0);

} // namespace hilum
