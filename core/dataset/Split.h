// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Split: which films train, which validate, which are held out.
//
// By patient no group stands in two parts: a group has the fold that its manifest gives to one of its
// films (`fold`, else `linked_fold`), else the fold that evens out label and source. By film, as the field's
// papers do, folds are dealt film by film and patients stand on both sides; the gap is the lesson.
// Sources that are left out are the held-out films, and a group that has a film of theirs never trains.
//
// What the data set itself calls train, validation or test (Sample::split) stands there: a group of several
// parts is held out before it validates, and validates before it trains. Folds and shares then concern the
// other films alone, and where it names validation films no others are dealt; where it names none they come
// from the undecided films, and only if these give none from those that train. Rules for the films of folds
// alone or for all others (`only`) and for left-out sources are protocols of their own and go by nothing
// else.
//
// Units:   validation is the share of the groups (films) that are not held out, 0 to 1.
// Errors:  splitDataset: none; which parts a trainer needs is the trainer's to say. checkSplit: UsageWrong
//          naming where, line, expected and found: a film without a label, a word that names no part, a fold
//          at or above rule.folds.
// Threads: pure functions, deterministic for a seed.
#pragma once

#include "core/dataset/Dataset.h"

namespace hilum {

enum class SplitBy { Patient, Film };
// Folds: only films whose own `fold` is 0 or more. Others: only films of groups without any fold, on which a
// network can learn before the folds of a benchmark are run.
enum class SplitOnly { All, Folds, Others };
enum class SplitParts { Manifest, Dealt }; // Dealt: whatever the data set says of parts

struct SplitRule {
    int folds = 5;
    int heldOutFold = 0; // -1: nothing is held out; not used where sources are left out
    double validation = 0.1;
    SplitBy by = SplitBy::Patient;
    SplitOnly only = SplitOnly::All;
    std::vector<std::string> leaveOut{}; // sources
    int trainFilms = 0; // that train at most, classes in turn; the others train nothing; 0: all
    SplitParts parts = SplitParts::Manifest;

    bool operator==(const SplitRule &) const = default;
};

struct Split {
    std::vector<Sample> train;
    std::vector<Sample> validation;
    std::vector<Sample> heldOut;
};

// Whether a training can go by what the data set says; `where` begins the error.
[[nodiscard]] Result<void> checkSplit(const Dataset &dataset, const SplitRule &rule,
                                      const std::string &where);
// One more than the highest fold of the data set; 0 where it has none.
[[nodiscard]] int foldsNamed(const Dataset &dataset);

// A fold of the data set is kept even where it is at or above rule.folds: it is not the held-out one.
[[nodiscard]] Split splitDataset(const Dataset &dataset, const SplitRule &rule, std::uint64_t seed);

} // namespace hilum
