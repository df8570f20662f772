// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/phantom/Noise.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hilum {

namespace {

std::uint64_t scrambled(std::uint64_t value)
{
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

constexpr std::uint64_t golden = 0x9e3779b97f4a7c15ULL;

double unit(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1.0p-53; }

double lattice(std::uint64_t seed, std::int64_t x, std::int64_t y)
{
    const std::uint64_t place
        = static_cast<std::uint64_t>(x) * 0xd1342543de82ef95ULL + static_cast<std::uint64_t>(y) * golden;
    return 2 * unit(scrambled(scrambled(seed + golden) ^ place)) - 1;
}

double layer(std::uint64_t seed, double x, double y)
{
    const double left = std::floor(x);
    const double top = std::floor(y);
    const auto eased = [](double t) { return t * t * t * (t * (t * 6 - 15) + 10); };
    const double u = eased(x - left);
    const double v = eased(y - top);
    const auto column = static_cast<std::int64_t>(left);
    const auto row = static_cast<std::int64_t>(top);
    return std::lerp(std::lerp(lattice(seed, column, row), lattice(seed, column + 1, row), u),
                     std::lerp(lattice(seed, column, row + 1), lattice(seed, column + 1, row + 1), u), v);
}

} // namespace

std::uint64_t Noise::next() { return scrambled(m_state += golden); }

double Noise::uniform() { return unit(next()); }

double Noise::normal()
{
    // Box and Muller; the logarithm's argument is kept away from 0.
    const double radius = std::sqrt(-2 * std::log(std::max(uniform(), 1e-300)));
    return radius * std::cos(2 * std::numbers::pi * uniform());
}

double smoothField(std::uint64_t seed, double x, double y, int octaves, double gain)
{
    double sum = 0;
    double strength = 1;
    for (int i = 0; i < octaves; ++i) {
        sum += strength * layer(seed + static_cast<std::uint64_t>(i), x, y);
        x *= 2;
        y *= 2;
        strength *= gain;
    }
    return sum;
}

} // namespace hilum
