// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/batch/BatchResults.h"

#include "core/metrics/Evaluation.h"
#include "core/report/Csv.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace hilum {

namespace {

using Json = nlohmann::ordered_json;

// Each row that there is, in the order of the films, as text into a new file.
template <class Function>
Result<void> writeRows(const BatchRows &rows, const std::filesystem::path &file, const std::string &head,
                       const Function &textOf)
{
    auto beside = file;
    beside += ".new";
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out << head;
    for (std::size_t film = 0; film < rows.plan().filmCount; ++film) {
        if (!rows.has(film))
            continue;
        const auto row = rows.row(film);
        if (!row)
            return tl::unexpected(row.error());
        out << textOf(*row);
    }
    out.close();
    std::error_code code;
    if (out)
        std::filesystem::rename(beside, file, code);
    if (!out || code)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be written");
    return {};
}

std::string callOf(const BatchRow &row, const BatchPlan &plan, std::size_t model)
{
    const auto call = static_cast<std::size_t>(hilum::callOf(row.probabilities[model]));
    return plan.models[model].classes[call];
}

} // namespace

Result<void> writeBatchCsv(const BatchRows &rows, const std::filesystem::path &file)
{
    const BatchPlan &plan = rows.plan();
    std::string head = "film,group,source,truth,error_code,error,gate";
    for (const BatchModel &model : plan.models) {
        const std::string ending = plan.models.size() == 1 ? "" : "_" + model.id;
        for (const std::string &label : model.classes)
            head += "," + csvField("p_" + label + ending);
        head += "," + csvField("call" + ending) + "," + csvField("weights" + ending);
    }
    head += ",software,notice\n";
    return writeRows(rows, file, head, [&](const BatchRow &row) {
        std::string line;
        for (const std::string *text :
             {&row.name, &row.group, &row.source, &row.truth, &row.errorCode, &row.error, &row.refusal})
            line += csvField(*text) + ",";
        for (std::size_t m = 0; m < plan.models.size(); ++m) {
            for (std::size_t c = 0; c < plan.models[m].classes.size(); ++c)
                line += (row.errorCode.empty() ? csvNumber(row.probabilities[m][c]) : "") + ",";
            line += (row.errorCode.empty() ? csvField(callOf(row, plan, m)) : "") + ",";
            line += plan.models[m].weightsSha256 + ",";
        }
        return line + csvField(plan.software) + "," + csvField(plan.notice) + "\n";
    });
}

Result<void> writeBatchJsonLines(const BatchRows &rows, const std::filesystem::path &file)
{
    const BatchPlan &plan = rows.plan();
    return writeRows(rows, file, "", [&](const BatchRow &row) {
        Json json{{"film", row.name},
                  {"truth", row.truth.empty() ? Json() : Json(row.truth)},
                  {"group", row.group},
                  {"source", row.source},
                  {"readings", Json::object()}};
        for (std::size_t m = 0; row.errorCode.empty() && m < plan.models.size(); ++m) {
            Json probabilities = Json::object();
            for (std::size_t c = 0; c < plan.models[m].classes.size(); ++c)
                probabilities[plan.models[m].classes[c]] = row.probabilities[m][c];
            json["readings"][plan.models[m].id] = {{"call", callOf(row, plan, m)},
                                                   {"probabilities", probabilities},
                                                   {"weights", plan.models[m].weightsSha256}};
        }
        if (plan.withGate && row.errorCode.empty())
            json["gate"] = {{"accepted", row.refusal.empty()}, {"reason", row.refusal}};
        json["error"]
            = row.errorCode.empty() ? Json() : Json{{"code", row.errorCode}, {"message", row.error}};
        json["software"] = plan.software;
        json["notice"] = plan.notice;
        return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    });
}

} // namespace hilum
