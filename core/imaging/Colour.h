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

// Calls visit(pixelIndex, red, green, blue) for `count` pixels of a colour film from `first` on, in order.
// YBR values may leave the range by rounding: the caller clamps.
template <class Visit>
void forEachRgb(const Film &film, int frame, std::size_t first, std::size_t count, Visit &&visit)
{
    assert(film.isColour());
    const double middle = std::exp2(film.bitsStored - 1);
    visitFrame(film, frame, [&](auto samples) {
        assert(first + count <= film.pixelsPerFrame());
        for (std::size_t pixel = first; pixel < first + count; ++pixel) {
            if (film.photometric == Photometric::PaletteColor) {
                const double index = static_cast<double>(samples[pixel]);
                if (film.palette)
                    visit(pixel, tableEntry(film.palette->red, index), tableEntry(film.palette->green, index),
                          tableEntry(film.palette->blue, index));
                else
                    visit(pixel, index, index, index);
                continue;
            }
            const double one = static_cast<double>(samples[pixel * 3]);
            const double second = static_cast<double>(samples[pixel * 3 + 1]);
            const double third = static_cast<double>(samples[pixel * 3 + 2]);
            if (film.photometric == Photometric::YbrFull) {
                const double cb = second - middle;
                const double cr = third - middle;
                visit(pixel, one + 1.402 * cr, one - 0.344136 * cb - 0.714136 * cr, one + 1.772 * cb);
            } else {
                visit(pixel, one, second, third);
            }
        }
    });
}

// For each pixel of the film.
template <class Visit>
void forEachRgb(const Film &film, int frame, Visit &&visit)
{
    forEachRgb(film, frame, 0, film.pixelsPerFrame(), visit);
}

// Calls visit(pixelIndex, luminance): what the eye takes for brightness (ITU-R BT.601).
template <class Visit>
void forEachLuminance(const Film &film, int frame, std::size_t first, std::size_t count, Visit &&visit)
{
    forEachRgb(film, frame, first, count, [&](std::size_t pixel, double red, double green, double blue) {
        visit(pixel, 0.299 * red + 0.587 * green + 0.114 * blue);
    });
}

} // namespace hilum
