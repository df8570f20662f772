// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// GuestChecks: whether an imported network does what its card says, on simulated films that are unlike each
// other, and what is wrong in words.
//
// Shape:   what a network is fed: 1 x channels x size x size; what it gives: 1 x classes.
// Errors:  a GuestFault: what stands in the card at `field` (or the file itself) is wrong; file, expected and
//          found are in its words.
// Threads: as GuestProcess; a second or more.
#pragma once

#include "core/base/Result.h"
#include "core/guest/GuestProcess.h"
#include "core/nn/ModelPackage.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hilum {

enum class CardField { File, Head, Classes, Size, Channels, Values, Outputs };

struct GuestFault {
    CardField field = CardField::File;
    Error error;
};

// What it said, when all is well.
struct GuestReport {
    std::vector<double> probabilities; // of the film at hand, or of a simulated one; in the card's order
    double spread = 0; // largest difference of a probability between the simulated films
    std::string activation; // of a split network: "512 x 7 x 7"; else empty
    double milliseconds = 0; // for one film
    std::string native; // weights for a network that Hilum has: its title; nothing was run, the rest is empty
};

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

// `film` may be absent; its report's probabilities are then of a simulated one.
[[nodiscard]] tl::expected<GuestReport, GuestFault> checkGuest(const GuestFiles &files, const ModelCard &card,
                                                               const Film *film,
                                                               const GuestOptions &options = {});

} // namespace hilum
