// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/InputSteps.h"

#include "core/imaging/ModalityValues.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

namespace hilum {

namespace {

std::string sizeText(int width, int height) { return std::to_string(width) + " x " + std::to_string(height); }

std::string number(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}

Plane<float> storedValues(const Film &film, int frame)
{
    Plane<float> stored(film.columns, film.rows);
    for (int y = 0; y < film.rows; ++y) {
        for (int x = 0; x < film.columns; ++x)
            stored.at(x, y) = static_cast<float>(storedValue(film, frame, x, y));
    }
    return stored;
}

std::string modalityText(const Film &film)
{
    const ModalityTransform &transform = film.modalityTransform;
    if (film.isColour())
        return "Colours become their luminance.";
    if (transform.table)
        return "The film's modality table of " + std::to_string(transform.table->entries.size())
            + " entries was applied.";
    if (transform.isIdentity())
        return "Stored values are modality values: slope 1, intercept 0.";
    return "Stored values times " + number(transform.slope) + " plus " + number(transform.intercept) + ".";
}

std::string polarityText(const Film &film)
{
    std::string text = film.highIsBlack() ? "High values are black on this film: all signs were turned."
                                          : "High values are white already.";
    if (film.padding)
        text += " Padding became as dark as the darkest pixel.";
    return text;
}

Plane<float> cutOut(const Plane<float> &whole, const InputMap &part)
{
    Plane<float> square(part.width, part.height);
    for (int y = 0; y < part.height; ++y)
        std::ranges::copy(
            whole.row(part.top + y)
                .subspan(static_cast<std::size_t>(part.left), static_cast<std::size_t>(part.width)),
            square.row(y).begin());
    return square;
}

std::string cropText(const Film &film, const InputMap &part)
{
    if (part.width == film.columns && part.height == film.rows)
        return part.width == part.height ? "The film is square: all of it is seen."
                                         : "The whole film is seen, and will be squeezed to a square.";
    return "The centred square of " + sizeText(part.width, part.height) + " pixels from "
        + sizeText(film.columns, film.rows) + ", from column " + std::to_string(part.left) + " and row "
        + std::to_string(part.top) + ": what lies outside is never seen.";
}

std::string resampleText(const InputMap &part, int size)
{
    const bool shrinks = std::min(part.width, part.height) >= size;
    return "To " + sizeText(size, size) + (shrinks ? " by the mean of areas: " : " between pixels: ")
        + number(static_cast<double>(part.width) / size) + " film pixels across for one of the network's.";
}

} // namespace

Result<std::vector<InputStep>> inputSteps(const Film &film, int frame, const InputSpec &spec)
{
    const auto square = squareOf(film, frame, spec.size, spec.crop);
    if (!square)
        return tl::unexpected(square.error());
    const InputMap whole{film.columns, film.rows, 0, 0, film.columns, film.rows};
    const InputMap part = square->map;
    std::vector<InputStep> steps;
    const auto add = [&](InputStepKind kind, const char *name, std::string what, Plane<float> values,
                         const InputMap &covers) {
        const auto [low, high] = std::ranges::minmax(values.samples());
        const double sum = std::accumulate(values.samples().begin(), values.samples().end(), 0.0);
        const double mean = sum / static_cast<double>(values.samples().size());
        steps.push_back({kind, name, std::move(what), std::move(values), covers, low, high, mean});
    };
    add(InputStepKind::Decoded, "decoded",
        "As stored: " + std::to_string(film.bitsStored) + " bits, " + sizeText(film.columns, film.rows) + ".",
        storedValues(film, frame), whole);
    add(InputStepKind::Modality, "modality", modalityText(film), modalityValues(film, frame), whole);
    Plane<float> displayed = displayedValues(film, frame);
    Plane<float> cut = cutOut(displayed, part);
    add(InputStepKind::Polarity, "polarity", polarityText(film), std::move(displayed), whole);
    add(InputStepKind::Crop, "crop", cropText(film, part), std::move(cut), part);
    add(InputStepKind::Resampled, "resampled", resampleText(part, spec.size), square->values, part);
    Plane<float> values = square->values;
    if (spec.equalise) {
        equalise(values);
        add(InputStepKind::Equalised, "equalised",
            "Each grey became the share of the others that are darker.", values, part);
    }
    const InputStep &before = steps.back();
    std::string what = "Grey from 0 to 1, from black " + number(static_cast<double>(square->black))
        + " to white " + number(static_cast<double>(square->white)) + ".";
    if (spec.standardise == Standardise::PerFilm)
        what = "The mean, " + number(before.mean) + ", became 0 and the standard deviation 1.";
    else if (spec.equalise)
        what = "Nothing more: equalised greys are from 0 to 1.";
    values = square->values;
    applySpec(values, spec, square->black, square->white);
    add(InputStepKind::Standardised, "standardised", std::move(what), std::move(values), part);
    return steps;
}

} // namespace hilum
