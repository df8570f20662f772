// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/guest/GuestChecks.h"

#include "core/codec/PathText.h"
#include "core/guest/NativeWeights.h"
#include "core/phantom/Phantom.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <utility>

namespace hilum {

namespace {

constexpr double sameProbability = 1e-6; // differences below are rounding
constexpr double sumTolerance = 1e-3;
constexpr std::array otherSizes{224, 256, 299, 320, 384, 512, 448, 192, 160, 128, 112, 96, 64, 32};

using Fault = tl::unexpected<GuestFault>;

Fault fault(CardField field, ErrorCode code, std::string detail)
{
    return Fault(GuestFault{field, Error{code, std::move(detail)}});
}

std::string number(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return text;
}

std::string channelsText(ChannelOrder channels)
{
    switch (channels) {
    case ChannelOrder::Rgb:
        return "three channels (rgb)";
    case ChannelOrder::Bgr:
        return "three channels (bgr)";
    case ChannelOrder::Grey:
        break;
    }
    return "one channel (grey)";
}

// Small ones: a few hundredths of a second each.
std::vector<Film> unlikeFilms()
{
    std::vector<Film> films;
    const auto add = [&](PhantomFinding finding, std::uint64_t seed) {
        PhantomSpec spec;
        spec.columns = 300;
        spec.rows = 358;
        spec.pixelMm = 1.2;
        spec.seed = seed;
        spec.finding = finding;
        films.push_back(simulateFilm(spec).film);
    };
    add(PhantomFinding::None, 1);
    add(PhantomFinding::Consolidation, 2);
    add(PhantomFinding::PatchyOpacities, 3);
    Film negative = films.front();
    negative.photometric = Photometric::Monochrome1;
    films.push_back(std::move(negative));
    return films;
}

std::vector<double> probabilitiesOf(const std::vector<float> &logits)
{
    const auto most = static_cast<double>(*std::ranges::max_element(logits));
    std::vector<double> shares;
    double sum = 0;
    for (const float logit : logits)
        sum += shares.emplace_back(std::exp(static_cast<double>(logit) - most));
    for (double &share : shares)
        share /= sum;
    return shares;
}

bool isFinite(std::span<const float> values)
{
    return std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
}

bool areShares(std::span<const float> values)
{
    double sum = 0;
    for (const float value : values) {
        if (!(value >= -1e-6F && value <= 1 + 1e-6F))
            return false;
        sum += static_cast<double>(value);
    }
    return std::abs(sum - 1) < sumTolerance;
}

class Check {
public:
    Check(const GuestFiles &files, const ModelCard &card, const GuestOptions &options)
        : m_files(files)
        , m_card(card)
        , m_process(files, options)
    {
    }

    tl::expected<GuestReport, GuestFault> all(const Film *film)
    {
        if (auto ready = m_process.prepare(); !ready) {
            const bool isOfHead
                = !m_files.head.empty() && ready.error().detail.starts_with(pathText(m_files.head) + ": ");
            return Fault(GuestFault{isOfHead ? CardField::Head : CardField::File, ready.error()});
        }
        const std::vector<Film> films = unlikeFilms();
        for (const Film &one : films) {
            auto square = squareOf(one, 0, m_card.input.size, m_card.input.crop);
            if (!square)
                return fault(CardField::Size, square.error().code, square.error().detail);
            m_squares.push_back(std::move(*square));
        }
        GuestReport report;
        std::vector<std::vector<float>> outputs;
        for (const ModelInput &square : m_squares) {
            auto output = outputOf(square, report);
            if (!output)
                return Fault(output.error());
            outputs.push_back(std::move(*output));
        }
        if (auto well = checkNumbers(outputs); !well)
            return Fault(well.error());
        if (auto again = outputOf(m_squares.front(), report); again && *again != outputs.front()) {
            if (!areAlmostEqual(*again, outputs.front()))
                return fault(CardField::File, ErrorCode::ModelMismatch,
                             name()
                                 + ": expected the same answer to the same film, found another the second "
                                   "time: it was exported while training (call eval() before tracing)");
        }
        report.spread = spreadOf(outputs);
        if (report.spread <= sameProbability)
            return fault(CardField::Values, ErrorCode::ModelMismatch, saturatedText(outputs.size()));
        report.probabilities = probabilitiesOf(guestLogits(outputs.front(), m_card.imported->outputs));
        return film == nullptr ? report : onFilm(*film, std::move(report));
    }

private:
    std::string name() const { return pathText(m_files.model); }

