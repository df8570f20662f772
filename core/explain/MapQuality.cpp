// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/MapQuality.h"

#include "core/base/Dice.h"
#include "core/metrics/RankCorrelation.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numeric>

namespace hilum {

namespace {

constexpr Reference references[] = {Reference::Mean, Reference::Black, Reference::Blurred};
constexpr int hidingSteps = 20;
constexpr int commonGrid = 56; // on which maps are compared
constexpr double strongest = 0.2; // share of the area that counts as marked
constexpr int repeats = 3;
constexpr double noiseDeviation = 0.05; // of a standardised input
constexpr int largestShift = 4; // of 224, in pixels
// Where the verdict turns.
constexpr double hardlyBetter = 0.01;
constexpr double hardlyChanged = 0.5;
constexpr double hardlyRepeated = 0.5;

// The input with its pixels, in an order, hidden behind a reference: a perturbation of `hidingSteps` + 1
// inputs.
class Hiding final : public Perturbation {
public:
    enum class Way { Delete, Insert };

    Hiding(const Plane<float> &input, Plane<float> reference, const std::vector<std::size_t> &order, Way way)
        : m_input(input)
        , m_reference(std::move(reference))
        , m_order(order)
        , m_way(way)
    {
    }

    int count() const override { return hidingSteps + 1; }

    Plane<float> input(int index) const override
    {
        const std::size_t changed = m_order.size() * static_cast<std::size_t>(index) / hidingSteps;
        Plane<float> result = m_way == Way::Delete ? m_input : m_reference;
        const Plane<float> &other = m_way == Way::Delete ? m_reference : m_input;
        for (const std::size_t pixel : std::span(m_order).first(changed))
            result.samples()[pixel] = other.samples()[pixel];
        return result;
    }

    Plane<float> map(std::span<const Logits>, int) const override { return {}; }

private:
    const Plane<float> &m_input;
    Plane<float> m_reference;
    const std::vector<std::size_t> &m_order;
    Way m_way;
};

HidingCurve curveOf(std::span<const Logits> readings, Reference reference, const QualityTools &tools)
{
    HidingCurve curve{reference, {}, {}, 0};
    for (std::size_t i = 0; i < readings.size(); ++i) {
        curve.share.push_back(static_cast<double>(i) / hidingSteps);
        curve.probability.push_back(probabilityOf(readings[i], tools.classIndex, tools.temperature));
        if (i > 0)
            curve.area += (curve.probability[i] + curve.probability[i - 1]) / 2 / hidingSteps;
    }
    return curve;
}

// The strongest pixel first; equal ones from the top left on.
std::vector<std::size_t> orderOf(const Plane<float> &heat)
{
    std::vector<std::size_t> order(heat.samples().size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return heat.samples()[i]; });
    return order;
}

double correlationOf(const Plane<float> &first, const Plane<float> &second)
{
    return rankCorrelation(spreadOver(first, commonGrid, commonGrid).samples(),
                           spreadOver(second, commonGrid, commonGrid).samples());
}

// Moved by whole pixels; what comes in is what lay at the edge.
Plane<float> shifted(const Plane<float> &plane, int right, int down)
{
    Plane<float> result(plane.width(), plane.height());
    for (int y = 0; y < plane.height(); ++y) {
        for (int x = 0; x < plane.width(); ++x)
            result.at(x, y) = plane.at(std::clamp(x - right, 0, plane.width() - 1),
                                       std::clamp(y - down, 0, plane.height() - 1));
    }
    return result;
}

Plane<float> withNoise(const Plane<float> &input, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    Dice dice(random);
    Plane<float> result = input;
    for (float &value : result.samples())
        value += static_cast<float>(noiseDeviation * dice.normal());
    return result;
}

Result<Repeatability> repeatabilityOf(const Plane<float> &input, const ActivationMap &map,
                                      const QualityTools &tools, const Progress &progress,
                                      const std::stop_token &stop)
{
    const int size = input.width();
    const int step = std::max(1, largestShift * size / 224);
    constexpr std::pair<int, int> ways[repeats] = {{1, 0}, {-1, 1}, {0, -1}};
    const Plane<float> whole = spreadOver(map.values, size, size);
    Repeatability result;
    for (int i = 0; i < repeats; ++i) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "stopped");
        const auto noisy = tools.map(withNoise(input, static_cast<std::uint64_t>(i) + 1), map.method);
        if (!noisy)
            return tl::unexpected(noisy.error());
        result.noise += correlationOf(map.values, *noisy) / repeats;
        const int right = ways[i].first * step;
        const int down = ways[i].second * step;
        const auto moved = tools.map(shifted(input, right, down), map.method);
        if (!moved)
            return tl::unexpected(moved.error());
        result.shift
            += correlationOf(whole, shifted(spreadOver(*moved, size, size), -right, -down)) / repeats;
        if (progress)
            progress((i + 1.0) / repeats);
    }
    return result;
}

// A part of a longer work, from one share of it to another.
Progress partOf(const Progress &whole, double from, double to)
{
    if (!whole)
        return {};
    return [whole, from, to](double done) { whole(std::lerp(from, to, done)); };
}

