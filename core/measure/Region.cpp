// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/measure/Region.h"

#include "core/imaging/Colour.h"
#include "core/imaging/CountedValues.h"
#include "core/imaging/ModalityValues.h"
#include "core/imaging/Samples.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <span>
#include <type_traits>
#include <vector>

namespace hilum {

namespace {

struct Box {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
};

Box boxOf(const Region &region)
{
    return {std::min(region.from.x, region.to.x), std::min(region.from.y, region.to.y),
            std::max(region.from.x, region.to.x), std::max(region.from.y, region.to.y)};
}

// Pixels from first on, end not included.
struct Run {
    int first = 0;
    int end = 0;
};

// The pixels whose centres lie in [low, high).
Run runOf(double low, double high, int size)
{
    const auto held = [size](double edge) {
        return static_cast<int>(std::clamp(std::ceil(edge - 0.5), 0.0, static_cast<double>(size)));
    };
    return {held(low), held(high)};
}

class Ellipse {
public:
    explicit Ellipse(const Box &box)
        : m_x((box.left + box.right) / 2)
        , m_y((box.top + box.bottom) / 2)
        , m_radiusX((box.right - box.left) / 2)
        , m_radiusY((box.bottom - box.top) / 2)
    {
    }

    bool holds(int x, int y) const
    {
        const double across = (x + 0.5 - m_x) / m_radiusX;
        const double down = (y + 0.5 - m_y) / m_radiusY;
        return across * across + down * down <= 1;
    }

