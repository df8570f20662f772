// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LabFilm: one frame of a film as greys that can be changed, and read by a network as any film is.
//
// It stands where displayedValues() stands on a film's way into a network: in polarity, before crop, size and
// standardisation. So what is changed on the screen is what the networks are fed, by the same steps. No
// window comes between, as none does for a film: what a window does is a change of its own.
//
// Shape:   as the film; where its shorter side has 1536 pixels or more, smaller by a whole number, so that it
//          has from 768 to 1535: a network sees 224, and the hand must not wait for the rest.
// Units:   shares of the film's grey scale: 0 black to 1 white; single pixels may lie outside.
// Errors:  labFilm: DataCorrupt for a frame without pixels; UsageWrong for lungs not of the film's size.
// Threads: pure functions.
#pragma once

#include "core/base/Result.h"
#include "core/film/Film.h"
#include "core/film/Plane.h"
#include "core/nn/InputSpec.h"

#include <cstdint>

namespace hilum {

struct LabFilm {
    Plane<float> greys;
    Plane<std::uint8_t> lungs; // 1 in the lungs, 0 elsewhere; empty: not known
    bool isFullScale = false; // black and white are those of the film's 8 bits, not the darkest and brightest
    float black = 0; // displayed values of grey 0 and grey 1
    float white = 1;
};

// `lungs`: white on black, of the film's size; none when null.
[[nodiscard]] Result<LabFilm> labFilm(const Film &film, int frame, const Film *lungs = nullptr);
// `lungs`: 1 in the lungs, of the film's size.
[[nodiscard]] Result<LabFilm> labFilm(const Film &film, int frame, const Plane<std::uint8_t> &lungs);

[[nodiscard]] ModelInput inputOf(const LabFilm &film, const InputSpec &spec);

} // namespace hilum
