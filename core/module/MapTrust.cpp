// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/module/MapTrust.h"

#include "core/explain/OfferedMethods.h"
#include "core/imaging/LungMask.h"

#include <algorithm>

namespace hilum {

namespace {

// The map that the other network makes of the same class, by the same method, at its last stage.
Result<MapAgreement> agreementWith(Classifier &other, const TrustQuestion &question,
                                   const std::stop_token &stop)
{
    ExplainRequest request = question.request;
    request.readings.clear();
    request.stage.reset(); // stages of other networks have other names
    const auto &classes = other.card().classes;
    const auto same = std::ranges::find(classes, question.map.label);
    if (same == classes.end())
        return fail(ErrorCode::UsageWrong,
                    other.card().id + ": expected a network that knows " + question.map.label);
    request.classIndex = static_cast<int>(same - classes.begin());
    if (const auto offered = checkOffered(other.card(), request.method); !offered)
        return tl::unexpected(offered.error());
    const auto input = prepare(*question.film, question.frame, other.card().input);
    if (!input)
        return tl::unexpected(input.error());
    const auto explained = other.explain(*input, request, {}, stop);
    if (!explained)
        return tl::unexpected(explained.error());
    return agreementOf(question.map.values, explained->map.values);
}

QualityTools toolsFor(const TrustQuestion &question, const std::stop_token &stop)
{
    const auto &classes = question.classifier.card().classes;
    // Of the class under test, also where the perturbed film would be read as another.
    ExplainRequest again = question.request;
    again.classIndex = static_cast<int>(std::ranges::find(classes, question.map.label) - classes.begin());
    again.readings.clear();
    QualityTools tools;
    tools.read = [&](std::span<const Plane<float>> inputs) { return question.classifier.readMany(inputs); };
    tools.temperature = question.classifier.card().temperature;
    tools.classIndex = *again.classIndex;
    tools.map
        = [&question, again, stop](const Plane<float> &input, MapMethod method) -> Result<Plane<float>> {
        ExplainRequest request = again;
        request.method = method;
        if (!factsOf(method).readsStage)
            request.stage.reset();
        if (!factsOf(method).readsClass)
            request.sign = MapSign::Positive;
        auto explained = question.classifier.explain({input, question.input.map, 0, 0}, request, {}, stop);
        if (!explained)
            return tl::unexpected(explained.error());
        return std::move(explained->map.values);
    };
    if (question.classifier.card().imported)
        return tools; // its weights can't be changed
    tools.randomised = [&question, again, stop] {
        return question.classifier.randomised(question.input, again, {}, stop);
    };
    return tools;
}

} // namespace

Result<MapQuality> measureTrust(const TrustQuestion &question, const Progress &progress,
                                const std::stop_token &stop)
{
    auto quality
        = measureQuality(question.input.values, question.map, toolsFor(question, stop), progress, stop);
    if (!quality)
        return quality;
    if (question.other != nullptr) {
        const auto agreement = agreementWith(*question.other, question, stop);
        if (!agreement)
            return tl::unexpected(agreement.error());
        quality->agreement = *agreement;
    }
    if (question.lungs != nullptr) {
        const auto mask = lungMask(*question.lungs, *question.film);
        if (!mask)
            return tl::unexpected(mask.error());
        quality->lungs = lungShares(*mask, question.map, quality->nulls);
    }
    return quality;
}

} // namespace hilum
