// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TrainedBand: the uncertainty band of a network that has just been trained (core/gate/Band.h), as `fitband`
// would fit it: on validation films, and measured on held-out ones.
//
// The trainer fits it where it calibrates, from leastCalibrationFilms validation films on
// (core/train/Scoring.h): of 20 the ninth decile of their distances is the nineteenth, and each of the five
// groups that the band is held against has four; around probabilities that are not calibrated a band says
// nothing.
//
// Each film is read nine times (plain, six that make its band, two fresh). At most 120 of each side are, half
// of what fitband takes: a training shall not end in twenty minutes of bands.
//
// Errors:  the first Error of a reading.
// Threads: pure functions; the same network and films give the same band.
#pragma once

#include "core/gate/Band.h"
#include "core/train/TrainingPlan.h"

namespace hilum {

// The films' greys at the input's size; the network is asked through `read`, calibrated.
[[nodiscard]] Result<BandSpec> fitTrainedBand(const std::vector<TrainingFilm> &validation,
                                              const std::vector<TrainingFilm> &heldOut, const InputSpec &spec,
                                              const ReadInput &read);

} // namespace hilum
