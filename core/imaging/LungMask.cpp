// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/LungMask.h"

#include "core/imaging/ModalityValues.h"

#include <algorithm>

namespace hilum {

Result<Plane<std::uint8_t>> lungMask(const Film &lungs, const Film &film)
{
    if (lungs.columns != film.columns || lungs.rows != film.rows)
        return fail(ErrorCode::UsageWrong,
                    lungs.file + ": expected lungs of " + std::to_string(film.columns) + " x "
                        + std::to_string(film.rows) + " pixels, as the film has, found "
                        + std::to_string(lungs.columns) + " x " + std::to_string(lungs.rows));
    const Plane<float> values = modalityValues(lungs, 0);
    // Whatever the mask's white is, 1 or 255 or 65535: half of it parts lungs from the rest.
    const float brightest = *std::ranges::max_element(values.samples());
    if (!(brightest > 0))
        return fail(ErrorCode::UsageWrong,
                    lungs.file + ": expected lungs white on black, found nothing but black");
    const float half = brightest / 2;
    Plane<std::uint8_t> mask(lungs.columns, lungs.rows);
    std::ranges::transform(values.samples(), mask.samples().begin(),
                           [half](float value) -> std::uint8_t { return value > half ? 1 : 0; });
    return mask;
}

} // namespace hilum
