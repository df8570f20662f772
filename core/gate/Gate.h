// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Gate: may a network read this picture, or is it no upright frontal chest film?
//
// First what the file says of itself, then plain measurements of the picture, then a small network that was
// trained for nothing else (GateNetwork.h). The first check that fails gives the reason, with what it
// measured. A refusal is advice: a reading stays available to whoever asks for it.
//
// Units:   scores are probabilities, 0 to 1.
// Errors:  none: a picture that can't be measured is refused with that reason.
// Threads: pure functions over const values.
#pragma once

#include "core/film/Film.h"
#include "core/gate/GateNetwork.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilum {

enum class GateCheck { None, Header, Size, Shape, Colour, Flat, NoFilm, Lateral, Inverted, Turned, Mirrored };

struct GateVerdict {
    bool accepted = true;
    std::string reason; // what it is, with what was measured ("is too small: 45 x 10 pixels, ..."); empty
                        // when accepted
    GateCheck check = GateCheck::None; // that refused

    bool operator==(const GateVerdict &) const = default;
};

// "no-film": the name of a check in tables.
[[nodiscard]] std::string_view gateCheckName(GateCheck check);

// Without a network only the header and the plain measurements are looked at.
[[nodiscard]] GateVerdict judgeFilm(const Film &film, int frame, const GateNetwork *network);

// What the network's scores come to.
[[nodiscard]] GateVerdict judgeScores(const GateScores &scores, const GateThresholds &limits);

// gate/gate.safetensors below the first root that has one; nothing when none has, or it can't be read.
[[nodiscard]] const GateNetwork *bundledGate(const std::vector<std::filesystem::path> &roots);

} // namespace hilum
