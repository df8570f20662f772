// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/Window.h"

#include "core/imaging/CountedValues.h"
#include "core/imaging/ModalityValues.h"
#include "core/imaging/Samples.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

namespace hilum {

namespace {

// The modality values of a frame with how often each occurs, ascending; padding left out.
std::vector<CountedValue> countedValues(const Film &film, int frame)
{
    std::vector<CountedValue> counted;
    visitFrame(film, frame, [&](auto samples) {
        using Sample = std::remove_const_t<typename decltype(samples)::element_type>;
        if constexpr (std::is_integral_v<Sample> && sizeof(Sample) <= 2) {
            // Counting is linear; sorting nine million values is what the user would wait for.
            constexpr int lowest = std::numeric_limits<Sample>::min();
            std::vector<std::size_t> counts(std::size_t{1} << (8 * sizeof(Sample)));
            for (const Sample sample : samples)
                ++counts[static_cast<std::size_t>(static_cast<int>(sample) - lowest)];
            for (std::size_t i = 0; i < counts.size(); ++i) {
                const double stored = static_cast<double>(i) + lowest;
                if (counts[i] > 0 && !isPadding(film, stored))
                    counted.push_back({toModality(film.modalityTransform, stored), counts[i]});
            }
        } else {
            for (const Sample sample : samples) {
                const double stored = static_cast<double>(sample);
                const double value = toModality(film.modalityTransform, stored);
                if (!isPadding(film, stored) && std::isfinite(value))
                    counted.push_back({value, 1});
            }
        }
    });
    std::ranges::sort(counted, {}, &CountedValue::value);
    return counted;
}

std::vector<CountedValue> countedLuminance(const Film &film, int frame)
{
    std::vector<CountedValue> counted;
    const Plane<float> values = modalityValues(film, frame);
    for (const float value : values.samples())
        counted.push_back({static_cast<double>(value), 1});
    std::ranges::sort(counted, {}, &CountedValue::value);
    return counted;
}

} // namespace

double windowed(double modalityValue, const Window &window)
{
    switch (window.function) {
    case VoiFunction::Sigmoid: {
        const double width = window.width > 0 ? window.width : 1;
        return 1 / (1 + std::exp(-4 * (modalityValue - window.centre) / width));
    }
    case VoiFunction::LinearExact: {
        const double width = std::max(window.width, 0.0);
        if (modalityValue <= window.centre - width / 2)
            return 0;
        if (modalityValue > window.centre + width / 2)
            return 1;
        return (modalityValue - window.centre) / width + 0.5;
    }
    case VoiFunction::Linear:
        break;
    }
    // The standard puts the centre half a step low, so that a window of width w holds exactly w
    // integer values and width 1 is a clean threshold.
    const double span = std::max(window.width, 1.0) - 1;
    const double fromCentre = modalityValue - (window.centre - 0.5);
    if (fromCentre <= -span / 2)
        return 0;
    if (fromCentre > span / 2)
        return 1;
    return fromCentre / span + 0.5;
}

Window defaultWindow(const Film &film, int frame)
{
    if (!film.windows.empty()) {
        const VoiWindow &first = film.windows.front();
        return {first.centre, first.width, first.function};
    }
    const ValueRange range = modalityRange(film, frame);
    return windowSpanning(range.low, range.high);
}

Window autoWindow(const Film &film, int frame)
{
    const std::vector<CountedValue> counted
        = film.isColour() ? countedLuminance(film, frame) : countedValues(film, frame);
    return counted.empty() ? Window{} : windowBetween(counted, 0.01, 0.99);
}

} // namespace hilum
