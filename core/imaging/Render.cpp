// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/Render.h"

#include "core/imaging/Colour.h"
#include "core/imaging/ModalityValues.h"
#include "core/imaging/Samples.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace hilum {

namespace {

std::uint8_t toByte(double part)
{
    return static_cast<std::uint8_t>(std::lround(std::clamp(part, 0.0, 1.0) * 255));
}

} // namespace

Voi defaultVoi(const Film &film, int frame)
{
    if (film.windows.empty() && !film.voiTables.empty())
        return film.voiTables.front();
    return defaultWindow(film, frame);
}

std::uint8_t greyOf(double modalityValue, const Voi &voi, bool highIsBlack)
{
    double part = 0;
    if (const auto *window = std::get_if<Window>(&voi))
        part = windowed(modalityValue, *window);
    else if (const auto &table = std::get<LookupTable>(voi); !table.entries.empty())
        part = tableEntry(table, modalityValue) / (std::exp2(table.bits) - 1);
    if (std::isnan(part))
        part = 0;
    const std::uint8_t level = toByte(part);
    return highIsBlack ? static_cast<std::uint8_t>(255 - level) : level;
}

GreyImage renderGrey(const Film &film, const Voi &voi, int frame)
{
    assert(!film.isColour());
    GreyImage grey(film.columns, film.rows);
    visitFrame(film, frame, [&](auto samples) {
        std::transform(samples.begin(), samples.end(), grey.samples().begin(), [&](auto stored) {
            return greyOf(toModality(film.modalityTransform, static_cast<double>(stored)), voi,
                          film.highIsBlack());
        });
    });
    return grey;
}

RgbImage renderColour(const Film &film, int frame)
{
    assert(film.isColour());
    RgbImage image(film.columns, film.rows);
    const double fullScale = colourFullScale(film);
    const auto out = image.samples();
    forEachRgb(film, frame, [&](std::size_t pixel, double red, double green, double blue) {
        out[pixel] = {toByte(red / fullScale), toByte(green / fullScale), toByte(blue / fullScale)};
    });
    return image;
}

} // namespace hilum