    Plane<float> valuesOf(const ModelInput &square, const InputSpec &spec) const
    {
        Plane<float> values = square.values;
        applySpec(values, spec, square.black, square.white);
        return values;
    }

    // Through both parts.
    Result<GuestTensor> runAll(const GuestTensor &input, GuestReport *report)
    {
        auto output = m_process.run(GuestPart::Model, input);
        if (!output || m_files.head.empty())
            return output;
        if (output->shape.size() != 4)
            return fail(ErrorCode::ModelMismatch,
                        name()
                            + ": expected an activation of 1 x channels x height x width from the "
                              "features, found "
                            + shapeText(output->shape));
        if (report != nullptr)
            report->activation = shapeText(std::span(output->shape).subspan(1));
        return m_process.run(GuestPart::OnTop, *output);
    }

    tl::expected<std::vector<float>, GuestFault> outputOf(const ModelInput &square, GuestReport &report)
    {
        const auto start = std::chrono::steady_clock::now();
        auto output = runAll(guestInput(valuesOf(square, m_card.input), m_card.input), &report);
        if (!output)
            return Fault(whyRefused(output.error()));
        report.milliseconds
            = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
        const std::size_t classes = m_card.classes.size();
        const std::string expected = "1 x " + std::to_string(classes);
        if (output->shape.size() != 2 || output->shape[0] != 1)
            return fault(CardField::File, ErrorCode::ModelMismatch,
                         name() + ": expected an answer of " + expected
                             + " (one number for each class), found " + shapeText(output->shape));
        if (output->values.size() != classes) {
            std::string detail = name() + ": expected " + std::to_string(classes)
                + " answers, one for each class of the card, found " + std::to_string(output->values.size());
            if (output->values.size() == 1)
                detail
                    += ": a network with one answer has to be exported with two, x and 0 before the sigmoid";
            return fault(CardField::Classes, ErrorCode::ModelMismatch, detail);
        }
        return std::move(output->values);
    }

    bool takes(const InputSpec &spec)
    {
        const Plane<float> flat(spec.size, spec.size);
        return runAll(guestInput(flat, spec), nullptr).has_value();
    }

    // What else the card could say, found by trying.
    GuestFault whyRefused(const Error &error)
    {
        // A network that crashed or never ends is not asked again and again.
        if (error.detail.find(guestRefused) == std::string::npos)
            return {CardField::File, error};
        InputSpec other = m_card.input;
        other.channels = other.channels == ChannelOrder::Grey ? ChannelOrder::Rgb : ChannelOrder::Grey;
        if (takes(other))
            return {CardField::Channels,
                    {error.code,
                     error.detail + "; the card says " + channelsText(m_card.input.channels)
                         + ", but the network takes " + channelsText(other.channels)}};
        for (const ChannelOrder channels : {m_card.input.channels, other.channels}) {
            other.channels = channels;
            for (const int size : otherSizes) {
                other.size = size;
                if (size == m_card.input.size || !takes(other))
                    continue;
                return {CardField::Size,
                        {error.code,
                         error.detail + "; the card says a size of " + std::to_string(m_card.input.size)
                             + ", but the network takes " + std::to_string(size)
                             + (channels == m_card.input.channels ? "" : " and " + channelsText(channels))}};
            }
        }
        const bool isOfHead = !m_files.head.empty() && error.detail.starts_with(pathText(m_files.head));
        return {isOfHead ? CardField::Head : CardField::File, error};
    }

