// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MapLook: how a map is drawn over its film.
//
// Units:   threshold 0 to 1 of the strongest value.
#pragma once

namespace hilum::ui {

struct MapLook {
    enum class Style {
        Smooth, // interpolated between cell centres
        Cells, // as the method has them
        Contours // lines around what is above a quarter, a half and three quarters
    };
    Style style = Style::Smooth;
    double threshold = 0; // weaker values are not drawn

    bool operator==(const MapLook &) const = default;
};

} // namespace hilum::ui
