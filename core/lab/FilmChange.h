// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmChange: one thing done to a film that ought not to change what it shows of the disease, or that hides
// the disease altogether; how a network answers says what it looks at.
//
// Units:   lengths and places are shares of the centred square on the film's shorter side, which is what the
//          networks see: (0, 0) its upper left corner, (1, 1) the lower right one; a place beside it lies
//          below 0 or above 1. So one change fits any film. Greys: 0 the film's black, 1 its white.
// Errors:  changed: UsageWrong for a change of the lungs on a film whose lungs are not known; DataCorrupt for
//          a film without pixels.
// Threads: values and pure functions; the same change of the same film is the same on every machine.
// Source:  what is worth trying: Maguolo, Nanni 2021 (lungs hidden); DeGrave, Janizek, Lee 2021 (markers).
#pragma once

#include "core/base/Result.h"
#include "core/lab/LabFilm.h"
#include "core/lab/MarkerText.h"

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace hilum {

struct CoverRectangle {
    double left = 0.25;
    double top = 0.25;
    double width = 0.5;
    double height = 0.5;
    double grey = 0;
    double opacity = 1; // 0: nothing is covered

    bool operator==(const CoverRectangle &) const = default;
};

struct LabPoint {
    double x = 0;
    double y = 0;

    bool operator==(const LabPoint &) const = default;
};

struct CoverBrush {
    double diameter = 0.08;
    double grey = 0;
    double opacity = 1;
    std::vector<LabPoint> points; // of one stroke; a single one is a dab

    bool operator==(const CoverBrush &) const = default;
};

enum class LungPart { Lungs, AllButLungs };

struct CoverLungs {
    LungPart part = LungPart::Lungs;
    double grey = 0;
    double opacity = 1;

    bool operator==(const CoverLungs &) const = default;
};

// A frame of this depth inside the square, and all that lies beside it.
struct CoverBorder {
    double depth = 0.1;
    double grey = 0;

    bool operator==(const CoverBorder &) const = default;
};

struct CoverCorners {
    double size = 0.2; // of each corner, both ways
    double grey = 0;

    bool operator==(const CoverCorners &) const = default;
};

struct PasteText {
    std::string text = "R";
    MarkerPlace place;
    double grey = 1;

    bool operator==(const PasteText &) const = default;
};

// Greys below the window become black, above it white.
struct ChangeWindow {
    double centre = 0.5;
    double width = 1;

    bool operator==(const ChangeWindow &) const = default;
};

struct ChangeGamma {
    double gamma = 1; // above 1 the middle greys become darker

    bool operator==(const ChangeGamma &) const = default;
};

struct Invert {
    bool operator==(const Invert &) const = default;
};

// About the middle; what comes in from beyond the edge is the film mirrored, as in training.
struct Rotate {
    double degrees = 0; // clockwise

    bool operator==(const Rotate &) const = default;
};

enum class FlipAxis { LeftRight, UpDown };

struct Flip {
    FlipAxis axis = FlipAxis::LeftRight;

    bool operator==(const Flip &) const = default;
};

struct Blur {
    double radius = 0; // standard deviation of a Gaussian

    bool operator==(const Blur &) const = default;
};

struct AddNoise {
    double deviation = 0; // of the greys; grains of a 512th of the square
    std::uint64_t seed = 1;

    bool operator==(const AddNoise &) const = default;
};

struct StoreAsJpeg {
    int quality = 100; // 1 to 100, as libjpeg counts

    bool operator==(const StoreAsJpeg &) const = default;
};

struct StoreSmaller {
    int side = 1024; // pixels of the shorter side; a film that is smaller stays as it is

    bool operator==(const StoreSmaller &) const = default;
};

// Wider by the root of the factor and less high by it, about the middle; mirrored beyond the edge.
struct Stretch {
    double factor = 1;

    bool operator==(const Stretch &) const = default;
};

// The whole film, whatever its shape, pressed into a square, as many a published network is fed.
struct SqueezeToSquare {
    bool operator==(const SqueezeToSquare &) const = default;
};

// Greys bent by the gamma that brings the film's mean grey to `mean`, so that none is lighter than another: a
// data set may give its classes away by nothing else. A film of one grey at an end stays as it is.
struct EvenBrightness {
    double mean = 0.5;
    double strength = 1; // 0: the film as it was; the gamma's exponent

    bool operator==(const EvenBrightness &) const = default;
};

using FilmChange = std::variant<CoverRectangle, CoverBrush, CoverLungs, CoverBorder, CoverCorners, PasteText,
                                ChangeWindow, ChangeGamma, Invert, Rotate, Flip, Blur, AddNoise, StoreAsJpeg,
                                StoreSmaller, Stretch, SqueezeToSquare, EvenBrightness>;

// One after the other, each on what those before it made, as a person sees it.
[[nodiscard]] Result<LabFilm> changed(LabFilm film, std::span<const FilmChange> changes);

[[nodiscard]] bool needsLungs(const FilmChange &change);

} // namespace hilum
