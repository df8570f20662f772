// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rise: many random masks, each letting half of the film through; the map is the mean of the masks, weighted
// by how probable the class was behind them.
//
// Shape:   masks of 7 x 7 cells, smoothly spread and randomly shifted; the map is as large as the input.
// Units:   probability: for a class that no part of the film changes, the map is that probability everywhere.
// Source:  Petsiuk et al. 2018 (arXiv:1806.07421), cells 7 x 7, share 0.5.
#pragma once

#include "core/explain/Perturbation.h"

#include <cstdint>

namespace hilum {

class Rise final : public Perturbation {
public:
    // What a mask hides becomes `reference`.
    Rise(const Plane<float> &input, const Plane<float> &reference, double temperature, int masks,
         std::uint64_t seed);

    int count() const override { return m_masks; }
    Plane<float> input(int index) const override;
    Plane<float> map(std::span<const Logits> readings, int classIndex) const override;

    [[nodiscard]] Plane<float> mask(int index) const; // 0 hidden to 1 seen

private:
    const Plane<float> &m_input;
    const Plane<float> &m_reference;
    double m_temperature;
    int m_masks;
    std::uint64_t m_seed;
};

} // namespace hilum
