// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Trainer: a plan and films in, a model package out.
//
// The run writes history.csv as it goes and a checkpoint every few minutes; started again with the
// same recipe, films and folder it goes on where the checkpoint stands, with the same films in the same
// order, and comes to the same weights as if it had never been killed. The epoch is chosen by the recipe's
// rule, on validation films at most. The temperature and the uncertainty band are fitted on the validation
// films; the held-out films are read at the end, through the same input pipeline as any film, and some of
// them a few times more to measure the band. Nothing is chosen by what they say.
//
// On CUDA batches come from pinned memory and are copied without waiting; that path compiles, but no CUDA
// device was at hand: it has never run.
//
// Errors:  UsageWrong (too few films of a class), FileUnreadable (folder, init), Cancelled (the checkpoint
//          stays), ModelMismatch (a checkpoint of another recipe), Internal (a loss that is no number).
// Threads: one run at a time; the observer is called on the calling thread.
// Source:  temperature: Guo et al. 2017 (arXiv:1706.04599); the rest beside its code.
#pragma once

#include "core/train/TrainingPlan.h"

#include <stop_token>

namespace hilum {

[[nodiscard]] Result<TrainingOutcome> trainNetwork(const TrainingPlan &plan, const TrainingSet &films,
                                                   const TrainingObserver &observer, std::stop_token stop);

} // namespace hilum
