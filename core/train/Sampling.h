// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sampling: which films an epoch sees, in which order, at which learning rate, with which dice.
//
// Everything random derives from the recipe's seed and a counter, so that any step can be redone without
// those before it: that is what makes a resumed run equal to one that was never stopped.
//
// Units:   progress is the share of all steps done, 0 to 1.
// Errors:  none.
// Threads: pure functions.
// Source:  one cycle: Smith, Topin 2017 (arXiv:1708.07120), here down by a cosine.
#pragma once

#include "core/train/TrainingPlan.h"

#include <random>
#include <vector>

namespace hilum {

[[nodiscard]] double learningRateAt(const OptimiserRule &rule, double peak, double progress, int step);

[[nodiscard]] std::mt19937_64 randomFor(std::uint64_t seed, std::uint64_t epoch, std::uint64_t position);

[[nodiscard]] std::vector<std::size_t> drawEpoch(const std::vector<TrainingFilm> &films, int count,
                                                 Sampling sampling, std::mt19937_64 random);

// A square brought to another size: by area when it shrinks.
[[nodiscard]] Plane<float> resized(const Plane<float> &square, int size);
[[nodiscard]] Plane<std::uint8_t> resized(const Plane<std::uint8_t> &square, int size);

// The film at this size, 0 black to 1 white, as Band.h's perturbations want it.
[[nodiscard]] Plane<float> plainGrey(const TrainingFilm &film, int size);

// What the network is fed when nothing is changed: the film at this size, standardised.
[[nodiscard]] Plane<float> plainInput(const TrainingFilm &film, int size, const InputSpec &spec);

} // namespace hilum
