// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Trainer: a plan and films in, a model package out.
//
// The run writes history.csv as it goes and a checkpoint every few minutes; started again with the
// same plan and folder it goes on where the checkpoint stands, with the same films in the same order.
// What is evaluated, calibrated and saved are the averaged weights after the last epoch: no epoch is
// picked by looking at results. The temperature is fitted on the validation films, and the held-out
// films are read once, at the end, through the same input pipeline as any film.
//
// Errors:  UsageWrong (no films, a class without films), FileUnreadable (folder), Cancelled (the
//          checkpoint stays), ModelMismatch (a checkpoint of another plan), Internal.
// Threads: one run at a time; the observer is called on the calling thread.
// Source:  AdamW and one-cycle cosine (Smith, Topin 2017); temperature: Guo et al. 2017
//          (arXiv:1706.04599); averaging: Polyak, Juditsky 1992.
#pragma once

#include "core/train/TrainingPlan.h"

#include <stop_token>

namespace hilum {

[[nodiscard]] Result<TrainingOutcome> trainNetwork(const TrainingPlan &plan, const TrainingSet &films,
                                                   const TrainingObserver &observer, std::stop_token stop);

} // namespace hilum
