// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/FilmPictures.h"

#include "core/imaging/ColourMap.h"

#include <algorithm>

namespace hilum::cli {

RgbImage inColour(const GreyImage &grey)
{
    RgbImage picture(grey.width(), grey.height());
    std::ranges::transform(grey.samples(), picture.samples().begin(), [](std::uint8_t level) {
        return std::array{level, level, level};
    });
    return picture;
}

RgbImage filmPicture(const Film &film, int frame)
{
    return film.isColour() ? renderColour(film, frame)
                           : inColour(renderGrey(film, defaultVoi(film, frame), frame));
}

void layOver(RgbImage &picture, const HeatPlane &heat, double opacity)
{
    const Plane<std::uint32_t> colours = colourHeat(heat, ColourMapKind::Inferno, opacity);
    for (std::size_t i = 0; i < picture.samples().size(); ++i) {
        const std::uint32_t over = colours.samples()[i]; // premultiplied
        const std::uint32_t clear = 255 - (over >> 24U);
        auto &pixel = picture.samples()[i];
        for (std::size_t c = 0; c < 3; ++c) {
            const std::uint32_t heatPart = (over >> (16U - 8U * c)) & 0xffU;
            pixel[c] = static_cast<std::uint8_t>(std::min(255U, heatPart + (pixel[c] * clear + 127) / 255));
        }
    }
}

RgbImage shrunk(const RgbImage &picture, int side)
{
    const int longer = std::max(picture.width(), picture.height());
    if (longer <= side)
        return picture;
    const auto scaled = [&](int length) { return std::max(1, length * side / longer); };
    RgbImage small(scaled(picture.width()), scaled(picture.height()));
    for (int y = 0; y < small.height(); ++y) {
        const int top = static_cast<int>(std::int64_t{y} * picture.height() / small.height());
        const int below = static_cast<int>(std::int64_t{y + 1} * picture.height() / small.height());
        for (int x = 0; x < small.width(); ++x) {
            const int left = static_cast<int>(std::int64_t{x} * picture.width() / small.width());
            const int right = static_cast<int>(std::int64_t{x + 1} * picture.width() / small.width());
            std::array<std::int64_t, 3> sums{};
            for (int v = top; v < below; ++v) {
                for (int u = left; u < right; ++u) {
                    for (std::size_t c = 0; c < 3; ++c)
                        sums[c] += picture.at(u, v)[c];
                }
            }
            const std::int64_t count = std::int64_t{below - top} * (right - left);
            for (std::size_t c = 0; c < 3; ++c)
                small.at(x, y)[c] = static_cast<std::uint8_t>((sums[c] + count / 2) / count);
        }
    }
    return small;
}

} // namespace hilum::cli
