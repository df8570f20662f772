// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// InputSpec: what a network wants to be fed, as its card says it; prepare() makes it from a film.
//
// The film's shape must not leak into the input (image aspect alone tells the classes of the
// public sets apart), so a film is never stretched and never padded: the centred square on the
// shorter side is cut out, brought to size by area, and standardised by its own mean and spread.
// Squeezing the whole film and grey from 0 to 1 are there for the networks of old that were fed so.
// Networks of others may want three channels: each is made of the same grey, less its mean, over its
// deviation. Equalising keeps of the greys their order alone: scanners and publishers differ in everything
// else.
//
// Shape:   ModelInput::values is size x size, one plane that all channels are made of.
// Units:   modality values in displayed polarity (bone high); per film: minus their mean, over their
//          standard deviation, a flat film gives zeros; unit: 0 black to 1 white, full scale for films of
//          8 bits, else darkest to brightest of the square.
// Errors:  prepare: DataCorrupt for a film with no pixel; else none.
// Threads: pure functions.
#pragma once

#include "core/base/Result.h"
#include "core/film/Film.h"
#include "core/film/Plane.h"

#include <array>
#include <vector>

namespace hilum {

enum class Crop { CentreSquare, Squeeze };
enum class Standardise { PerFilm, Unit };
enum class ChannelOrder { Grey, Rgb, Bgr };

struct InputSpec {
    int size = 224;
    Crop crop = Crop::CentreSquare;
    Standardise standardise = Standardise::PerFilm;
    bool equalise = false; // before standardising
    ChannelOrder channels = ChannelOrder::Grey;
    std::array<float, 3> mean{0, 0, 0}; // of red, green and blue; the first of a grey network
    std::array<float, 3> deviation{1, 1, 1};

    bool operator==(const InputSpec &) const = default;
};

// Where the network looked: the part of the film, in film pixels, that became the input; a square unless
// the film was squeezed.
struct InputMap {
    int filmWidth = 0;
    int filmHeight = 0;
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;

    bool operator==(const InputMap &) const = default;
};

struct ModelInput {
    Plane<float> values;
    InputMap map;
    float black = 0; // the ends of the grey scale, in the units of values before standardisation
    float white = 0;
};

// The steps of prepare(), one by one; InputSteps.h shows them.

// Modality values with bone high; padding is as dark as the darkest pixel that is none.
[[nodiscard]] Plane<float> displayedValues(const Film &film, int frame);
// The centred square on the shorter side of a film.
[[nodiscard]] InputMap centreSquare(int filmWidth, int filmHeight);
[[nodiscard]] InputMap partSeen(const Film &film, Crop crop);
// By area when it shrinks, between pixels when it grows.
[[nodiscard]] Plane<float> resampled(const Plane<float> &values, const InputMap &part, int size);

// Modality values of the crop in displayed polarity, brought to size x size by area; padding pixels take
// the darkest value. The step before standardisation.
[[nodiscard]] Result<ModelInput> squareOf(const Film &film, int frame, int size,
                                          Crop crop = Crop::CentreSquare);

// Subtracts the mean and divides by the standard deviation, in place; zeros when flat.
void standardise(Plane<float> &values);
// Brings black to 0 and white to 1, in place, and holds the rest between; zeros when they are the same.
void toUnit(Plane<float> &values, float black, float white);

// Each value becomes the share of the others that are darker, 0 to 1, equal ones the mean of theirs; one half
// everywhere when flat. In place, linear in the number of values.
void equalise(Plane<float> &values);

// What `spec` asks of a square whose grey scale ends at black and white: equalise, then standardise.
void applySpec(Plane<float> &values, const InputSpec &spec, float black, float white);

[[nodiscard]] Result<ModelInput> prepare(const Film &film, int frame, const InputSpec &spec);

// What a network is fed of prepared values: its channels in its own order, one after the other.
[[nodiscard]] std::vector<Plane<float>> fedChannels(const Plane<float> &values, const InputSpec &spec);

} // namespace hilum
