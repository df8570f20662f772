// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/ActivationMap.h"

#include <algorithm>
#include <cmath>

namespace hilum {

Plane<float> evenCells(const Plane<float> &cells, double first, double step, int inputSize)
{
    const int count = std::max(1, static_cast<int>(std::lround(inputSize / step)));
    const auto place = [&](int index, int available) {
        const double pixel = (index + 0.5) * inputSize / count - 0.5;
        return std::clamp((pixel - first) / step, 0.0, static_cast<double>(available - 1));
    };
    Plane<float> even(count, count);
    for (int y = 0; y < count; ++y) {
        const double v = place(y, cells.height());
        const int top = static_cast<int>(v);
        const int bottom = std::min(top + 1, cells.height() - 1);
        for (int x = 0; x < count; ++x) {
            const double h = place(x, cells.width());
            const int left = static_cast<int>(h);
            const int right = std::min(left + 1, cells.width() - 1);
            const auto along = static_cast<float>(h - left);
            even.row(y)[static_cast<std::size_t>(x)]
                = std::lerp(std::lerp(cells.at(left, top), cells.at(right, top), along),
                            std::lerp(cells.at(left, bottom), cells.at(right, bottom), along),
                            static_cast<float>(v - top));
        }
    }
    return even;
}

ActivationMap scaledMap(const Plane<float> &signedValues, MapSign sign)
{
    ActivationMap map;
    map.sign = sign;
    map.values = signedValues;
    for (float &value : map.values.samples()) {
        if (!std::isfinite(value))
            value = 0;
        if (sign == MapSign::Positive)
            value = std::max(value, 0.0F);
        else if (sign == MapSign::Negative)
            value = std::max(-value, 0.0F);
        map.peak = std::max(map.peak, static_cast<double>(std::abs(value)));
    }
    if (map.peak > 0) {
        for (float &value : map.values.samples())
            value = static_cast<float>(static_cast<double>(value) / map.peak);
    }
    return map;
}

Plane<float> spreadOver(const Plane<float> &cells, int width, int height)
{
    // Where the centre of a pixel falls on the grid, in cells.
    struct Tap {
        int low = 0;
        int high = 0;
        float part = 0;
    };
    const auto tapsFor = [](int count, int side) {
        std::vector<Tap> taps(static_cast<std::size_t>(side));
        for (int i = 0; i < side; ++i) {
            const double cell
                = std::clamp((i + 0.5) * count / side - 0.5, 0.0, static_cast<double>(count - 1));
            const int low = static_cast<int>(cell);
            taps[static_cast<std::size_t>(i)]
                = {low, std::min(low + 1, count - 1), static_cast<float>(cell - low)};
        }
        return taps;
    };
    const std::vector<Tap> across = tapsFor(cells.width(), width);
    const std::vector<Tap> down = tapsFor(cells.height(), height);
    Plane<float> result(width, height);
    for (int y = 0; y < height; ++y) {
        const Tap &v = down[static_cast<std::size_t>(y)];
        const auto upper = cells.row(v.low);
        const auto lower = cells.row(v.high);
        const auto out = result.row(y);
        for (std::size_t x = 0; x < across.size(); ++x) {
            const Tap &h = across[x];
            const auto at = [&](std::span<const float> row) {
                return std::lerp(row[static_cast<std::size_t>(h.low)], row[static_cast<std::size_t>(h.high)],
                                 h.part);
            };
            out[x] = std::lerp(at(upper), at(lower), v.part);
        }
    }
    return result;
}

HeatPlane spread(const ActivationMap &map)
{
    HeatPlane heat(map.map.filmWidth, map.map.filmHeight);
    if (!map.hasEvidence() || map.values.empty() || map.map.width <= 0 || map.map.height <= 0)
        return heat;
    const Plane<float> part = spreadOver(map.values, map.map.width, map.map.height);
    for (int y = 0; y < part.height(); ++y)
        std::ranges::copy(part.row(y), heat.row(map.map.top + y).begin() + map.map.left);
    return heat;
}

} // namespace hilum
