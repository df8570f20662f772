// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// InputSteps: what becomes of a film on its way into a network, step by step.
//
// Shape:   the first steps as large as the film, then the part that the network sees, then its input size.
//          Where the network is fed what a view shows, the steps from Shown on lie as the view shows them.
// Units:   each step says what its values are; Standardised holds exactly what prepare() gives, Channels what
//          the first channel of a network with means of its own, or with three channels, is fed.
// Errors:  as prepare().
// Threads: pure functions. visitInputSteps holds two planes as large as the film at a time, not all.
#pragma once

#include "core/nn/InputSpec.h"
#include "core/nn/ShownFilm.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hilum {

enum class InputStepKind {
    Decoded,
    Modality,
    Shown,
    Polarity,
    Crop,
    Resampled,
    Equalised,
    Standardised,
    Channels
};

struct InputStep {
    InputStepKind kind = InputStepKind::Decoded;
    std::string name; // of files: "resampled"
    std::string what; // a sentence of what was done, with its numbers
    Plane<float> values;
    InputMap part; // of the film, or of what is shown of it, that the values cover
    float low = 0; // of the values
    float high = 0;
    double mean = 0;
    bool isOfShown = false;
};

// What a network is fed instead of the film's own values; `film` is shownFilm() of the look.
struct FedShown {
    ShownLook look;
    FilmPtr film;
};

// Takes each step as it is made; false: the rest is not wanted.
using InputStepTaker = std::function<bool(InputStep &&)>;

// The frame is of the film's own values; what is shown has its own.
[[nodiscard]] Result<void> visitInputSteps(const Film &film, int frame, const InputSpec &spec,
                                           const std::optional<FedShown> &shown, const InputStepTaker &take);

[[nodiscard]] Result<std::vector<InputStep>> inputSteps(const Film &film, int frame, const InputSpec &spec);

// From the lowest value (black) to the highest (white); a flat step is black. At most `side` pixels in its
// longer direction, each the mean of what it covers; 0: as large as the step.
[[nodiscard]] GreyImage stepPicture(const InputStep &step, int side = 0);

// Where a point of the film lies on a step, in the step's own pixels; nothing outside of it.
[[nodiscard]] std::optional<PlanePoint> pointOnStep(const InputStep &step, int columns, int rows,
                                                    const std::optional<ShownPlace> &place, PlanePoint film);
// And back; `columns` and `rows` are the step's.
[[nodiscard]] PlanePoint pointOnFilm(const InputStep &step, int columns, int rows,
                                     const std::optional<ShownPlace> &place, PlanePoint onStep);

// The value of a step as large as the film, without its plane: (x, y) is a pixel of the step.
[[nodiscard]] double valueAt(const Film &film, int frame, const std::optional<FedShown> &shown,
                             const InputStep &step, int x, int y);

} // namespace hilum
