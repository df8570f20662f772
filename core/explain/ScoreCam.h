// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ScoreCam: each channel of an activation, spread over the input and scaled to 0..1, becomes a mask; channels
// are added by what the class's logit is behind their masks.
//
// Shape:   the map has the activation's cells; channels that are flat are left out.
// Units:   of the activation: the weights of all channels sum to 1 (softmax of the logits).
// Source:  Wang et al. 2020 (arXiv:1910.01279), algorithm 1; where a mask hides, the input is 0, its mean.
#pragma once

#include "core/explain/Perturbation.h"

namespace hilum {

class ScoreCam final : public Perturbation {
public:
    ScoreCam(const Plane<float> &input, std::vector<Plane<float>> channels);

    int count() const override { return static_cast<int>(m_lively.size()); }
    Plane<float> input(int index) const override;
    Plane<float> map(std::span<const Logits> readings, int classIndex) const override;

    // Of the channels read so far, in their order without the flat ones; they sum to 1.
    [[nodiscard]] static std::vector<double> weights(std::span<const Logits> readings, int classIndex);

private:
    const Plane<float> &m_input;
    std::vector<Plane<float>> m_channels;
    std::vector<std::size_t> m_lively; // channels that are not flat
};

} // namespace hilum
