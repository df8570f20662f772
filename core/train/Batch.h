// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Batch: films as the network takes them, and what it should say of them.
//
// Shape:   input [N, 1, S, S]; targets [N, classes], rows sum to 1; weights, labels, sources [N].
// Threads: pure functions.
// Source:  mixup: Zhang et al. 2018 (arXiv:1710.09412); CutMix: Yun et al. 2019 (arXiv:1905.04899).
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/train/TrainingPlan.h"

#include <random>
#include <torch/types.h>

namespace hilum {

struct Batch {
    torch::Tensor input;
    torch::Tensor targets;
    torch::Tensor weights;
    torch::Tensor labels; // the hard ones, before mixing
    torch::Tensor sources; // index into the sorted sources of the training films
};

[[nodiscard]] torch::Tensor tensorOf(const std::vector<Plane<float>> &planes);

// Targets and weights of these films by the recipe's loss; `sources` are all that there are, sorted.
[[nodiscard]] Batch labelled(const std::vector<const TrainingFilm *> &films, const Recipe &recipe,
                             const std::vector<std::string> &sources);

// Each film with another one of the batch, by the recipe's mixup or cutmix; when it has both, one of them.
void mix(Batch &batch, const Augmentation &how, std::mt19937_64 &random);

// Mean over the films of weight times cross-entropy against the targets.
[[nodiscard]] torch::Tensor lossOf(const torch::Tensor &logits, const Batch &batch);

} // namespace hilum
