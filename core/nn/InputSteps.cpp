// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/InputSteps.h"

#include "core/imaging/Colour.h"
#include "core/imaging/ModalityValues.h"
#include "core/imaging/Samples.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <span>

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
    const auto channels = static_cast<std::size_t>(film.samplesPerPixel);
    visitFrame(film, frame, [&](auto samples) {
        for (std::size_t i = 0; i < stored.samples().size(); ++i)
            stored.samples()[i] = static_cast<float>(samples[i * channels]);
    });
    return stored;
}

std::string decodedText(const Film &film)
{
    std::string text = "As stored: " + std::to_string(film.bitsStored) + " bits, "
        + sizeText(film.columns, film.rows) + ".";
    if (film.samplesPerPixel > 1)
        text += " The first of " + std::to_string(film.samplesPerPixel) + " channels is drawn.";
    return text;
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

InputMap wholeOf(const Film &film) { return {film.columns, film.rows, 0, 0, film.columns, film.rows}; }

struct Facts {
    float low = 0;
    float high = 0;
    double sum = 0;
};

// Eight lanes: in one, each comparison waits for the one before.
Facts factsOf(std::span<const float> values)
{
    constexpr std::size_t lanes = 8;
    std::array<float, lanes> low{};
    std::array<float, lanes> high{};
    std::array<double, lanes> sum{};
    low.fill(values.front());
    high.fill(values.front());
    std::size_t i = 0;
    for (; i + lanes <= values.size(); i += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const float value = values[i + lane];
            low[lane] = value < low[lane] ? value : low[lane];
            high[lane] = value > high[lane] ? value : high[lane];
            sum[lane] += static_cast<double>(value);
        }
    }
    Facts facts{std::ranges::min(low), std::ranges::max(high), std::accumulate(sum.begin(), sum.end(), 0.0)};
    for (; i < values.size(); ++i) {
        facts.low = std::min(facts.low, values[i]);
        facts.high = std::max(facts.high, values[i]);
        facts.sum += static_cast<double>(values[i]);
    }
    return facts;
}

InputStep described(InputStepKind kind, const char *name, std::string what, Plane<float> values,
                    const InputMap &covers, bool isOfShown)
{
    const auto [low, high, sum] = factsOf(values.samples());
    const double mean = sum / static_cast<double>(values.samples().size());
    return {kind, name, std::move(what), std::move(values), covers, low, high, mean, isOfShown};
}

std::string standardisedText(const InputSpec &spec, const ModelInput &square, double meanBefore)
{
    if (spec.standardise == Standardise::PerFilm)
        return "The mean, " + number(meanBefore) + ", became 0 and the standard deviation 1.";
    if (spec.equalise)
        return "Nothing more: equalised greys are from 0 to 1.";
    return "Grey from 0 to 1, from black " + number(static_cast<double>(square.black)) + " to white "
        + number(static_cast<double>(square.white)) + ".";
}

// Empty: the network is fed the standardised values themselves.
std::string channelsText(const InputSpec &spec)
{
    const InputSpec plain;
    if (spec.channels == plain.channels && spec.mean == plain.mean && spec.deviation == plain.deviation)
        return {};
    const auto less = [&](std::size_t colour) {
        return "less " + number(static_cast<double>(spec.mean[colour])) + ", over "
            + number(static_cast<double>(spec.deviation[colour]));
    };
    if (spec.channels == ChannelOrder::Grey)
        return "Each value " + less(0) + ".";
    const bool isRgb = spec.channels == ChannelOrder::Rgb;
    return std::string("Three channels of the same grey, ")
        + (isRgb ? "red, green, blue" : "blue, green, red") + ": red " + less(0) + "; green " + less(1)
        + "; blue " + less(2) + ". The first is drawn.";
}

std::string shownText(const Film &film, const FedShown &shown)
{
    return "What the view shows, " + lookText(shown.look, !film.isColour()) + ": 256 greys.";
}

} // namespace

Result<void> visitInputSteps(const Film &film, int frame, const InputSpec &spec,
                             const std::optional<FedShown> &shown, const InputStepTaker &take)
{
    // What is prepared: the film, or what is shown of it.
    const Film &fed = shown ? *shown->film : film;
    const int fedFrame = shown ? 0 : frame;
    const auto square = squareOf(fed, fedFrame, spec.size, spec.crop);
    if (!square)
        return tl::unexpected(square.error());
    const InputMap part = square->map;
    using enum InputStepKind;
    double mean = 0; // of the step before
    const auto give = [&](InputStepKind kind, const char *name, std::string what, Plane<float> values,
                          const InputMap &covers) {
        const bool isOfShown = shown && kind != Decoded && kind != Modality;
        InputStep step = described(kind, name, std::move(what), std::move(values), covers, isOfShown);
        mean = step.mean;
        return take(std::move(step));
    };
    const int decodedFrame = shown ? shown->look.frame : frame;
    if (!give(Decoded, "decoded", decodedText(film), storedValues(film, decodedFrame), wholeOf(film)))
        return {};
    if (!give(Modality, "modality", modalityText(film), modalityValues(film, decodedFrame), wholeOf(film)))
        return {};
    Plane<float> cut;
    {
        Plane<float> displayed = displayedValues(fed, fedFrame);
        cut = cutOut(displayed, part);
        const bool goesOn = shown
            ? give(Shown, "shown", shownText(film, *shown), std::move(displayed), wholeOf(fed))
            : give(Polarity, "polarity", polarityText(film), std::move(displayed), wholeOf(fed));
        if (!goesOn)
            return {};
    }
    if (!give(Crop, "crop", cropText(fed, part), std::move(cut), part)
        || !give(Resampled, "resampled", resampleText(part, spec.size), square->values, part))
        return {};
    Plane<float> values = square->values;
    if (spec.equalise) {
        equalise(values);
        if (!give(Equalised, "equalised", "Each grey became the share of the others that are darker.", values,
                  part))
            return {};
    }
    values = square->values;
    applySpec(values, spec, square->black, square->white);
    const std::string text = channelsText(spec);
    if (text.empty()) {
        give(Standardised, "standardised", standardisedText(spec, *square, mean), std::move(values), part);
        return {};
    }
    if (give(Standardised, "standardised", standardisedText(spec, *square, mean), values, part))
        give(Channels, "channels", text, std::move(fedChannels(values, spec).front()), part);
    return {};
}