std::string percentagePoints(double share)
{
    char text[40];
    std::snprintf(text, sizeof text, "%.1f percentage points", 100 * share);
    return text;
}

} // namespace

double meanArea(const std::vector<HidingCurve> &curves)
{
    double sum = 0;
    for (const HidingCurve &curve : curves)
        sum += curve.area;
    return curves.empty() ? 0 : sum / static_cast<double>(curves.size());
}

double HidingTest::score() const { return meanArea(insertion) - meanArea(deletion); }

Result<HidingTest> testByHiding(const Plane<float> &input, const Plane<float> &map, const QualityTools &tools,
                                const Progress &progress, const std::stop_token &stop)
{
    const Plane<float> heat = spreadOver(map, input.width(), input.height());
    const std::vector<std::size_t> order = orderOf(heat);
    HidingTest test;
    int done = 0;
    for (const Reference reference : references) {
        for (const auto way : {Hiding::Way::Delete, Hiding::Way::Insert}) {
            const Hiding hiding(input, referenceOf(input, reference), order, way);
            std::vector<Logits> readings;
            const double from = done / 6.0;
            if (const auto read
                = readAll(hiding, tools.read, readings, {partOf(progress, from, from + 1 / 6.0), {}}, stop);
                !read)
                return tl::unexpected(read.error());
            auto &curves = way == Hiding::Way::Delete ? test.deletion : test.insertion;
            curves.push_back(curveOf(readings, reference, tools));
            ++done;
        }
    }
    return test;
}

MapAgreement agreementOf(const Plane<float> &first, const Plane<float> &second)
{
    const Plane<float> a = spreadOver(first, commonGrid, commonGrid);
    const Plane<float> b = spreadOver(second, commonGrid, commonGrid);
    const auto marked = static_cast<std::size_t>(strongest * commonGrid * commonGrid);
    std::vector<int> votes(a.samples().size(), 0);
    for (const Plane<float> *map : {&a, &b}) {
        const std::vector<std::size_t> order = orderOf(*map);
        for (const std::size_t cell : std::span(order).first(marked))
            ++votes[cell];
    }
    const auto both = static_cast<double>(std::ranges::count(votes, 2));
    return {both / (2.0 * static_cast<double>(marked) - both), rankCorrelation(a.samples(), b.samples())};
}

Result<MapQuality> measureQuality(const Plane<float> &input, const ActivationMap &map,
                                  const QualityTools &tools, const Progress &progress,
                                  const std::stop_token &stop)
{
    MapQuality quality;
    const struct {
        HidingTest &test;
        std::optional<MapMethod> method; // empty: the map itself
        Plane<float> *kept;
    } tests[] = {{quality.hiding, {}, nullptr},
                 {quality.random, MapMethod::Random, &quality.nulls.random},
                 {quality.sobel, MapMethod::Sobel, &quality.nulls.sobel}};
    double from = 0;
    for (const auto &[test, method, kept] : tests) {
        Result<Plane<float>> values = method ? tools.map(input, *method) : Result<Plane<float>>(map.values);
        if (!values)
            return tl::unexpected(values.error());
        auto tested = testByHiding(input, *values, tools, partOf(progress, from, from + 0.2), stop);
        if (!tested)
            return tl::unexpected(tested.error());
        test = std::move(*tested);
        if (kept != nullptr)
            *kept = std::move(*values);
        from += 0.2;
    }
    if (tools.randomised) {
        const auto random = tools.randomised();
        if (!random)
            return tl::unexpected(random.error());
        for (const RandomisedMap &step : *random)
            quality.randomisation.push_back({step.down, correlationOf(map.values, step.values)});
    }
    const auto repeated = repeatabilityOf(input, map, tools, partOf(progress, 0.8, 1), stop);
    if (!repeated)
        return tl::unexpected(repeated.error());
    quality.repeatability = *repeated;
    return quality;
}

std::string verdictOf(const MapQuality &quality)
{
    const double score = quality.hiding.score();
    if (score <= quality.sobel.score() + hardlyBetter)
        return "No better than an edge detector on this film: hiding what it marks changes the reading no "
               "more.";
    if (score <= quality.random.score() + hardlyBetter)
        return "No better on this film than channels added at random.";
    // Random weights should leave nothing of the map.
    if (!quality.randomisation.empty() && quality.randomisation.back().correlation > hardlyChanged)
        return "It stays much the same when all weights are random: it shows the film, not what was learned.";
    if (!(quality.repeatability.noise > hardlyRepeated) || !(quality.repeatability.shift > hardlyRepeated))
        return "It changes when the film hardly does: don't trust its details.";
    double fifth = 0; // how far the probability falls when the strongest fifth is hidden
    for (const HidingCurve &curve : quality.hiding.deletion)
        fifth += (curve.probability.front() - curve.probability[hidingSteps / 5])
            / static_cast<double>(quality.hiding.deletion.size());
    if (fifth < 0)
        return "Better than both null maps on this film, though hiding the strongest fifth of it raises the "
               "probability.";
    return "Better than both null maps on this film: hiding the strongest fifth of it lowers the probability "
           "by "
        + percentagePoints(fifth) + ".";
}

} // namespace hilum
