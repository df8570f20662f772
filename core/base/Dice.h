// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Dice: draws that are the same on every machine for the same random state.
//
// Units:   between: from low to high; whole: both ends too; chance: a share 0 to 1.
// Threads: as the random state that it draws from.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

namespace hilum {

class Dice {
public:
    explicit Dice(std::mt19937_64 &random)
        : m_random(random)
    {
    }
    double between(double low, double high)
    {
        const double unit = static_cast<double>(m_random() >> 11U) * 0x1p-53;
        return low + (high - low) * unit;
    }
    double around(double spread) { return between(-spread, spread); }
    bool chance(double share) { return between(0, 1) < share; }
    int whole(int low, int high) { return low + below(high - low + 1); }
    int below(int count) { return static_cast<int>(between(0, count)); }
    double normal()
    {
        const double radius = std::sqrt(-2 * std::log(1 - between(0, 1)));
        return radius * std::cos(between(0, 2 * std::numbers::pi));
    }
    std::uint64_t seed() { return m_random(); }
    std::mt19937_64 &state() { return m_random; }

private:
    std::mt19937_64 &m_random;
};

} // namespace hilum
