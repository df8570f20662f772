// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/Options.h"
#include "app/cli/Output.h"
#include "app/cli/VerifyOutcome.h"
#include "core/report/JudgementReport.h"
#include "core/report/PredictionFile.h"

#include <cstdio>
#include <fstream>
#include <iterator>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--film", "FILM", "where the film of a film's report lies, when the report does not tell"},
    {"--json", "",
     "one JSON object: {\"reproduced\", \"different\": [{\"key\", \"report\", \"now\"}], \"files\"}"},
};
constexpr CommandSpec command{
    "verify", "REPORT.json",
    "Whether the numbers of a report that evaluate wrote come out again: the files of predictions that it\n"
    "names are looked for beside it and must be the same to the last byte; everything is worked out anew\n"
    "from them. Of a report on a film the same networks read the same film again. Exit code 0: all numbers\n"
    "come out, 1: not.",
    options};

constexpr double sameTo = 1e-9;
constexpr std::size_t mostPrinted = 20;

Result<Json> readReport(const std::filesystem::path &file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be opened for reading");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    Json report = Json::parse(text, nullptr, false);
    if (report.is_discarded() || !report.is_object())
        return fail(ErrorCode::DataCorrupt, file.string() + ": expected a JSON object, found none");
    const Json kind = report.value("kind", Json());
    if (kind != "hilum-evaluation" && kind != "hilum-film-report")
        return fail(ErrorCode::DataCorrupt,
                    file.string() + ": expected a report of hilum-cli evaluate or report, found "
                        + (report.contains("kind") ? report["kind"].dump() : "no key \"kind\""));
    return report;
}

// The text at a key path, empty where there is none.
std::string textAt(const Json &json, const char *outer, const char *inner)
{
    if (!json.contains(outer) || !json[outer].is_object())
        return {};
    const Json value = json[outer].value(inner, Json());
    return value.is_string() ? value.get<std::string>() : std::string();
}

Result<JudgedModel> judgedAgain(const Json &stored, const std::filesystem::path &folder,
                                const Resampling &resampling, Outcome &outcome)
{
    const std::string name = textAt(stored, "predictions", "file");
    if (name.empty())
        return fail(ErrorCode::DataCorrupt, "expected predictions.file, found none");
    const std::filesystem::path file = folder / name;
    checkHash(file, textAt(stored, "predictions", "sha256"), name, outcome);
    auto set = readPredictionFile(file);
    if (!set)
        return tl::unexpected(set.error());
    JudgedModel model
        = judge(textAt(stored, "model", "id"), std::move(set->labels), std::move(set->films), resampling);
    model.weightsSha256 = textAt(stored, "model", "weightsSha256");
    model.version = textAt(stored, "model", "version");
    model.trainingData = textAt(stored, "model", "trainingData");
    model.predictions = {name, textAt(stored, "predictions", "sha256")};
    model.input = {textAt(stored, "input", "file"), textAt(stored, "input", "sha256")};
    // What the predictions were copied from may be gone, but not changed.
    std::error_code code;
    if (!model.input.file.empty() && std::filesystem::is_regular_file(model.input.file, code))
        checkHash(model.input.file, model.input.sha256, model.input.file, outcome);
    return model;
}

Result<Outcome> verify(const std::filesystem::path &file, const std::string &film)
{
    const auto report = readReport(file);
    if (!report)
        return tl::unexpected(report.error());
    if (report->value("kind", Json()) == "hilum-film-report") {
#ifdef HILUM_CODEC
        return verifyFilmReport(file, film);
#else
        return fail(ErrorCode::UsageWrong, file.string() + ": this build reads no films");
#endif
    }
    const Json settings = report->value("settings", Json::object());
    const Json draws = settings.is_object() ? settings.value("draws", Json()) : Json();
    const Json seed = settings.is_object() ? settings.value("seed", Json()) : Json();
    if (!draws.is_number_integer() || !seed.is_number_integer() || draws.get<long>() < 1
        || draws.get<long>() > 1000000)
        return fail(ErrorCode::DataCorrupt, file.string() + ": expected settings.draws and settings.seed");
    const Resampling resampling{draws.get<int>(), seed.get<std::uint64_t>()};
    const bool isOne = !report->contains("models");
    std::vector<Json> stored;
    if (isOne)
        stored.push_back(*report);
    else if ((*report)["models"].is_object()) {
        for (const auto &[id, model] : (*report)["models"].items())
            stored.push_back(model);
    }
    Outcome outcome;
    std::vector<JudgedModel> models;
    for (Json &one : stored) {
        auto model = judgedAgain(one, file.parent_path(), resampling, outcome);
        if (!model)
            return fail(model.error().code, file.string() + ": " + model.error().detail);
        if (isOne) { // what is of the report, not of the network
            for (const char *key :
                 {"kind", "schemaVersion", "software", "notice", "settings", "films", "filmAudit", "failed"})
                one.erase(key);
        }
        compare(isOne ? "" : "models." + model->id, one, Json::parse(judgedModelJson(*model)), sameTo,
                outcome);
        models.push_back(std::move(*model));
    }
    Json pairs = Json::array();
    for (std::size_t first = 0; first < models.size(); ++first) {
        for (std::size_t second = first + 1; second < models.size(); ++second)
            pairs.push_back(
                Json::parse(modelPairJson(comparePair(models[first], models[second]), models[0].labels)));
    }
    if (!isOne)
        compare("pairs", report->value("pairs", Json::array()), pairs, sameTo, outcome);
    return outcome;
}

void print(const Outcome &outcome)
{
    for (const std::string &problem : outcome.files)
        std::printf("file: %s\n", problem.c_str());
    for (std::size_t i = 0; i < outcome.different.size() && i < mostPrinted; ++i)
        std::printf("differs: %s: the report has %s, now %s\n", outcome.different[i].key.c_str(),
                    outcome.different[i].report.dump().c_str(), outcome.different[i].now.dump().c_str());
    if (outcome.different.size() > mostPrinted)
        std::printf("and %zu more\n", outcome.different.size() - mostPrinted);
    std::printf("%zu numbers come out again, %zu don't\n", outcome.reproduced, outcome.different.size());
}

Json jsonOf(const Outcome &outcome)
{
    Json object{{"reproduced", outcome.reproduced}, {"different", Json::array()}, {"files", outcome.files}};
    for (const Difference &one : outcome.different)
        object["different"].push_back({{"key", one.key}, {"report", one.report}, {"now", one.now}});
    return object;
}

} // namespace

int runVerify(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return usageError(command, parsed.error());
    if (parsed->positionals().size() != 1)
        return usageError(command, {ErrorCode::UsageWrong, "expected one report.json"});
    const std::string &file = parsed->positionals().front();
    const auto outcome = verify(file, parsed->value("--film").value_or(""));
    if (!outcome) {
        reportFailure(file, outcome.error(), parsed->has("--json"));
        return exitSomeFailed;
    }
    if (parsed->has("--json"))
        printJson(jsonOf(*outcome));
    else
        print(*outcome);
    return outcome->different.empty() && outcome->files.empty() && outcome->reproduced > 0 ? exitDone
                                                                                           : exitSomeFailed;
}

} // namespace hilum::cli
