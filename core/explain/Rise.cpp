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

// Between a knot of the mask's grid and the next.
struct Knot {
    std::size_t before = 0;
    float part = 0; // of the next
};

// Exact at both ends. std::lerp's special cases cost more than a small network's reading.
float between(float first, float second, float part) { return (1 - part) * first + part * second; }

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
    const auto knotAt = [&](int pixel, double shift) {
        const double at = std::max(0.0, (pixel + 0.5 + shift) / step - 0.5);
        const auto before = static_cast<std::size_t>(at);
        return Knot{before, static_cast<float>(at - static_cast<double>(before))};
    };
    std::vector<Knot> columns;
    for (int x = 0; x < size; ++x)
        columns.push_back(knotAt(x, shiftX));
    Plane<float> mask(size, size);
    std::array<float, knots + 1> row{};
    for (int y = 0; y < size; ++y) {
        const Knot down = knotAt(y, shiftY);
        for (std::size_t k = 0; k <= knots; ++k)
            row[k] = between(seen[down.before][k], seen[down.before + 1][k], down.part);
        for (int x = 0; x < size; ++x) {
            const Knot &along = columns[static_cast<std::size_t>(x)];
            mask.at(x, y) = between(row[along.before], row[along.before + 1], along.part);
        }
    }
    return mask;
}

Plane<float> Rise::input(int index) const
{
    Plane<float> masked = mask(index);
    for (std::size_t i = 0; i < masked.samples().size(); ++i)
        masked.samples()[i] = between(m_reference.samples()[i], m_input.samples()[i], masked.samples()[i]);
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
