// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/compare/FilmComparison.h"

#include "core/imaging/Stamp.h"
#include "core/report/Csv.h"
#include "core/report/EvaluationReport.h"

#include <nlohmann/json.hpp>

namespace hilum {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t shortHash = 12;

} // namespace

std::array<std::string, 2> FilmComparison::names() const
{
    if (models[0].id == models[1].id)
        return {models[0].id + "-1", models[1].id + "-2"};
    return {models[0].id, models[1].id};
}

std::string FilmComparison::className(int label) const
{
    return label < 0 ? std::string() : classes[static_cast<std::size_t>(label)];
}

std::string FilmComparison::provenance() const
{
    std::string text;
    for (const ComparedModel &model : models)
        text += (text.empty() ? "" : ", ") + model.id + " " + model.weightsSha256.substr(0, shortHash);
    return text;
}

std::string comparisonTable(const FilmComparison &comparison)
{
    const auto names = comparison.names();
    std::string text = "film,group,source,truth,disagreement,agree";
    for (const std::string &name : names)
        text += "," + csvField("call_" + name);
    for (const std::string &name : names) {
        for (const std::string &label : comparison.classes)
            text += "," + csvField("p_" + label + "_" + name);
    }
    for (const std::string &name : names)
        text += "," + csvField("weights_" + name);
    text += ",software,notice\n";
    std::string tail;
    for (const ComparedModel &model : comparison.models)
        tail += "," + model.weightsSha256.substr(0, shortHash);
    tail += "," + csvField(comparison.software) + "," + csvField(notForDiagnosis) + "\n";
    for (const TwiceReadFilm &film : comparison.read) {
        text += csvField(film.film) + "," + csvField(film.group) + "," + csvField(film.source) + ","
            + csvField(comparison.className(film.truth)) + "," + csvNumber(film.disagreement()) + ","
            + (film.firstCall() == film.secondCall() ? "1" : "0");
        for (const int call : {film.firstCall(), film.secondCall()})
            text += "," + csvField(comparison.className(call));
        for (const auto *probabilities : {&film.first, &film.second}) {
            for (const double p : *probabilities)
                text += "," + csvNumber(p);
        }
        text += tail;
    }
    return text;
}

std::string comparisonReport(const FilmComparison &comparison, const ModelComparison &statistics)
{
    const auto model = [](const ComparedModel &one) {
        Json json{{"id", one.id}, {"weightsSha256", one.weightsSha256}};
        if (one.operatingPoint)
            json["operatingPoint"] = *one.operatingPoint;
        return json;
    };
    Json unread = Json::array();
    for (const UnreadFilm &film : comparison.unread)
        unread.push_back({{"film", film.name}, {"error", film.error.detail}});
    Json report{{"films", comparison.films},
                {"first", model(comparison.models[0])},
                {"second", model(comparison.models[1])},
                {"software", comparison.software},
                {"notice", notForDiagnosis},
                {"failed", comparison.unread.size()},
                {"unread", unread}};
    if (comparison.stoppedBefore > 0)
        report["stoppedBefore"] = comparison.stoppedBefore;
    report.update(Json::parse(comparisonJson(statistics, comparison.classes)));
    return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace hilum
