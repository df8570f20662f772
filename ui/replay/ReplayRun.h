// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReplayRun: a training that can be looked at again: its history, the epochs that its package keeps, and how
// the network called the held-out films after each.
//
// Shape:   epochs ascending, never empty; matrices in the order of the card's classes.
// Errors:  none; a run whose files can't be read is left out, an epoch without predictions has no matrix.
// Threads: pure functions over files, some milliseconds an epoch.
#pragma once

#include "core/metrics/ConfusionMatrix.h"
#include "core/nn/ModelPackage.h"

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace hilum::ui {

struct ReplayEpoch {
    int number = 0;
    ModelPackage package;
    std::optional<ConfusionMatrix> matrix; // of the held-out films
};

struct ReplayRun {
    ModelPackage package;
    TrainingHistory history;
    std::vector<ReplayEpoch> epochs;
    std::set<std::string> heldOut; // names of films

    // The last one kept up to `epoch`; before the first, the first.
    const ReplayEpoch &at(int epoch) const;
    bool wasHeldOut(const std::filesystem::path &film) const;
    const EpochRecord *record(int epoch, const std::string &split) const;
};

// Of the packages under the roots, and of those that are there for replay alone (a root's folder "replay").
[[nodiscard]] std::vector<ReplayRun> readReplayRuns(const std::vector<std::filesystem::path> &roots);

} // namespace hilum::ui
