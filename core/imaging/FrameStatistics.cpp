// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/FrameStatistics.h"

#include "core/imaging/CountedValues.h"
#include "core/imaging/Samples.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <span>
#include <type_traits>
#include <vector>

namespace hilum {

namespace {

// Neighbouring samples are often equal, and a counter that was just written is slow to read again:
// four tables take turns.
template <class Sample>
std::vector<std::uint32_t> countsOf(std::span<const Sample> samples)
{
    constexpr int lowest = std::numeric_limits<Sample>::min();
    constexpr std::size_t size = std::size_t{1} << (8 * sizeof(Sample));
    constexpr std::size_t tables = 4;
    std::vector<std::uint32_t> counts(size * tables);
    const auto index
        = [](Sample sample) { return static_cast<std::size_t>(static_cast<int>(sample) - lowest); };
    std::size_t i = 0;
    for (; i + tables <= samples.size(); i += tables) {
        ++counts[index(samples[i])];
        ++counts[size + index(samples[i + 1])];
        ++counts[2 * size + index(samples[i + 2])];
        ++counts[3 * size + index(samples[i + 3])];
    }
    for (; i < samples.size(); ++i)
        ++counts[index(samples[i])];
    for (std::size_t k = 0; k < size; ++k)
        counts[k] += counts[size + k] + counts[2 * size + k] + counts[3 * size + k];
    counts.resize(size);
    return counts;
}

Window automaticWindow(std::vector<CountedValue> counted)
{
    if (counted.empty())
        return {};
    if (!std::ranges::is_sorted(counted, {}, &CountedValue::value))
        std::ranges::stable_sort(counted, {}, &CountedValue::value);
    return windowBetween(counted, 0.01, 0.99);
}

class Binner {
public:
    Binner(ValueRange range, int bins)
        : m_result{range.low, range.high, std::vector<std::size_t>(static_cast<std::size_t>(bins))}
        , m_perBin(range.high > range.low ? bins / (range.high - range.low) : 0)
        , m_last(bins - 1.0)
    {
    }
    // The plain histogram sees values as floats.
    void add(float value, std::size_t count)
    {
        const double bin
            = std::clamp(std::floor((static_cast<double>(value) - m_result.low) * m_perBin), 0.0, m_last);
        m_result.counts[static_cast<std::size_t>(bin)] += count;
    }
    Histogram take() { return std::move(m_result); }

private:
    Histogram m_result;
    double m_perBin;
    double m_last;
};

void widen(ValueRange &range, double value)
{
    range.low = std::min(range.low, value);
    range.high = std::max(range.high, value);
}

constexpr ValueRange nothing{std::numeric_limits<double>::infinity(),
                             -std::numeric_limits<double>::infinity()};

FrameStatistics fromCounted(std::vector<CountedValue> counted, int bins)
{
    FrameStatistics found;
    ValueRange range = nothing;
    for (const CountedValue &entry : counted) {
        if (std::isfinite(entry.value))
            widen(range, entry.value);
    }
    found.range = range.low <= range.high ? range : ValueRange{};
    Binner binner(found.range, bins);
    for (const CountedValue &entry : counted) {
        if (std::isfinite(static_cast<float>(entry.value)))
            binner.add(static_cast<float>(entry.value), entry.count);
    }
    found.histogram = binner.take();
    found.automatic = automaticWindow(std::move(counted));
    return found;
}

template <class Sample>
FrameStatistics fromCounts(const Film &film, std::span<const Sample> samples, int bins)
{
    constexpr int lowest = std::numeric_limits<Sample>::min();
    const std::vector<std::uint32_t> counts = countsOf(samples);
    StoredRange stored{std::numeric_limits<Sample>::max(), lowest};
    std::vector<CountedValue> counted;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0)
            continue;
        const int value = static_cast<int>(i) + lowest;
        stored.low = std::min(stored.low, value);
        stored.high = std::max(stored.high, value);
        if (!isPadding(film, value))
            counted.push_back({toModality(film.modalityTransform, value), counts[i]});
    }
    FrameStatistics found = fromCounted(std::move(counted), bins);
    found.stored = stored;
    return found;
}

