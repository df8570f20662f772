// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Teachers: trained networks that see each batch as it was augmented, and say what the student should say of
// it.
//
// A small network's many readings teach a large one more a film than its label does: they tell how sure to
// be, and of what else.
//
// Shape:   say: [N, 1, S, S] to [N, classes], rows sum to 1. Films are brought to each teacher's own size.
// Errors:  load: FileUnreadable; ModelMismatch for other classes or another input than the recipe's, and
//          for weights that are not the card's.
// Threads: the training thread.
// Source:  Hinton et al. 2015 (arXiv:1503.02531); the same view for both: Beyer et al. 2022
// (arXiv:2106.05237). Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/nn/network/Network.h"
#include "core/train/Recipe.h"

#include <torch/types.h>

namespace hilum {

class Teachers {
public:
    Teachers() = default;
    [[nodiscard]] static Result<Teachers> load(const Recipe &recipe, torch::Device device);

    bool empty() const { return m_teachers.empty(); }
    // The mean of their probabilities at the recipe's temperature, without a graph.
    [[nodiscard]] torch::Tensor say(const torch::Tensor &input) const;
    // Of their weights; empty without teachers.
    const std::string &hashes() const { return m_hashes; }

private:
    struct Teacher {
        NetworkPtr network;
        int size = 0;
    };
    std::vector<Teacher> m_teachers;
    double m_temperature = 1;
    std::string m_hashes;
};

// The labels' loss and the teachers', by the recipe's share.
[[nodiscard]] torch::Tensor taughtLoss(const torch::Tensor &labelLoss, const torch::Tensor &logits,
                                       const torch::Tensor &said, const LossRule &rule);

} // namespace hilum
