// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/batch/JournalLines.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace hilum {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t mostFilms = 100'000'000;

std::string lineOf(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json jsonOf(const BatchPlan &plan)
{
    Json models = Json::array();
    for (const BatchModel &model : plan.models)
        models.push_back(
            {{"id", model.id}, {"weightsSha256", model.weightsSha256}, {"classes", model.classes}});
    return {{"kind", "hilum-batch"},       {"schemaVersion", 1},    {"software", plan.software},
            {"notice", plan.notice},       {"films", plan.films},   {"filmsSha256", plan.filmsSha256},
            {"filmCount", plan.filmCount}, {"frame", plan.frame},   {"gate", plan.withGate},
            {"shard", plan.shard},         {"shards", plan.shards}, {"models", models},
            {"paths", plan.paths}};
}

Json jsonOf(const BatchRow &row)
{
    Json json{{"i", row.film}, {"film", row.name}};
    for (const auto &[key, text] : {std::pair{"truth", &row.truth}, std::pair{"group", &row.group},
                                    std::pair{"source", &row.source}, std::pair{"errorCode", &row.errorCode},
                                    std::pair{"error", &row.error}, std::pair{"refusal", &row.refusal}}) {
        if (!text->empty())
            json[key] = *text;
    }
    if (row.errorCode.empty())
        json["p"] = row.probabilities;
    return json;
}

// JSON's own exceptions, of keys and types, become one error.
template <class Function>
auto parsed(const std::string &where, const Function &function) -> Result<decltype(function())>
{
    try {
        return function();
    } catch (const std::exception &problem) {
        return fail(ErrorCode::DataCorrupt, where + ": expected a line of a batch: " + problem.what());
    }
}

} // namespace

Result<BatchPlan> batchPlanOf(const std::string &line, const std::string &where)
{
    return parsed(where, [&] {
        const Json json = Json::parse(line);
        if (json.at("kind") != "hilum-batch")
            throw std::runtime_error("another kind of file");
        BatchPlan plan{json.at("software"),
                       json.at("notice"),
                       json.at("films"),
                       json.at("filmsSha256"),
                       json.at("filmCount"),
                       json.at("frame"),
                       json.at("gate"),
                       json.at("shard"),
                       json.at("shards"),
                       {},
                       {}};
        for (const Json &model : json.at("models"))
            plan.models.push_back({model.at("id"), model.at("weightsSha256"), model.at("classes")});
        plan.paths = json.value("paths", std::vector<std::string>());
        if (plan.filmCount > mostFilms || plan.shards < 1 || plan.shard < 1 || plan.shard > plan.shards)
            throw std::runtime_error("a count out of range");
        return plan;
    });
}

Result<BatchRow> batchRowOf(const std::string &line, const BatchPlan &plan, const std::string &where)
{
    return parsed(where, [&] {
        const Json json = Json::parse(line);
        BatchRow row;
        row.film = json.at("i");
        row.name = json.at("film");
        row.truth = json.value("truth", "");
        row.group = json.value("group", "");
        row.source = json.value("source", "");
        row.errorCode = json.value("errorCode", "");
        row.error = json.value("error", "");
        row.refusal = json.value("refusal", "");
        if (row.errorCode.empty())
            row.probabilities = json.at("p").get<std::vector<std::vector<double>>>();
        if (row.film >= plan.filmCount)
            throw std::runtime_error("a film beyond the last");
        const auto isOf = [](const std::vector<double> &probabilities, const BatchModel &model) {
            return !probabilities.empty() && probabilities.size() == model.classes.size();
        };
        if (row.errorCode.empty() && !std::ranges::equal(row.probabilities, plan.models, isOf))
            throw std::runtime_error("another number of networks or classes");
        return row;
    });
}

std::string batchLine(const BatchPlan &plan) { return lineOf(jsonOf(plan)); }

std::string batchLine(const BatchRow &row) { return lineOf(jsonOf(row)); }

} // namespace hilum