// Most chest films kept as JPEG or PNG have three equal channels: 256 greys to count. Nothing where one
// pixel differs.
std::optional<FrameStatistics> fromEqualChannels(const Film &film, int frame, int bins)
{
    const auto *bytes = std::get_if<std::vector<std::uint8_t>>(&film.samples);
    if (!bytes || film.photometric != Photometric::Rgb)
        return std::nullopt;
    const std::size_t pixels = film.pixelsPerFrame();
    const std::uint8_t *from = bytes->data() + 3 * pixels * static_cast<std::size_t>(frame);
    std::array<std::size_t, 256> counts{};
    for (std::size_t i = 0; i < pixels; ++i) {
        if (from[3 * i] != from[3 * i + 1] || from[3 * i] != from[3 * i + 2])
            return std::nullopt;
        ++counts[from[3 * i]];
    }
    Film greys; // one pixel of each grey, so that luminance stays in one place
    greys.samplesPerPixel = 3;
    greys.photometric = Photometric::Rgb;
    greys.bitsStored = film.bitsStored;
    greys.columns = 256;
    greys.rows = 1;
    std::vector<std::uint8_t> each;
    for (int grey = 0; grey < 256; ++grey)
        each.insert(each.end(), 3, static_cast<std::uint8_t>(grey));
    greys.samples = std::move(each);
    const Plane<float> values = modalityValues(greys, 0);
    std::vector<CountedValue> counted;
    for (std::size_t grey = 0; grey < counts.size(); ++grey) {
        if (counts[grey] > 0)
            counted.push_back({static_cast<double>(values.samples()[grey]), counts[grey]});
    }
    return fromCounted(std::move(counted), bins);
}

// Wide samples (in double, as autoWindow and modalityRange take them) and luminance.
template <class Value>
FrameStatistics fromValues(std::vector<Value> values, int bins)
{
    std::erase_if(values, [](Value value) { return !std::isfinite(value); });
    FrameStatistics found;
    ValueRange range = nothing;
    for (const Value value : values)
        widen(range, static_cast<double>(value));
    found.range = range.low <= range.high ? range : ValueRange{};
    Binner binner(found.range, bins);
    for (const Value value : values) {
        if (const auto narrow = static_cast<float>(value); std::isfinite(narrow))
            binner.add(narrow, 1);
    }
    found.histogram = binner.take();
    if (values.empty())
        return found;
    const auto percentile = [&](double part) {
        const auto at = values.begin() + static_cast<std::ptrdiff_t>(rankOf(part, values.size()) - 1);
        std::ranges::nth_element(values, at);
        return static_cast<double>(*at);
    };
    const double low = percentile(0.01);
    found.automatic = windowSpanning(low, percentile(0.99));
    return found;
}

} // namespace

FrameStatistics frameStatistics(const Film &film, int frame, int bins)
{
    assert(bins > 0);
    if (film.isColour()) {
        if (auto found = fromEqualChannels(film, frame, bins))
            return *std::move(found);
        const Plane<float> values = modalityValues(film, frame);
        return fromValues(std::vector<float>(values.samples().begin(), values.samples().end()), bins);
    }
    return visitFrame(film, frame, [&](auto samples) {
        using Sample = std::remove_const_t<typename decltype(samples)::element_type>;
        if constexpr (std::is_integral_v<Sample> && sizeof(Sample) <= 2) {
            return fromCounts(film, samples, bins);
        } else {
            std::vector<double> values;
            values.reserve(samples.size());
            for (const Sample sample : samples) {
                const double stored = static_cast<double>(sample);
                if (!isPadding(film, stored))
                    values.push_back(toModality(film.modalityTransform, stored));
            }
            return fromValues(std::move(values), bins);
        }
    });
}

} // namespace hilum
