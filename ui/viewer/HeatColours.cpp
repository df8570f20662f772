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

constexpr int contourSide = 896; // fine enough for lines and for the edges of cells

Plane<float> smooth(const Plane<float> &cells, int side) { return spreadOver(cells, side, side); }

Plane<float> nearest(const Plane<float> &cells, int side)
{
    Plane<float> result(side, side);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x)
            result.at(x, y) = cells.at(x * cells.width() / side, y * cells.height() / side);
    }
    return result;
}

// A line is two pixels wide: this one and those to the right and below lie on different sides of a level.
bool crossesALevel(const Plane<float> &values, int x, int y)
{
    const auto stepOf = [&](int i, int j) {
        const float strength
            = std::abs(values.at(std::min(i, values.width() - 1), std::min(j, values.height() - 1)));
        return static_cast<int>(std::max(0.0F, strength * 4 - 1e-6F));
    };
    const int here = stepOf(x, y);
    for (int d = 1; d <= 3; ++d) {
        if (stepOf(x + d, y) != here || stepOf(x, y + d) != here)
            return true;
    }
    return false;
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

QColor coldColour(double value)
{
    const QColor warm = heatColour(value);
    return {warm.blue() / 3, std::max(warm.green(), warm.red() / 2), std::max(warm.red(), warm.blue())};
}

QImage heatLayer(const ActivationMap &map, const MapLook &look, int side)
{
    const bool isFine = look.style != MapLook::Style::Smooth;
    const int size = isFine ? contourSide : side;
    QImage layer(size, size, QImage::Format_ARGB32_Premultiplied);
    layer.fill(Qt::transparent);
    if (map.values.empty() || !map.hasEvidence())
        return layer;
    const Plane<float> values
        = look.style == MapLook::Style::Cells ? nearest(map.values, size) : smooth(map.values, size);
    for (int y = 0; y < size; ++y) {
        auto *line = reinterpret_cast<QRgb *>(layer.scanLine(y));
        for (int x = 0; x < size; ++x) {
            const auto value = static_cast<double>(values.at(x, y));
            const double strength = std::abs(value);
            if (strength < look.threshold)
                continue;
            QColor colour
                = value < 0 || map.sign == MapSign::Negative ? coldColour(strength) : heatColour(strength);
            if (look.style == MapLook::Style::Contours) {
                if (!crossesALevel(values, x, y))
                    continue;
                colour = colour.lighter(130);
            } else {
                // Nothing is drawn where there is nothing to show; full strength from a third upwards.
                colour.setAlphaF(static_cast<float>(std::clamp(strength * 3, 0.0, 1.0)));
            }
            line[x] = qPremultiply(colour.rgba());
        }
    }
    return layer;
}

} // namespace hilum::ui