    // By the root first, then to the letter: the root may be a digit off.
    Run runOf(int y, int columns) const
    {
        const double down = (y + 0.5 - m_y) / m_radiusY;
        const double half = m_radiusX * std::sqrt(std::max(0.0, 1 - down * down));
        const auto held = [columns](double x) {
            return static_cast<int>(std::clamp(x, 0.0, static_cast<double>(columns)));
        };
        Run run{held(std::ceil(m_x - half - 0.5)), held(std::floor(m_x + half - 0.5) + 1)};
        run.end = std::max(run.first, run.end);
        while (run.first > 0 && holds(run.first - 1, y))
            --run.first;
        while (run.first < run.end && !holds(run.first, y))
            ++run.first;
        run.end = std::max(run.first, run.end);
        while (run.end < columns && holds(run.end, y))
            ++run.end;
        while (run.end > run.first && !holds(run.end - 1, y))
            --run.end;
        return run;
    }

private:
    double m_x;
    double m_y;
    double m_radiusX;
    double m_radiusY;
};

// Calls visit(index of the first pixel, number of pixels) for the part of each row that counts.
template <class Visit>
void forEachRun(int columns, int rows, const Region &region, const std::stop_token &stop, Visit &&visit)
{
    const Box box = boxOf(region);
    if (!(box.right > box.left && box.bottom > box.top)) // NaN ends here too
        return;
    Run lines = runOf(box.top, box.bottom, rows);
    const Run across = runOf(box.left, box.right, columns);
    const Ellipse ellipse(box);
    if (region.shape == RegionShape::Ellipse) // its lower edge belongs to it
        lines.end = std::min(lines.end + 1, rows);
    for (int y = lines.first; y < lines.end && !stop.stop_requested(); ++y) {
        const Run run = region.shape == RegionShape::Ellipse ? ellipse.runOf(y, columns) : across;
        if (run.end > run.first)
            visit(static_cast<std::size_t>(y) * static_cast<std::size_t>(columns)
                      + static_cast<std::size_t>(run.first),
                  static_cast<std::size_t>(run.end - run.first));
    }
}

// Neighbouring pixels are often alike: counting them in turns keeps one from waiting for the other.
template <class Sample>
std::vector<CountedValue> countedSmall(const Film &film, std::span<const Sample> samples,
                                       const Region &region, const std::stop_token &stop,
                                       std::size_t &leftOut)
{
    constexpr int lowest = std::numeric_limits<Sample>::min();
    constexpr std::size_t values = std::size_t{1} << (8 * sizeof(Sample));
    constexpr std::size_t turns = 2;
    std::array<std::vector<std::uint32_t>, turns> counts;
    counts.fill(std::vector<std::uint32_t>(values));
    const auto codeOf = [](Sample sample) { return static_cast<std::size_t>(int{sample} - lowest); };
    forEachRun(film.columns, film.rows, region, stop, [&](std::size_t first, std::size_t length) {
        const auto run = samples.subspan(first, length);
        std::size_t i = 0;
        for (; i + turns <= length; i += turns) {
            ++counts[0][codeOf(run[i])];
            ++counts[1][codeOf(run[i + 1])];
        }
        for (; i < length; ++i)
            ++counts[0][codeOf(run[i])];
    });
    std::vector<CountedValue> counted;
    for (std::size_t code = 0; code < values; ++code) {
        const std::size_t count = std::size_t{counts[0][code]} + counts[1][code];
        if (count == 0)
            continue;
        const double stored = static_cast<double>(code) + lowest;
        if (isPadding(film, stored))
            leftOut += count;
        else
            counted.push_back({toModality(film.modalityTransform, stored), count});
    }
    return counted;
}

template <class Sample>
std::vector<CountedValue> countedWide(const Film &film, std::span<const Sample> samples, const Region &region,
                                      const std::stop_token &stop, std::size_t &leftOut)
{
    std::vector<CountedValue> counted;
    forEachRun(film.columns, film.rows, region, stop, [&](std::size_t first, std::size_t length) {
        for (const Sample sample : samples.subspan(first, length)) {
            const double stored = static_cast<double>(sample);
            const double value = toModality(film.modalityTransform, stored);
            if (isPadding(film, stored) || !std::isfinite(value))
                ++leftOut;
            else
                counted.push_back({value, 1});
        }
    });
    return counted;
}

std::vector<CountedValue> countedColour(const Film &film, int frame, const Region &region,
                                        const std::stop_token &stop)
{
    std::vector<CountedValue> counted;
    forEachRun(film.columns, film.rows, region, stop, [&](std::size_t first, std::size_t length) {
        forEachLuminance(film, frame, first, length, [&](std::size_t, double value) {
            counted.push_back({value, 1});
        });
    });
    return counted;
}

RegionStatistics summarised(std::vector<CountedValue> counted, std::size_t leftOut)
{
    RegionStatistics result;
    result.leftOut = leftOut;
    if (counted.empty())
        return result;
    if (!std::ranges::is_sorted(counted, {}, &CountedValue::value))
        std::ranges::sort(counted, {}, &CountedValue::value);
    double sum = 0;
    for (const CountedValue &entry : counted) {
        result.count += entry.count;
        sum += entry.value * static_cast<double>(entry.count);
    }
    const double total = static_cast<double>(result.count);
    result.mean = sum / total;
    double squares = 0;
    for (const CountedValue &entry : counted) {
        const double apart = entry.value - result.mean;
        squares += apart * apart * static_cast<double>(entry.count);
    }
    result.deviation = std::sqrt(squares / total);
    result.low = counted.front().value;
    result.high = counted.back().value;
    const std::size_t lower = (result.count + 1) / 2;
    const std::size_t upper = result.count / 2 + 1;
    result.median = (valueAtRank(counted, lower) + valueAtRank(counted, upper)) / 2;
    result.first = valueAtRank(counted, rankOf(0.01, result.count));
    result.last = valueAtRank(counted, rankOf(0.99, result.count));
    return result;
}

} // namespace

RegionStatistics regionStatistics(const Film &film, int frame, const Region &region, std::stop_token stop)
{
    std::size_t leftOut = 0;
    std::vector<CountedValue> counted;
    if (film.isColour()) {
        counted = countedColour(film, frame, region, stop);
    } else {
        counted = visitFrame(film, frame, [&](auto samples) {
            using Sample = std::remove_const_t<typename decltype(samples)::element_type>;
            if constexpr (std::is_integral_v<Sample> && sizeof(Sample) <= 2)
                return countedSmall<Sample>(film, samples, region, stop, leftOut);
            else
                return countedWide<Sample>(film, samples, region, stop, leftOut);
        });
    }
    if (stop.stop_requested())
        return {};
    return summarised(std::move(counted), leftOut);
}

Length areaOf(const Region &region, const Scale &scale)
{
    const Box box = boxOf(region);
    const double around = (box.right - box.left) * scale.column * (box.bottom - box.top) * scale.row;
    return {region.shape == RegionShape::Ellipse ? around * std::numbers::pi / 4 : around, scale.kind};
}

std::size_t pixelsAround(const Film &film, const Region &region)
{
    const Box box = boxOf(region);
    const Run rows = runOf(box.top, box.bottom, film.rows);
    const Run columns = runOf(box.left, box.right, film.columns);
    return static_cast<std::size_t>(rows.end - rows.first)
        * static_cast<std::size_t>(columns.end - columns.first);
}

void fill(Plane<std::uint8_t> &mask, const Region &region)
{
    forEachRun(mask.width(), mask.height(), region, {}, [&](std::size_t first, std::size_t length) {
        std::ranges::fill(mask.samples().subspan(first, length), std::uint8_t{1});
    });
}

} // namespace hilum
