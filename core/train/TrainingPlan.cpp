// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/TrainingPlan.h"

#include <algorithm>
#include <cmath>

namespace hilum {

Plane<float> unitGrey(const ModelInput &square)
{
    Plane<float> grey = square.values;
    const float range = square.white - square.black;
    for (float &v : grey.samples())
        v = range > 0 ? (v - square.black) / range : 0.0F;
    return grey;
}

Plane<std::uint8_t> squareGrey(const ModelInput &square)
{
    const Plane<float> grey = unitGrey(square);
    Plane<std::uint8_t> result(grey.width(), grey.height());
    std::ranges::transform(grey.samples(), result.samples().begin(), [](float v) {
        return static_cast<std::uint8_t>(std::lround(std::clamp(v, 0.0F, 1.0F) * 255));
    });
    return result;
}

} // namespace hilum
