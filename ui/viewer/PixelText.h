// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// pixelText: what is under the cursor: stored sample, modality value and the grey that is shown.
//
// Errors:  none; empty for a pixel outside the film.
// Threads: pure function.
#pragma once

#include "ui/bridge/DisplayFilm.h"

#include <QPoint>
#include <QString>

namespace hilum::ui {

// "pixel: (1204, 988)  stored 2113 · modality 2113 · shown 142"
[[nodiscard]] QString pixelText(const DisplayFilm &film, const Voi &voi, bool inverted, QPoint pixel);

} // namespace hilum::ui
