// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/ColourMap.h"

#include "core/imaging/ColourMapTables.h"

#include <algorithm>
#include <cmath>

namespace hilum {

namespace {

double unit(double magnitude) { return magnitude > 0 ? std::min(magnitude, 1.0) : 0; }

std::uint32_t packedColour(ColourMapKind kind, std::size_t index)
{
    switch (kind) {
    case ColourMapKind::Inferno:
        return inferno[index];
    case ColourMapKind::Viridis:
        return viridis[index];
    case ColourMapKind::Cividis:
        return cividis[index];
    case ColourMapKind::Grey:
        break;
    }
    return static_cast<std::uint32_t>(index) * 0x010101U;
}

std::array<std::uint32_t, 256> premultiplied(ColourMapKind kind, double opacity)
{
    std::array<std::uint32_t, 256> colours{};
    for (std::size_t index = 0; index < colours.size(); ++index) {
        const double alpha = static_cast<double>(index) / 255 * unit(opacity);
        const std::uint32_t colour = packedColour(kind, index);
        const auto channel = [&](int shift) {
            const double value = static_cast<double>((colour >> shift) & 0xffU);
            return static_cast<std::uint32_t>(std::lround(value * alpha)) << shift;
        };
        colours[index] = static_cast<std::uint32_t>(std::lround(alpha * 255)) << 24 | channel(16) | channel(8)
            | channel(0);
    }
    return colours;
}

std::size_t indexOf(double magnitude) { return static_cast<std::size_t>(std::lround(unit(magnitude) * 255)); }

} // namespace

std::array<std::uint8_t, 3> colourAt(ColourMapKind kind, double magnitude)
{
    const std::uint32_t colour = packedColour(kind, indexOf(magnitude));
    return {static_cast<std::uint8_t>(colour >> 16), static_cast<std::uint8_t>(colour >> 8 & 0xffU),
            static_cast<std::uint8_t>(colour & 0xffU)};
}

Plane<std::uint32_t> colourHeat(const Plane<float> &heat, ColourMapKind kind, double opacity)
{
    const std::array<std::uint32_t, 256> colours = premultiplied(kind, opacity);
    Plane<std::uint32_t> image(heat.width(), heat.height());
    std::ranges::transform(heat.samples(), image.samples().begin(),
                           [&](float magnitude) { return colours[indexOf(static_cast<double>(magnitude))]; });
    return image;
}

} // namespace hilum
