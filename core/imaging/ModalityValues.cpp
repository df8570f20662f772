// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/ModalityValues.h"

#include "core/imaging/Colour.h"
#include "core/imaging/Samples.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hilum {

namespace {

Plane<float> luminance(const Film &film, int frame)
{
    Plane<float> values(film.columns, film.rows);
    const auto out = values.samples();
    forEachLuminance(film, frame, 0, film.pixelsPerFrame(),
                     [&](std::size_t pixel, double value) { out[pixel] = static_cast<float>(value); });
    return values;
}

} // namespace

double tableEntry(const LookupTable &table, double input)
{
    if (table.entries.empty())
        return input;
    const double last = static_cast<double>(table.entries.size() - 1);
    // Written so that a NaN ends at entry 0.
    const double index = std::floor(input - table.firstInput);
    const double held = index >= last ? last : index > 0 ? index : 0;
    return table.entries[static_cast<std::size_t>(held)];
}

double toModality(const ModalityTransform &transform, double stored)
{
    if (transform.table)
        return tableEntry(*transform.table, stored);
    return stored * transform.slope + transform.intercept;
}

Plane<float> modalityValues(const Film &film, int frame)
{
    if (film.isColour())
        return luminance(film, frame);
    Plane<float> values(film.columns, film.rows);
    const ModalityTransform &transform = film.modalityTransform;
    const auto fill = [&](const auto &modalityOf) {
        visitFrame(film, frame, [&](auto samples) {
            std::transform(samples.begin(), samples.end(), values.samples().begin(), [&](auto stored) {
                return static_cast<float>(modalityOf(static_cast<double>(stored)));
            });
        });
    };
    if (transform.table)
        fill([&](double stored) { return tableEntry(*transform.table, stored); });
    else // every film of a batch comes through here more than once
        fill([slope = transform.slope, intercept = transform.intercept](double stored) {
            return stored * slope + intercept;
        });
    return values;
}

double storedValue(const Film &film, int frame, int x, int y, int channel)
{
    assert(x >= 0 && x < film.columns && y >= 0 && y < film.rows);
    assert(channel >= 0 && channel < film.samplesPerPixel);
    const std::size_t pixel
        = static_cast<std::size_t>(y) * static_cast<std::size_t>(film.columns) + static_cast<std::size_t>(x);
    const std::size_t index
        = pixel * static_cast<std::size_t>(film.samplesPerPixel) + static_cast<std::size_t>(channel);
    return visitFrame(film, frame, [&](auto samples) { return static_cast<double>(samples[index]); });
}

Plane<std::uint8_t> paddingMask(const Film &film, int frame)
{
    if (!film.padding || film.isColour())
        return {};
    Plane<std::uint8_t> mask(film.columns, film.rows);
    visitFrame(film, frame, [&](auto samples) {
        std::transform(samples.begin(), samples.end(), mask.samples().begin(), [&](auto sample) {
            return static_cast<std::uint8_t>(isPadding(film, static_cast<double>(sample)));
        });
    });
    return mask;
}

ValueRange modalityRange(const Film &film, int frame)
{
    ValueRange range{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    const auto widen = [&](double value) {
        if (!std::isfinite(value))
            return;
        range.low = std::min(range.low, value);
        range.high = std::max(range.high, value);
    };
    if (film.isColour()) {
        const Plane<float> values = luminance(film, frame);
        for (const float value : values.samples())
            widen(static_cast<double>(value));
    } else {
        visitFrame(film, frame, [&](auto samples) {
            for (const auto sample : samples) {
                const double stored = static_cast<double>(sample);
                if (!isPadding(film, stored))
                    widen(toModality(film.modalityTransform, stored));
            }
        });
    }
    return range.low <= range.high ? range : ValueRange{};
}

} // namespace hilum
