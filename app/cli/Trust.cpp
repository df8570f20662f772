// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Trust.h"

#include "core/imaging/ModalityValues.h"

#include <algorithm>
#include <cmath>

namespace hilum::cli {

namespace {

Json numberOr(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string nameOf(Reference reference)
{
    switch (reference) {
    case Reference::Mean:
        return "mean";
    case Reference::Black:
        return "black";
    case Reference::Blurred:
        break;
    }
    return "blurred";
}

Json curvesOf(const std::vector<HidingCurve> &curves)
{
    Json all = Json::object();
    for (const HidingCurve &curve : curves)
        all[nameOf(curve.reference)] = {{"auc", curve.area}, {"probability", curve.probability}};
    return all;
}

Json jsonOf(const HidingTest &test)
{
    return {{"score", test.score()},
            {"share", test.deletion.empty() ? std::vector<double>() : test.deletion.front().share},
            {"deletion", curvesOf(test.deletion)},
            {"insertion", curvesOf(test.insertion)}};
}

// The mask's part that the network saw, 0 to 1.
Result<Plane<float>> maskOf(const Film &lungs, const Film &film, const InputMap &seen)
{
    if (lungs.columns != film.columns || lungs.rows != film.rows)
        return fail(ErrorCode::UsageWrong,
                    "--lungs: expected a mask of " + std::to_string(film.columns) + " x "
                        + std::to_string(film.rows) + " pixels, found " + std::to_string(lungs.columns)
                        + " x " + std::to_string(lungs.rows));
    // Whatever the mask's white is, 1 or 255 or 65535: half of it parts lungs from the rest.
    const Plane<float> values = modalityValues(lungs, 0);
    const float white = std::max(std::ranges::max(values.samples()), 1e-6F);
    Plane<float> mask(seen.width, seen.height);
    for (int y = 0; y < seen.height; ++y) {
        for (int x = 0; x < seen.width; ++x)
            mask.at(x, y) = values.at(seen.left + x, seen.top + y) / white;
    }
    return mask;
}

} // namespace

Result<MapQuality> measureTrust(const TrustQuestion &question, const Progress &progress)
{
    const ActivationMap &map = question.explanation.map;
    const auto &classes = question.classifier.card().classes;
    const auto classIndex = static_cast<int>(std::ranges::find(classes, map.label) - classes.begin());
    QualityTools tools;
    tools.read = [&](std::span<const Plane<float>> inputs) { return question.classifier.readMany(inputs); };
    tools.temperature = question.classifier.card().temperature;
    tools.classIndex = classIndex;
    // Of the class under test, also where the perturbed film would be read as another.
    ExplainRequest again = question.request;
    again.classIndex = classIndex;
    again.readings.clear();
    tools.map = [&, again](const Plane<float> &input, MapMethod method) -> Result<Plane<float>> {
        ExplainRequest request = again;
        request.method = method;
        if (!factsOf(method).readsStage)
            request.stage.reset();
        if (!factsOf(method).readsClass)
            request.sign = MapSign::Positive;
        auto explained = question.classifier.explain({input, question.input.map, 0, 0}, request, {}, {});
        if (!explained)
            return tl::unexpected(explained.error());
        return std::move(explained->map.values);
    };
    tools.randomised = [&, again] { return question.classifier.randomised(question.input, again, {}, {}); };
    auto quality = measureQuality(question.input.values, map, tools, progress, {});
    if (!quality)
        return quality;
    if (question.other != nullptr) {
        ExplainRequest request = again;
        const auto &others = question.other->card().classes;
        const auto same = std::ranges::find(others, map.label);
        if (same == others.end())
            return fail(ErrorCode::UsageWrong,
                        "--other: expected a network that knows " + map.label + ", found "
                            + question.other->card().id);
        request.classIndex = static_cast<int>(same - others.begin());
        request.stage.reset(); // stages of other networks have other names
        const auto input = prepare(*question.film, question.frame, question.other->card().input);
        if (!input)
            return tl::unexpected(input.error());
        const auto explained = question.other->explain(*input, request, {}, {});
        if (!explained)
            return tl::unexpected(explained.error());
        quality->agreement = agreementOf(map.values, explained->map.values);
    }
    if (question.lungs != nullptr) {
        const auto mask = maskOf(*question.lungs, *question.film, map.map);
        if (!mask)
            return tl::unexpected(mask.error());
        quality->shareInLungs = shareInside(map.values, *mask);
    }
    return quality;
}

Json trustJson(const MapQuality &quality, const std::string &otherId)
{
    Json steps = Json::array();
    for (const RandomisationStep &step : quality.randomisation)
        steps.push_back({{"down", step.down}, {"correlation", numberOr(step.correlation)}});
    Json result = jsonOf(quality.hiding);
    result["null"] = {{"random", jsonOf(quality.random)}, {"sobel", jsonOf(quality.sobel)}};
    result["randomisation"] = steps;
    result["repeatability"] = {{"noise", numberOr(quality.repeatability.noise)},
                               {"shift", numberOr(quality.repeatability.shift)}};
    result["agreement"] = quality.agreement
        ? Json{{"model", otherId},
               {"iou", quality.agreement->overlap},
               {"rankCorrelation", numberOr(quality.agreement->correlation)}}
        : Json(nullptr);
    result["shareInLungs"] = quality.shareInLungs ? numberOr(*quality.shareInLungs) : Json(nullptr);
    result["verdict"] = verdictOf(quality);
    return result;
}

} // namespace hilum::cli
