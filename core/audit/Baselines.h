// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Baselines: random forests that are given everything of a film but its anatomy, cross-validated by patient.
//
// Shape:   features are one row a film. A comparison's folds are dealt once and shared by its baselines.
// Units:   as AuditBaseline says. Classes weigh the same in training, however many films they have.
// Errors:  Internal when the library fails.
// Threads: pure functions of the seed; forests of one comparison may be grown at the same time.
// Source:  Breiman 2001, through OpenCV's RTrees.
#pragma once

#include "core/audit/FilmLook.h"

namespace hilum {

// The baselines that these films allow: Recorded only where the manifest records every original.
[[nodiscard]] std::vector<BaselineKind> baselinesOf(const std::vector<FilmLook> &looks);
[[nodiscard]] std::vector<float> featuresOf(const FilmLook &look, BaselineKind kind);

// The films of a comparison, ready to be learnt from.
struct LearningTask {
    std::vector<int> films; // indices into the looks
    std::vector<int> truth; // class of each, 0 to classes - 1
    std::vector<int> groups; // patient of each, 0 to number less one
    std::vector<int> folds; // of each
    int classes = 0;
    int foldCount = 0;
};

[[nodiscard]] LearningTask learningTask(const std::vector<FilmLook> &looks, std::vector<int> films,
                                        const std::vector<std::string> &classes, const AuditOptions &options);

// For each film the votes of the trees that never met its fold: films x classes shares.
struct Votes {
    std::vector<float> shares;
};

// Grows the forest of all folds but one and lets it vote on that one; writes only that fold's films.
[[nodiscard]] Result<void> voteOnFold(const std::vector<FilmLook> &looks, const LearningTask &task,
                                      BaselineKind kind, int fold, const AuditOptions &options, Votes &votes);

[[nodiscard]] AuditBaseline judge(const LearningTask &task, BaselineKind kind, const Votes &votes,
                                  const AuditOptions &options);

} // namespace hilum
