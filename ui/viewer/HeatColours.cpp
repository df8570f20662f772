// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/HeatColours.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace hilum::ui {

namespace {

// inferno at 0, 0.1, ... 1
constexpr std::array<std::array<int, 3>, 11> stops{{{0, 0, 4},
                                                    {22, 11, 57},
                                                    {66, 10, 104},
                                                    {106, 23, 110},
                                                    {147, 38, 103},
                                                    {188, 55, 84},
                                                    {221, 81, 58},
                                                    {243, 120, 25},
                                                    {252, 165, 10},
                                                    {246, 215, 70},
                                                    {252, 255, 164}}};

double interpolated(const Plane<float> &cells, double x, double y)
{
    const double cx = std::clamp(x, 0.0, cells.width() - 1.0);
    const double cy = std::clamp(y, 0.0, cells.height() - 1.0);
    const int left = static_cast<int>(cx);
    const int top = static_cast<int>(cy);
    const int right = std::min(left + 1, cells.width() - 1);
    const int bottom = std::min(top + 1, cells.height() - 1);
    const double u = cx - left;
    const double v = cy - top;
    const auto at = [&](int i, int j) { return static_cast<double>(cells.at(i, j)); };
    return (at(left, top) * (1 - u) + at(right, top) * u) * (1 - v)
        + (at(left, bottom) * (1 - u) + at(right, bottom) * u) * v;
}

} // namespace

QColor heatColour(double value)
{
    const double place = std::clamp(value, 0.0, 1.0) * (stops.size() - 1);
    const auto low = std::min(static_cast<std::size_t>(place), stops.size() - 2);
    const double part = place - static_cast<double>(low);
    const auto mix = [&](std::size_t c) {
        return static_cast<int>(std::lround(stops[low][c] * (1 - part) + stops[low + 1][c] * part));
    };
    return {mix(0), mix(1), mix(2)};
}

QImage heatLayer(const ActivationMap &map, int side)
{
    QImage layer(side, side, QImage::Format_ARGB32_Premultiplied);
    layer.fill(Qt::transparent);
    if (map.values.empty() || !map.hasEvidence())
        return layer;
    for (int y = 0; y < side; ++y) {
        auto *line = reinterpret_cast<QRgb *>(layer.scanLine(y));
        const double cellY = (y + 0.5) / side * map.values.height() - 0.5;
        for (int x = 0; x < side; ++x) {
            const double cellX = (x + 0.5) / side * map.values.width() - 0.5;
            const double value = interpolated(map.values, cellX, cellY);
            QColor colour = heatColour(value);
            // Nothing is drawn where there is nothing to show; full strength from a third upwards.
            colour.setAlphaF(static_cast<float>(std::clamp(value * 3, 0.0, 1.0)));
            line[x] = qPremultiply(colour.rgba());
        }
    }
    return layer;
}

} // namespace hilum::ui
