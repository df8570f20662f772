// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/Rise.h"

#include "core/base/Dice.h"

#include <array>
#include <cmath>

namespace hilum {

namespace {

constexpr int cells = 7;
constexpr double share = 0.5; // of cells that are seen

} // namespace

Rise::Rise(const Plane<float> &input, const Plane<float> &reference, double temperature, int masks,
           std::uint64_t seed)
    : m_input(input)
    , m_reference(reference)
    , m_temperature(temperature)
    , m_masks(masks)
    , m_seed(seed)
{
}

Plane<float> Rise::mask(int index) const
{
    std::mt19937_64 random(m_seed * 1'000'003U + static_cast<std::uint64_t>(index));
    Dice dice(random);
    constexpr int knots = cells + 1; // one more, so that the grid can be shifted by up to a cell
    std::array<std::array<float, knots + 1>, knots + 1> seen{};
    for (int y = 0; y < knots; ++y) {
        for (int x = 0; x < knots; ++x)
            seen[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] = dice.chance(share) ? 1 : 0;
    }
    for (std::size_t i = 0; i <= knots; ++i) // held beyond the last knot
        seen[knots][i] = seen[knots - 1][i];
    for (auto &row : seen)
        row[knots] = row[knots - 1];

    const int size = m_input.width();
    const double step = static_cast<double>(size) / cells;
    const double shiftX = dice.between(0, step);
    const double shiftY = dice.between(0, step);
    Plane<float> mask(size, size);
    for (int y = 0; y < size; ++y) {
        const double v = std::max(0.0, (y + 0.5 + shiftY) / step - 0.5);
        const auto top = static_cast<std::size_t>(v);
        const auto down = static_cast<float>(v - static_cast<double>(top));
        for (int x = 0; x < size; ++x) {
            const double h = std::max(0.0, (x + 0.5 + shiftX) / step - 0.5);
            const auto left = static_cast<std::size_t>(h);
            const auto along = static_cast<float>(h - static_cast<double>(left));
            mask.at(x, y) = std::lerp(std::lerp(seen[top][left], seen[top][left + 1], along),
                                      std::lerp(seen[top + 1][left], seen[top + 1][left + 1], along), down);
        }
    }
    return mask;
}

Plane<float> Rise::input(int index) const
{
    Plane<float> masked = mask(index);
    for (std::size_t i = 0; i < masked.samples().size(); ++i)
        masked.samples()[i] = std::lerp(m_reference.samples()[i], m_input.samples()[i], masked.samples()[i]);
    return masked;
}

Plane<float> Rise::map(std::span<const Logits> readings, int classIndex) const
{
    const int size = m_input.width();
    std::vector<double> sum(static_cast<std::size_t>(size) * static_cast<std::size_t>(size), 0.0);
    for (std::size_t index = 0; index < readings.size(); ++index) {
        const double probability = probabilityOf(readings[index], classIndex, m_temperature);
        const Plane<float> seen = mask(static_cast<int>(index));
        for (std::size_t i = 0; i < sum.size(); ++i)
            sum[i] += probability * static_cast<double>(seen.samples()[i]);
    }
    Plane<float> map(size, size);
    const double scale = 1 / (share * static_cast<double>(readings.size()));
    for (std::size_t i = 0; i < sum.size(); ++i)
        map.samples()[i] = static_cast<float>(sum[i] * scale);
    return map;
}

} // namespace hilum