Result<std::vector<InputStep>> inputSteps(const Film &film, int frame, const InputSpec &spec)
{
    std::vector<InputStep> steps;
    const auto done = visitInputSteps(film, frame, spec, std::nullopt, [&](InputStep &&step) {
        steps.push_back(std::move(step));
        return true;
    });
    if (!done)
        return tl::unexpected(done.error());
    return steps;
}

GreyImage stepPicture(const InputStep &step, int side)
{
    const Plane<float> &values = step.values;
    const int longer = std::max(values.width(), values.height());
    const int block = side > 0 ? (longer + side - 1) / side : 1;
    GreyImage picture((values.width() + block - 1) / block, (values.height() + block - 1) / block);
    const double range = static_cast<double>(step.high) - static_cast<double>(step.low);
    std::vector<double> sums(static_cast<std::size_t>(picture.width()));
    for (int y = 0; y < picture.height(); ++y) {
        const int end = std::min((y + 1) * block, values.height());
        std::ranges::fill(sums, 0.0);
        for (int v = y * block; v < end; ++v) {
            const auto row = values.row(v);
            for (int x = 0; x < values.width(); ++x)
                sums[static_cast<std::size_t>(x / block)]
                    += static_cast<double>(row[static_cast<std::size_t>(x)]);
        }
        for (int x = 0; x < picture.width(); ++x) {
            const int across = std::min((x + 1) * block, values.width()) - x * block;
            const double mean = sums[static_cast<std::size_t>(x)] / (across * (end - y * block));
            const double share = range > 0 ? (mean - static_cast<double>(step.low)) / range : 0;
            picture.at(x, y) = static_cast<std::uint8_t>(std::lround(255 * std::clamp(share, 0.0, 1.0)));
        }
    }
    return picture;
}

std::optional<PlanePoint> pointOnStep(const InputStep &step, int columns, int rows,
                                      const std::optional<ShownPlace> &place, PlanePoint film)
{
    const PlanePoint there = step.isOfShown && place ? place->toShown(film) : film;
    const PlanePoint inside{(there.x - step.part.left) / step.part.width * columns,
                            (there.y - step.part.top) / step.part.height * rows};
    if (inside.x < 0 || inside.y < 0 || inside.x >= columns || inside.y >= rows)
        return std::nullopt;
    return inside;
}

PlanePoint pointOnFilm(const InputStep &step, int columns, int rows, const std::optional<ShownPlace> &place,
                       PlanePoint onStep)
{
    const PlanePoint there{step.part.left + onStep.x / columns * step.part.width,
                           step.part.top + onStep.y / rows * step.part.height};
    return step.isOfShown && place ? place->toFilm(there) : there;
}

double valueAt(const Film &film, int frame, const std::optional<FedShown> &shown, const InputStep &step,
               int x, int y)
{
    const auto modalityAt = [&] {
        if (!film.isColour())
            return toModality(film.modalityTransform, storedValue(film, frame, x, y));
        double luminance = 0;
        const auto pixel = static_cast<std::size_t>(y) * static_cast<std::size_t>(film.columns)
            + static_cast<std::size_t>(x);
        forEachLuminance(film, frame, pixel, 1, [&](std::size_t, double value) { luminance = value; });
        return luminance;
    };
    if (!step.values.empty())
        return static_cast<double>(step.values.at(x, y));
    switch (step.kind) {
    case InputStepKind::Decoded:
        return storedValue(film, frame, x, y);
    case InputStepKind::Modality:
        return modalityAt();
    default:
        break;
    }
    if (step.kind == InputStepKind::Crop) {
        x += step.part.left;
        y += step.part.top;
    }
    if (shown)
        return storedValue(*shown->film, 0, x, y);
    // Padding is as dark as the darkest pixel of the film: nothing on the step is darker.
    if (film.padding && !film.isColour() && isPadding(film, storedValue(film, frame, x, y)))
        return static_cast<double>(step.low);
    return film.highIsBlack() ? -modalityAt() : modalityAt();
}

} // namespace hilum
