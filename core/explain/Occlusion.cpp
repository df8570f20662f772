// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/Occlusion.h"

#include <algorithm>
#include <cmath>

namespace hilum {

namespace {

constexpr int coarsestGrid = 8;
constexpr double patchOfCell = 2; // its side, in cells

} // namespace

Occlusion::Occlusion(const Plane<float> &input, const Plane<float> &reference, Logits undisturbed,
                     double temperature, int finestGrid)
    : m_input(input)
    , m_reference(reference)
    , m_undisturbed(std::move(undisturbed))
    , m_temperature(temperature)
{
    for (int grid = coarsestGrid; grid <= std::max(coarsestGrid, finestGrid); grid *= 2)
        m_grids.push_back(grid);
}

int Occlusion::count() const
{
    int sum = 0;
    for (const int grid : m_grids)
        sum += grid * grid;
    return sum;
}

Plane<float> Occlusion::input(int index) const
{
    std::size_t level = 0;
    while (index >= m_grids[level] * m_grids[level]) {
        index -= m_grids[level] * m_grids[level];
        ++level;
    }
    const int grid = m_grids[level];
    const int size = m_input.width();
    const auto range = [&](int cell) {
        const double middle = (cell + 0.5) * size / grid;
        const double half = patchOfCell / 2 * size / grid;
        return std::pair{std::max(0, static_cast<int>(std::lround(middle - half))),
                         std::min(size, static_cast<int>(std::lround(middle + half)))};
    };
    const auto [top, bottom] = range(index / grid);
    const auto [left, right] = range(index % grid);
    Plane<float> covered = m_input;
    for (int y = top; y < bottom; ++y)
        std::ranges::copy(m_reference.row(y).subspan(static_cast<std::size_t>(left),
                                                     static_cast<std::size_t>(right - left)),
                          covered.row(y).begin() + left);
    return covered;
}

Plane<float> Occlusion::map(std::span<const Logits> readings, int classIndex) const
{
    const double whole = probabilityOf(m_undisturbed, classIndex, m_temperature);
    Plane<float> fall;
    std::size_t done = 0;
    for (const int grid : m_grids) {
        if (done >= readings.size())
            break;
        Plane<float> finer(grid, grid);
        for (int y = 0; y < grid; ++y) {
            for (int x = 0; x < grid; ++x) {
                if (done < readings.size()) {
                    finer.at(x, y) = static_cast<float>(
                        whole - probabilityOf(readings[done++], classIndex, m_temperature));
                } else {
                    finer.at(x, y) = fall.empty() ? 0 : fall.at(x / 2, y / 2);
                }
            }
        }
        fall = std::move(finer);
    }
    return fall;
}

} // namespace hilum
