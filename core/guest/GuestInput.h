// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// GuestInput: what an imported network is fed, and what its answer comes to, as its card says.
//
// Shape:   what it is fed: 1 x channels x size x size; what it gives: 1 x classes.
// Errors:  none.
// Threads: pure functions.
#pragma once

#include "core/guest/GuestProcess.h"
#include "core/nn/ModelPackage.h"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace hilum {

// The usual ways to bring grey to what a network was trained with.
struct ValuesPreset {
    std::string name; // "imagenet"
    std::string title; // "ImageNet mean and deviation"
    Standardise standardise = Standardise::Unit;
    std::array<float, 3> mean{0, 0, 0};
    std::array<float, 3> deviation{1, 1, 1};
};
[[nodiscard]] std::span<const ValuesPreset> valuesPresets();

// A network's files as its package has them.
[[nodiscard]] GuestFiles guestFiles(const ModelPackage &package);
// What a network is fed, of prepared values.
[[nodiscard]] GuestTensor guestInput(const Plane<float> &values, const InputSpec &spec);
// What its answer to one film comes to: logits whose softmax are its probabilities.
[[nodiscard]] std::vector<float> guestLogits(std::span<const float> output, NetworkOutputs kind);

} // namespace hilum
