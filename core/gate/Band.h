// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Band: how far a probability moves when the same film is taken a little differently.
//
// The film is shifted, turned, scaled, its greys bent, blurred or sharpened, within what does not change a
// reading; a network reads it each time. Around the mean of those readings, in logits, lies a band whose
// half-width is `spread` standard deviations plus `extra`. Both factors are chosen on validation patients, so
// that at least the level's share of (a) readings of the same films under perturbations that were not among
// those used lie in their bands, and (b) groups of films have an observed share of their class within the
// mean of their bands. `fitband` and the end of a training (core/train/TrainedBand.h) fit by the same rule.
//
// Shape:   one band a class, in the card's order.
// Units:   probabilities 0 to 1; spread and extra in logits.
// Errors:  readBand, readBandFilm: the first Error of a reading; readBand: Cancelled.
// Threads: pure functions; the same film gives the same band.
// Source:  split conformal calibration of a scaled residual: Lei et al. 2018 (arXiv:1604.04173).
#pragma once

#include "core/film/Film.h"
#include "core/metrics/ConfusionMatrix.h"
#include "core/nn/InputSpec.h"
#include "core/nn/ModelPackage.h"
#include "core/nn/Prediction.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace hilum {

using Bands = std::vector<Interval>;
using ReadInput = std::function<Result<Prediction>(const ModelInput &)>;

// What squareOf gives, as the network is fed it: taken a little differently, or not. The same number makes
// the same change to every film.
[[nodiscard]] ModelInput perturbed(const ModelInput &square, const InputSpec &spec, std::uint64_t number);
[[nodiscard]] ModelInput unperturbed(const ModelInput &square, const InputSpec &spec);

// logit(p), cut where a float softmax has no digits left.
[[nodiscard]] double logitOf(double probability);

// The logits of `count` perturbed readings, from `first` on: [reading][class].
[[nodiscard]] Result<std::vector<std::vector<double>>>
perturbedLogits(const ModelInput &square, const InputSpec &spec, const ReadInput &read, std::uint64_t first,
                int count, const std::stop_token &stop);

// The bands of a reading and its perturbed repeats; each holds the reading itself.
[[nodiscard]] Bands bandsOf(const BandSpec &spec, const Prediction &plain,
                            const std::vector<std::vector<double>> &repeats);

// All of it for one film: `spec.repeats` further readings.
[[nodiscard]] Result<Bands> readBand(const Film &film, int frame, const ModelCard &card,
                                     const Prediction &plain, const ReadInput &read,
                                     const std::stop_token &stop);

// A film of the calibration: what was read, the repeats that make its band, fresh repeats, and its truth.
struct BandFilm {
    Prediction plain;
    std::vector<std::vector<double>> repeats;
    std::vector<std::vector<double>> fresh;
    int truth = 0;
};

// How a band is fitted.
struct BandRule {
    int repeats = 6; // readings from which a band is made
    int fresh = 2; // further readings of each film, to calibrate and to test with
    int films = 240; // at most, of each of validation and held-out films
    double level = 0.9;
};

// The number-th film of a calibration, from what squareOf gives.
[[nodiscard]] Result<BandFilm> readBandFilm(const ModelInput &square, int truth, const InputSpec &spec,
                                            const BandRule &rule, std::size_t number, const ReadInput &read);
// Every so many-th film is taken, so that at most the rule's are.
[[nodiscard]] std::size_t strideOf(const BandRule &rule, std::size_t films);

struct BandCoverage {
    int fresh = 0; // readings, over all classes
    int freshInside = 0;
    int groups = 0; // of films alike in their probability of a class
    int groupsInside = 0;
};
[[nodiscard]] BandCoverage coverageOf(const BandSpec &spec, const std::vector<BandFilm> &films);
// For the card: "On 229 held-out films the bands held ..."
[[nodiscard]] std::string coverageText(const BandCoverage &coverage, std::size_t heldOutFilms);

// The narrowest band that keeps both promises on these films.
[[nodiscard]] BandSpec calibrateBand(const std::vector<BandFilm> &films, int repeats, double level);

} // namespace hilum
