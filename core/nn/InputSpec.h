// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// InputSpec: what a network wants to be fed, as its card says it; prepare() makes it from a film.
//
// The film's shape must not leak into the input (image aspect alone tells the classes of the
// public sets apart), so a film is never stretched and never padded: the centred square on the
// shorter side is cut out, brought to size by area, and standardised by its own mean and spread.
//
// Shape:   ModelInput::values is size x size.
// Units:   modality values in displayed polarity (bone high), minus their mean, over their
//          standard deviation; a flat film gives zeros.
// Errors:  prepare: DataCorrupt for a film with no pixel; else none.
// Threads: pure functions.
#pragma once

#include "core/base/Result.h"
#include "core/film/Film.h"
#include "core/film/Plane.h"

namespace hilum {

struct InputSpec {
    int size = 224;

    bool operator==(const InputSpec &) const = default;
};

// Where the network looked: the square of the film, in film pixels, that became the input.
struct InputMap {
    int filmWidth = 0;
    int filmHeight = 0;
    int left = 0;
    int top = 0;
    int side = 0;

    bool operator==(const InputMap &) const = default;
};

struct ModelInput {
    Plane<float> values;
    InputMap map;
};

// The centred square on the shorter side of a film.
[[nodiscard]] InputMap centreSquare(int filmWidth, int filmHeight);

// Modality values of the centred square in displayed polarity, brought to size x size by area;
// padding pixels take the darkest value. The step before standardisation.
[[nodiscard]] Result<ModelInput> squareOf(const Film &film, int frame, int size);

// Subtracts the mean and divides by the standard deviation, in place; zeros when flat.
void standardise(Plane<float> &values);

[[nodiscard]] Result<ModelInput> prepare(const Film &film, int frame, const InputSpec &spec);

} // namespace hilum
