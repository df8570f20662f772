// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Scoring: how good a network's logits are, and the temperature and offsets that calibrate them.
//
// Shape:   logits [films, classes], float32 on the CPU; truth one class index a film.
// Units:   loss in nats; accuracy and auc 0 to 1.
// Errors:  none; auc is NaN when a class is missing.
// Threads: pure functions.
// Source:  temperature: Guo et al. 2017 (arXiv:1706.04599), by least negative log-likelihood, here held back
//          by a prior; with offsets: bias-corrected temperature scaling, Alexandari et al. 2020
//          (arXiv:1901.06852).
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/metrics/ConfusionMatrix.h"

#include <torch/types.h>
#include <vector>

namespace hilum {

struct Scores {
    torch::Tensor logits;
    std::vector<int> truth;
};

struct Quality {
    double loss = 0;
    double accuracy = 0;
    double auc = 0; // mean of the one-v-rest areas
};

[[nodiscard]] Quality qualityOf(const Scores &scores);
[[nodiscard]] ConfusionMatrix confusionOf(const Scores &scores, int classes);

// How many films a temperature, a threshold and a band are fitted on at least. What a film tells of log T is
// x² p (1 - p), where x is its margin in logits and p the probability of its class: 0.2 to 0.4 where networks
// usually are. The prior tells 4, so that some twenty films say more than what was believed before.
inline constexpr int leastCalibrationFilms = 20;

// Held back by a normal prior on log T around 0 of deviation 0.5 (T between 0.37 and 2.7 in 19 of 20), in
// which the temperatures of trained networks lie. Without it a few films, all right or mostly wrong, ask for
// no end of confidence or of doubt; beside hundreds of films it weighs next to nothing. 1 without films.
[[nodiscard]] double fitTemperature(const Scores &scores);

// Calibrated logits are logits / temperature + offsets, one a class, of mean 0.
struct Calibration {
    double temperature = 1;
    std::vector<double> offsets;
};
// The temperature is held back as above, offsets by a normal prior of deviation 10, which weighs less than
// one film. They are 0 where a class has no film.
[[nodiscard]] Calibration fitCalibration(const Scores &scores);

// The threshold on a class's calibrated probability that separates it best from the rest: sensitivity
// plus specificity is largest (Youden 1950); between two films' probabilities it lies in the middle.
// One half when the class or the rest has no film.
[[nodiscard]] double youdenThreshold(const Scores &scores, double temperature, int classIndex);

} // namespace hilum
