// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// HeatColours: from evidence, 0 to 1, to colour: perceptually uniform, readable by colour-blind eyes,
// dark to light in one sweep.
//
// Units:   value 0 to 1 (clamped); colours are opaque, heatLayer's alpha follows the value.
// Errors:  none.
// Threads: pure functions.
// Source:  the "inferno" map of Smith and van der Walt (matplotlib, 2015, CC0), as eleven stops.
#pragma once

#include "core/explain/ActivationMap.h"
#include "ui/session/MapLook.h"

#include <QColor>
#include <QImage>

namespace hilum::ui {

[[nodiscard]] QColor heatColour(double value);
// What speaks against a class, 0 to 1: blue, as dark and as bright as heatColour.
[[nodiscard]] QColor coldColour(double value);

// The map over its square, `side` pixels wide. Format_ARGB32_Premultiplied.
[[nodiscard]] QImage heatLayer(const ActivationMap &map, const MapLook &look = {}, int side = 224);

} // namespace hilum::ui
