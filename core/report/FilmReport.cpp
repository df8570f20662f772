// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/FilmReport.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace hilum {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char *kind = "hilum-film-report";

Json orNull(const std::string &text) { return text.empty() ? Json(nullptr) : Json(text); }

std::string textOf(const Json &json, const char *key)
{
    const auto &value = json.at(key);
    return value.is_null() ? std::string() : value.get<std::string>();
}

Json jsonOf(const ReportedNetwork &network)
{
    Json classes = Json::array();
    for (const ReportedClass &one : network.classes)
        classes.push_back({{"class", one.label},
                           {"probability", one.probability},
                           {"low", one.band ? Json(one.band->low) : Json(nullptr)},
                           {"high", one.band ? Json(one.band->high) : Json(nullptr)}});
    const ReportedClass *call = network.call();
    return {{"id", network.id},
            {"title", network.title},
            {"version", network.version},
            {"weightsSha256", network.weightsSha256},
            {"trainingData", network.trainingData},
            {"limits", network.limits},
            {"heldOut",
             network.heldOut ? Json{{"films", network.heldOut->films}, {"right", network.heldOut->right}}
                             : Json(nullptr)},
            {"calibration", network.calibration},
            {"band", network.band},
            {"call", call ? Json(call->label) : Json(nullptr)},
            {"classes", classes},
            {"error", orNull(network.error)},
            {"map",
             {{"picture", orNull(network.mapPicture)},
              {"title", network.mapTitle},
              {"none", orNull(network.noMap)}}},
            {"saw", {{"picture", orNull(network.sawPicture)}, {"what", network.saw}}}};
}

ReportedNetwork networkOf(const Json &json)
{
    ReportedNetwork network{textOf(json, "id"),
                            textOf(json, "title"),
                            textOf(json, "version"),
                            textOf(json, "weightsSha256"),
                            textOf(json, "trainingData"),
                            textOf(json, "limits"),
                            {},
                            textOf(json, "calibration"),
                            textOf(json, "band"),
                            {},
                            textOf(json, "error"),
                            textOf(json.at("map"), "picture"),
                            textOf(json.at("map"), "title"),
                            textOf(json.at("map"), "none"),
                            textOf(json.at("saw"), "picture"),
                            textOf(json.at("saw"), "what")};
    if (const Json &heldOut = json.at("heldOut"); !heldOut.is_null())
        network.heldOut = {heldOut.at("films").get<int>(), heldOut.at("right").get<int>()};
    for (const Json &one : json.at("classes")) {
        ReportedClass read{textOf(one, "class"), one.at("probability").get<double>(), {}};
        if (!one.at("low").is_null())
            read.band = {one.at("low").get<double>(), one.at("high").get<double>()};
        network.classes.push_back(std::move(read));
    }
    return network;
}

FilmReport reportOf(const Json &json)
{
    const Json &film = json.at("film");
    const Json &gate = json.at("gate");
    FilmReport report{textOf(json, "software"),
                      textOf(json, "notice"),
                      textOf(film, "name"),
                      textOf(film, "file"),
                      textOf(film, "sha256"),
                      textOf(film, "format"),
                      film.at("columns").get<int>(),
                      film.at("rows").get<int>(),
                      film.at("bits").get<int>(),
                      film.at("frame").get<int>(),
                      film.at("frames").get<int>(),
                      textOf(film, "modality"),
                      film.at("notices").get<std::vector<std::string>>(),
                      textOf(film, "picture"),
                      textOf(gate, "reason"),
                      gate.at("shownAnyway").get<bool>(),
                      textOf(json.at("explained"), "class"),
                      textOf(json.at("explained"), "method"),
                      {}};
    for (const Json &network : json.at("networks"))
        report.networks.push_back(networkOf(network));
    return report;
}

} // namespace

const ReportedClass *ReportedNetwork::call() const
{
    const auto found = std::ranges::max_element(classes, {}, &ReportedClass::probability);
    return found == classes.end() ? nullptr : &*found;
}

std::string filmReportJson(const FilmReport &report)
{
    Json networks = Json::array();
    for (const ReportedNetwork &network : report.networks)
        networks.push_back(jsonOf(network));
    const Json json{{"kind", kind},
                    {"schemaVersion", 1},
                    {"software", report.software},
                    {"notice", report.notice},
                    {"film",
                     {{"name", report.name},
                      {"file", orNull(report.file)},
                      {"sha256", report.sha256},
                      {"format", report.format},
                      {"columns", report.columns},
                      {"rows", report.rows},
                      {"bits", report.bits},
                      {"frame", report.frame},
                      {"frames", report.frames},
                      {"modality", report.modality},
                      {"notices", report.notices},
                      {"picture", orNull(report.picture)}}},
                    {"gate",
                     {{"accepted", report.refusal.empty()},
                      {"reason", report.refusal},
                      {"shownAnyway", report.isShownAnyway}}},
                    {"explained", {{"class", orNull(report.label)}, {"method", report.method}}},
                    {"networks", networks}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<FilmReport> readFilmReport(const std::filesystem::path &file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be opened for reading");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded() || !json.is_object())
        return fail(ErrorCode::DataCorrupt, file.string() + ": expected a JSON object, found none");
    const std::string found = json.contains("kind") ? json["kind"].dump() : "no key \"kind\"";
    if (json.value("kind", Json()) != kind)
        return fail(ErrorCode::DataCorrupt, file.string() + ": expected a report of a film, found " + found);
    try {
        return reportOf(json);
    } catch (const Json::exception &exception) {
        return fail(ErrorCode::DataCorrupt, file.string() + ": " + exception.what());
    }
}

} // namespace hilum