    tl::expected<void, GuestFault> checkNumbers(const std::vector<std::vector<float>> &outputs)
    {
        float low = outputs.front().front();
        float high = low;
        bool allShares = true;
        bool eachIsShare = true;
        double sum = 1;
        for (const std::vector<float> &output : outputs) {
            if (!isFinite(output))
                return fault(CardField::Values, ErrorCode::ModelMismatch,
                             name()
                                 + ": expected finite numbers, found NaN or infinity for a simulated film: "
                                   "the network is damaged, or the values it is fed are on the wrong scale"
                                 + betterValues());
            double total = 0;
            for (const float value : output) {
                low = std::min(low, value);
                high = std::max(high, value);
                total += static_cast<double>(value);
            }
            if (std::abs(total - 1) >= std::abs(sum - 1))
                sum = total;
            allShares = allShares && areShares(output);
            eachIsShare = eachIsShare && low >= 0 && high <= 1;
        }
        if (m_card.imported->outputs == NetworkOutputs::Probabilities && !allShares) {
            std::string detail = name()
                + ": outputs: expected probabilities that sum to 1, found numbers from "
                + number(static_cast<double>(low)) + " to " + number(static_cast<double>(high))
                + " that sum to " + number(sum);
            detail += eachIsShare
                ? ": a network that gives several findings at once, each from 0 to 1, is not read by Hilum"
                : ": the card should say logits";
            return fault(CardField::Outputs, ErrorCode::ModelMismatch, detail);
        }
        if (m_card.imported->outputs == NetworkOutputs::AnyNumbers && allShares)
            return fault(CardField::Outputs, ErrorCode::ModelMismatch,
                         name()
                             + ": outputs: expected logits, found numbers from 0 to 1 that sum to 1 for "
                               "every film: the card should say probabilities");
        return {};
    }

    static bool areAlmostEqual(const std::vector<float> &a, const std::vector<float> &b)
    {
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (std::abs(a[i] - b[i]) > 1e-3F * std::max(1.0F, std::abs(a[i])))
                return false;
        }
        return true;
    }

    double spreadOf(const std::vector<std::vector<float>> &outputs) const
    {
        double spread = 0;
        const auto first = probabilitiesOf(guestLogits(outputs.front(), m_card.imported->outputs));
        for (const std::vector<float> &output : outputs) {
            const auto other = probabilitiesOf(guestLogits(output, m_card.imported->outputs));
            for (std::size_t c = 0; c < first.size(); ++c)
                spread = std::max(spread, std::abs(first[c] - other[c]));
        }
        return spread;
    }

    std::string saturatedText(std::size_t films)
    {
        return name() + ": expected other answers to other films, found the same to " + std::to_string(films)
            + " simulated films that are unlike each other: the values that the network is fed are on the "
              "wrong "
              "scale, or it has learned nothing"
            + betterValues();
    }

    // Of the usual values, those that give finite and different answers: what the card may have meant.
    std::string betterValues()
    {
        std::string found;
        for (const ValuesPreset &preset : valuesPresets()) {
            InputSpec spec = m_card.input;
            spec.standardise = preset.standardise;
            spec.mean = preset.mean;
            spec.deviation = preset.deviation;
            std::vector<std::vector<float>> outputs;
            for (const ModelInput &square : m_squares) {
                auto output = runAll(guestInput(valuesOf(square, spec), spec), nullptr);
                if (output && output->values.size() == m_card.classes.size() && isFinite(output->values))
                    outputs.push_back(std::move(output->values));
            }
            if (outputs.size() == m_squares.size() && spreadOf(outputs) > 1e-3)
                found += (found.empty() ? "; answers differ with " : " or with ") + preset.title;
        }
        return found;
    }

    tl::expected<GuestReport, GuestFault> onFilm(const Film &film, GuestReport report)
    {
        const auto input = prepare(film, 0, m_card.input);
        if (!input)
            return fault(CardField::Size, input.error().code, input.error().detail);
        auto output = runAll(guestInput(input->values, m_card.input), nullptr);
        if (!output)
            return Fault(GuestFault{CardField::File, output.error()});
        report.probabilities = probabilitiesOf(guestLogits(output->values, m_card.imported->outputs));
        return report;
    }

    const GuestFiles &m_files;
    const ModelCard &m_card;
    GuestProcess m_process;
    std::vector<ModelInput> m_squares;
};

} // namespace

tl::expected<GuestReport, GuestFault> checkGuest(const GuestFiles &files, const ModelCard &card,
                                                 const Film *film, const GuestOptions &options)
{
    if (card.imported)
        return Check(files, card, options).all(film);
    const auto weights = readNativeWeights(files.model);
    if (!weights)
        return tl::unexpected(GuestFault{CardField::File, weights.error()});
    return checkNative(*weights, card, files.model);
}

} // namespace hilum
