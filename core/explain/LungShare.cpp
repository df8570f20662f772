// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/LungShare.h"

#include <algorithm>
#include <limits>

namespace hilum {

namespace {

constexpr int finest = 512; // points a side: finer than any map's cells

// The lungs in the part of the film that the network saw, at the middles of at most `finest` cells a side.
Plane<float> lungsSeen(const Plane<std::uint8_t> &lungs, const InputMap &seen)
{
    Plane<float> part(std::min(seen.width, finest), std::min(seen.height, finest));
    const auto at = [](int cell, int cells, int from, int length, int most) {
        return std::clamp(from + static_cast<int>((cell + 0.5) * length / cells), 0, most - 1);
    };
    for (int y = 0; y < part.height(); ++y) {
        const int row = at(y, part.height(), seen.top, seen.height, lungs.height());
        for (int x = 0; x < part.width(); ++x)
            part.at(x, y) = lungs.at(at(x, part.width(), seen.left, seen.width, lungs.width()), row);
    }
    return part;
}

} // namespace

double shareInside(const Plane<float> &map, const Plane<float> &mask)
{
    const Plane<float> heat = spreadOver(map, mask.width(), mask.height());
    double inside = 0;
    double all = 0;
    for (std::size_t i = 0; i < heat.samples().size(); ++i) {
        const auto value = static_cast<double>(std::max(heat.samples()[i], 0.0F));
        all += value;
        inside += mask.samples()[i] > 0.5F ? value : 0;
    }
    return all > 0 ? inside / all : std::numeric_limits<double>::quiet_NaN();
}

LungShares lungShares(const Plane<std::uint8_t> &lungs, const ActivationMap &map, const NullMaps &nulls)
{
    const Plane<float> mask = lungsSeen(lungs, map.map);
    const auto inside = static_cast<double>(std::ranges::count(mask.samples(), 1.0F));
    LungShares shares;
    shares.area = inside / static_cast<double>(mask.samples().size());
    shares.heat = shareInside(map.values, mask);
    if (!nulls.random.empty())
        shares.random = shareInside(nulls.random, mask);
    if (!nulls.sobel.empty())
        shares.sobel = shareInside(nulls.sobel, mask);
    return shares;
}

} // namespace hilum
