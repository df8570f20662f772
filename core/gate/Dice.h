// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Dice: draws from a random state.
//
// Errors:  none.
#pragma once

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
        return std::uniform_real_distribution<double>(low, high)(m_random);
    }
    int whole(int low, int high) { return std::uniform_int_distribution<int>(low, high)(m_random); }
    bool chance(double share) { return between(0, 1) < share; }
    std::mt19937_64 &state() { return m_random; }

private:
    std::mt19937_64 &m_random;
};

} // namespace hilum
