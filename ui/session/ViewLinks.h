// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ViewLinks: what viewports side by side have in common, and how a window is carried from film to film.
//
// Units:   windows in modality values.
// Errors:  none.
// Threads: values and pure functions.
#pragma once

#include "ui/bridge/DisplayFilm.h"

namespace hilum::ui {

struct ViewLinks {
    bool zoomPan = true; // relative to the fitted film, so that films of different size stay aligned
    bool window = false;
    bool cursor = true;

    bool operator==(const ViewLinks &) const = default;
};

// `voi` of one film for another: the same where their modality ranges agree (both ends within a fifth of
// the wider range), else at the same place of the other film's own range.
[[nodiscard]] Voi linkedVoi(const DisplayFilm &from, const Voi &voi, const DisplayFilm &to);

} // namespace hilum::ui
