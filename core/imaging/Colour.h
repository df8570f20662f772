// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Colour: the pixels of a colour film as red, green and blue, whatever the file stores.
//
// Units:   0 to full scale of the samples (2^bitsStored - 1; of the palette's entries for PALETTE).
// Errors:  none.
// Threads: pure functions.
// Source:  DICOM PS3.3 C.7.6.3.1.2 (YBR_FULL), C.7.6.3.1.5 (palettes).
#pragma once

#include "core/imaging/ModalityValues.h"
#include "core/imaging/Samples.h"

#include <cmath>

namespace hilum {

// What full intensity is in forEachRgb's units.
[[nodiscard]] inline double colourFullScale(const Film &film)
{
    if (film.photometric == Photometric::PaletteColor)
        return film.palette ? std::exp2(film.palette->red.bits) - 1 : 255;
    if (std::holds_alternative<std::vector<float>>(film.samples)
        || std::holds_alternative<std::vector<double>>(film.samples))
        return 1;
    return std::exp2(film.bitsStored) - 1;
}

// Calls visit(pixelIndex, red, green, blue) for each pixel of a colour film, in order. YBR values
// may leave the range by rounding: the caller clamps.
template <class Visit>
void forEachRgb(const Film &film, int frame, Visit &&visit)
{
    assert(film.isColour());
    const double middle = std::exp2(film.bitsStored - 1);
    visitFrame(film, frame, [&](auto samples) {
        const std::size_t pixels = film.pixelsPerFrame();
        for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
            if (film.photometric == Photometric::PaletteColor) {
                const double index = static_cast<double>(samples[pixel]);
                if (film.palette)
                    visit(pixel, tableEntry(film.palette->red, index), tableEntry(film.palette->green, index),
                          tableEntry(film.palette->blue, index));
                else
                    visit(pixel, index, index, index);
                continue;
            }
            const double first = static_cast<double>(samples[pixel * 3]);
            const double second = static_cast<double>(samples[pixel * 3 + 1]);
            const double third = static_cast<double>(samples[pixel * 3 + 2]);
            if (film.photometric == Photometric::YbrFull) {
                const double cb = second - middle;
                const double cr = third - middle;
                visit(pixel, first + 1.402 * cr, first - 0.344136 * cb - 0.714136 * cr, first + 1.772 * cb);
            } else {
                visit(pixel, first, second, third);
            }
        }
    });
}

} // namespace hilum
