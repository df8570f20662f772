// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Perturbation: a method that changes the input many times and looks at what the readings do.
//
// What is asked for follows from the film and the method alone, so the readings made so far are all that it
// takes to go on after a stop, and they serve every class.
//
// Shape:   inputs as the network's, square; the map of one class at the method's own resolution.
// Units:   inputs standardised (0 is the film's mean); readings are logits; maps signed, not scaled.
// Errors:  readAll: Cancelled with the readings kept in `readings`; what `read` fails with.
// Threads: pure; `read` is called on the caller's thread.
#pragma once

#include "core/base/Progress.h"
#include "core/base/Result.h"
#include "core/film/Plane.h"

#include <functional>
#include <span>
#include <stop_token>
#include <vector>

namespace hilum {

using Logits = std::vector<float>; // one per class
using ReadBatch = std::function<Result<std::vector<Logits>>(std::span<const Plane<float>>)>;

// Of logits over the calibration temperature.
[[nodiscard]] double probabilityOf(const Logits &logits, int classIndex, double temperature);

class Perturbation {
public:
    virtual ~Perturbation() = default;
    virtual int count() const = 0;
    virtual Plane<float> input(int index) const = 0;
    // From the readings so far, at least one.
    virtual Plane<float> map(std::span<const Logits> readings, int classIndex) const = 0;
};

// Told after each batch.
struct PerturbationObserver {
    Progress progress; // may be empty
    std::function<void(std::span<const Logits>)> readSoFar; // may be empty
};

// Reads what `readings` does not have yet, appending to it.
[[nodiscard]] Result<void> readAll(const Perturbation &perturbation, const ReadBatch &read,
                                   std::vector<Logits> &readings, const PerturbationObserver &observer,
                                   const std::stop_token &stop);

} // namespace hilum
