// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Split: which films train, which validate, which are held out.
//
// By patient no group stands in two parts: a group has the fold that its manifest gives to one of its
// films (`fold`, else `linked_fold`), else the fold that evens out label and source. By film, as the field's
// papers do, folds are dealt film by film and patients stand on both sides; the gap is the lesson.
// Sources that are left out are the held-out films, and a group that has a film of theirs never trains.
//
// Units:   validation is the share of the groups (films) that are not held out, 0 to 1.
// Errors:  none; which parts a trainer needs is the trainer's to say.
// Threads: pure functions, deterministic for a seed.
#pragma once

#include "core/dataset/Dataset.h"

namespace hilum {

enum class SplitBy { Patient, Film };
enum class SplitOnly { All, Folds }; // Folds: only films whose own `fold` is 0 or more

struct SplitRule {
    int folds = 5;
    int heldOutFold = 0; // -1: nothing is held out; not used where sources are left out
    double validation = 0.1;
    SplitBy by = SplitBy::Patient;
    SplitOnly only = SplitOnly::All;
    std::vector<std::string> leaveOut{}; // sources
    int trainFilms = 0; // that train at most, classes in turn; the others train nothing; 0: all

    bool operator==(const SplitRule &) const = default;
};

struct Split {
    std::vector<Sample> train;
    std::vector<Sample> validation;
    std::vector<Sample> heldOut;
};

[[nodiscard]] Split splitDataset(const Dataset &dataset, const SplitRule &rule, std::uint64_t seed);

} // namespace hilum
