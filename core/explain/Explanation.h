// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Explanation: a map that was asked for by method, stage, class and sign, with what went into it.
//
// Units:   completenessError: the sum of the map less the change of the logit that it should come to, as a
//          share of that change.
// Threads: values.
#pragma once

#include "core/explain/ActivationMap.h"
#include "core/explain/Perturbation.h"
#include "core/nn/Prediction.h"

#include <cstdint>
#include <optional>

namespace hilum {

// What stands where the film is hidden, or where a path of integrated gradients begins.
enum class Reference { Mean, Black, Blurred };

struct ExplainRequest {
    MapMethod method = MapMethod::GradCam;
    std::optional<int> classIndex; // empty: the top class
    std::optional<int> stage; // from 0; empty: the last
    MapSign sign = MapSign::Positive;
    Reference reference = Reference::Mean;
    int steps = 64; // of integrated gradients
    int masks = 1000; // of RISE
    int finestGrid = 16; // of occlusion, cells a side
    std::uint64_t seed = 1; // of RISE and random weights
    // Of a perturbation that was stopped, or made for another class: it goes on from there.
    std::vector<Logits> readings;
};

struct Explanation {
    ActivationMap map;
    Prediction prediction; // of the film as it is
    std::vector<Logits> readings; // of perturbed films
    std::optional<double> completenessError; // of integrated gradients
};

struct ExplainObserver {
    Progress progress; // may be empty
    std::function<void(const Explanation &)> partial; // may be empty; of perturbations, now and then
};

// As large as the input.
[[nodiscard]] Plane<float> referenceOf(const Plane<float> &input, Reference reference);

} // namespace hilum
