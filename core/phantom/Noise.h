// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Noise: randomness that is the same on every machine, as numbers and as smooth fields.
//
// Units:   uniform 0 to 1; normal with mean 0 and deviation 1; fields about -1 to 1.
// Threads: a Noise belongs to one thread; fields are pure.
// Source:  Steele, Lea, Flood 2014 (SplitMix64).
#pragma once

#include <cstdint>

namespace hilum {

class Noise {
public:
    explicit Noise(std::uint64_t seed)
        : m_state(seed)
    {
    }

    std::uint64_t next();
    double uniform();
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    double normal();

private:
    std::uint64_t m_state;
};

// Fractal value noise: `octaves` layers, the first with features of size 1, each of half the size
// and `gain` times the strength of the one before.
[[nodiscard]] double smoothField(std::uint64_t seed, double x, double y, int octaves, double gain = 0.5);

} // namespace hilum
