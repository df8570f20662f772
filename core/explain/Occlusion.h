// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Occlusion: a grey patch wanders over the input; where it makes the class less probable, there was evidence.
//
// From coarse to fine: a grid of 8 x 8 cells, then 16 x 16, and so on. Around each cell lies a patch twice as
// wide as the cell. A cell that was not read yet shows the coarser grid's value.
//
// Shape:   the map has the finest grid that has been begun.
// Units:   fall of the probability, -1 to 1.
// Source:  Zeiler, Fergus 2014 (arXiv:1311.2901).
#pragma once

#include "core/explain/Perturbation.h"

namespace hilum {

class Occlusion final : public Perturbation {
public:
    // `reference` is what the patch shows: as large as the input. `undisturbed` are the input's own logits.
    Occlusion(const Plane<float> &input, const Plane<float> &reference, Logits undisturbed,
              double temperature, int finestGrid);

    int count() const override;
    Plane<float> input(int index) const override;
    Plane<float> map(std::span<const Logits> readings, int classIndex) const override;

private:
    const Plane<float> &m_input;
    const Plane<float> &m_reference;
    Logits m_undisturbed;
    double m_temperature;
    std::vector<int> m_grids;
};

} // namespace hilum
