// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Trust.h"

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

Json jsonOf(const LungShares &lungs, const std::string &mask)
{
    const auto share
        = [](const std::optional<double> &value) { return value ? numberOr(*value) : Json(nullptr); };
    return {{"mask", mask},
            {"area", lungs.area},
            {"heat", numberOr(lungs.heat)},
            {"random", share(lungs.random)},
            {"sobel", share(lungs.sobel)}};
}

} // namespace

Json trustJson(const MapQuality &quality, const std::string &otherId, const std::string &lungMask)
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
    result["shareInLungs"] = quality.lungs ? numberOr(quality.lungs->heat) : Json(nullptr);
    result["lungs"] = quality.lungs ? jsonOf(*quality.lungs, lungMask) : Json(nullptr);
    result["verdict"] = verdictOf(quality);
    return result;
}

} // namespace hilum::cli
