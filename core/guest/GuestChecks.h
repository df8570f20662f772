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
#include "core/guest/GuestInput.h"

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

// `film` may be absent; its report's probabilities are then of a simulated one.
[[nodiscard]] tl::expected<GuestReport, GuestFault> checkGuest(const GuestFiles &files, const ModelCard &card,
                                                               const Film *film,
                                                               const GuestOptions &options = {});

} // namespace hilum
