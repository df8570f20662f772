// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/ViewLinks.h"

#include <algorithm>
#include <cmath>

namespace hilum::ui {

Voi linkedVoi(const DisplayFilm &from, const Voi &voi, const DisplayFilm &to)
{
    constexpr double tolerance = 0.2;
    if (from.film == to.film)
        return voi;
    const double fromSpan = from.range.high - from.range.low;
    const double toSpan = to.range.high - to.range.low;
    const double widest = std::max(fromSpan, toSpan);
    const bool agree = std::abs(from.range.low - to.range.low) <= tolerance * widest
        && std::abs(from.range.high - to.range.high) <= tolerance * widest;
    Window window = asWindow(voi);
    if (agree || fromSpan <= 0 || toSpan <= 0)
        return window;
    window.centre = to.range.low + (window.centre - from.range.low) / fromSpan * toSpan;
    window.width = window.width / fromSpan * toSpan;
    return window;
}

} // namespace hilum::ui
