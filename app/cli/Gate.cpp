// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/gate/Gate.h"
#include "app/cli/Commands.h"
#include "app/cli/FilmSplit.h"
#include "app/cli/Options.h"
#include "app/cli/Output.h"
#include "core/codec/FilmReader.h"
#include "core/gate/FitGate.h"
#include "core/metrics/ConfusionMatrix.h"
#include "core/nn/ModelPackage.h"

#include <algorithm>
#include <cstdio>
#include <map>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--manifest", "FILE", "measure on the held-out films of a manifest, and on wrong pictures made of them"},
    {"--wrong", "NAME=FOLDER", "measure on a folder of pictures that must be refused; may be repeated"},
    {"--films", "N", "of the held-out films at most (default: all)"},
    {"--gate", "FILE", "the gate to use (default: the bundled one)"},
    {"--json", "", "JSON instead of text"},
};
constexpr CommandSpec command{
    "gate", "[PICTURE...]",
    "Says of each picture whether it is an upright frontal chest film, and why not.\n"
    "With --manifest or --wrong: how often films are refused and wrong pictures too,\n"
    "each with its 95 % Wilson interval.",
    options};

struct Rate {
    int refused = 0;
    int pictures = 0;
    std::map<std::string, int> checks;

    void add(const GateVerdict &verdict)
    {
        ++pictures;
        refused += verdict.accepted ? 0 : 1;
        if (!verdict.accepted)
            ++checks[std::string(gateCheckName(verdict.check))];
    }
};

Json jsonOf(const Rate &rate)
{
    const Interval interval = wilsonInterval(rate.refused, rate.pictures);
    return {{"pictures", rate.pictures},
            {"refused", rate.refused},
            {"share", rate.pictures == 0 ? 0.0 : double(rate.refused) / rate.pictures},
            {"interval", {interval.low, interval.high}},
            {"checks", rate.checks}};
}

using Rates = std::vector<std::pair<std::string, Rate>>;

struct Report {
    Rates films; // all, then by source
    Rates wrong;
};

// Wrong pictures made of one film, named as tables name them.
struct Wrong {
    const char *name;
    Pose pose;
};
constexpr Wrong poses[] = {{"turned 90", {1, false, false}},
                           {"turned 180", {2, false, false}},
                           {"turned 270", {3, false, false}},
                           {"inverted", {0, false, true}},
                           {"mirrored", {0, true, false}},
                           {"upside down, mirrored", {2, true, false}},
                           {"inverted, turned 180", {2, false, true}}};

void measureHeldOut(const std::vector<Sample> &samples, const GateNetwork &network, Report &report)
{
    Rate all;
    std::map<std::string, Rate> bySource;
    std::vector<std::pair<std::string, Rate>> wrong;
    for (const Wrong &one : poses)
        wrong.push_back({one.name, {}});
    for (int kind = int(firstOfFilm); kind < pictureKinds; ++kind)
        wrong.push_back({"film as " + std::string(pictureName(PictureKind(kind))), {}});
    std::mt19937_64 random(1); // not the state that fitting began with
    for (const Sample &sample : samples) {
        const auto film = readFilm(sample.file);
        const auto square = film ? squareOf(**film, 0, gateSquare) : tl::unexpected(film.error());
        if (!square) {
            reportFailure(sample.name, square.error(), false);
            continue;
        }
        const GateVerdict verdict = judgeFilm(**film, 0, &network);
        all.add(verdict);
        bySource[sample.source].add(verdict);
        const auto judge = [&](const Plane<float> &picture) {
            return judgeScores(network.run(picture), network.thresholds());
        };
        std::size_t row = 0;
        for (const Wrong &one : poses)
            wrong[row++].second.add(judge(posed(square->values, one.pose)));
        for (int kind = int(firstOfFilm); kind < pictureKinds; ++kind)
            wrong[row++].second.add(
                judge(posed(spoiltFilm(PictureKind(kind), square->values, gateSquare, random), {})));
    }
    report.films.push_back({"all held-out films", all});
    for (const auto &[source, rate] : bySource)
        report.films.push_back({source, rate});
    for (int kind = 0; kind < int(firstOfFilm); ++kind) {
        constexpr int each = 300;
        wrong.push_back({"made-up " + std::string(pictureName(PictureKind(kind))), {}});
        for (int i = 0; i < each; ++i)
            wrong.back().second.add(
                judgeScores(network.run(posed(makePicture(PictureKind(kind), gateSquare, random), {})),
                            network.thresholds()));
    }
    report.wrong.insert(report.wrong.end(), wrong.begin(), wrong.end());
}

void measureFolder(const std::string &name, const std::filesystem::path &folder, const GateNetwork &network,
                   Report &report)
{
    std::vector<std::filesystem::path> files;
    std::error_code code;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder, code)) {
        if (entry.is_regular_file(code))
            files.push_back(entry.path());
    }
    std::ranges::sort(files);
    Rate rate;
    for (const auto &file : files) {
        if (const auto film = readFilm(file))
            rate.add(judgeFilm(**film, 0, &network));
    }
    report.wrong.push_back({name, rate});
}

void print(const char *title, const Rates &rates)
{
    std::printf("%s\n", title);
    for (const auto &[name, rate] : rates) {
        const Interval interval = wilsonInterval(rate.refused, rate.pictures);
        std::string checks;
        for (const auto &[check, count] : rate.checks)
            checks += (checks.empty() ? "" : ", ") + check + " " + std::to_string(count);
        std::printf("  %-28s %5d of %5d refused  %.3f (%.3f to %.3f)  %s\n", name.c_str(), rate.refused,
                    rate.pictures, rate.pictures == 0 ? 0.0 : double(rate.refused) / rate.pictures,
                    interval.low, interval.high, checks.c_str());
    }
}

int measure(const Options &parsed, const GateNetwork &network)
{
    Report report;
    if (const auto manifest = parsed.value("--manifest")) {
        const auto split = splitLikeTheTrainer(*manifest);
        if (!split) {
            reportFailure(*manifest, split.error(), parsed.has("--json"));
            return exitSomeFailed;
        }
        std::vector<Sample> samples;
        const auto most = integerOption("--films", parsed.value("--films").value_or("100000"), 1, 1000000);
        if (!most)
            return usageError(command, most.error());
        const std::size_t stride = 1 + (split->heldOut.size() - 1) / static_cast<std::size_t>(*most);
        for (std::size_t i = 0; i < split->heldOut.size(); i += stride)
            samples.push_back(split->heldOut[i]);
        measureHeldOut(samples, network, report);
    }
    for (const std::string &wrong : parsed.values("--wrong")) {
        const auto cut = wrong.find('=');
        measureFolder(wrong.substr(0, cut), wrong.substr(cut == std::string::npos ? 0 : cut + 1), network,
                      report);
    }
    if (!parsed.has("--json")) {
        print("films, falsely refused:", report.films);
        print("wrong pictures, rightly refused:", report.wrong);
        return exitDone;
    }
    Json json;
    for (const auto &[key, rates] : {std::pair{"films", &report.films}, std::pair{"wrong", &report.wrong}}) {
        json[key] = Json::object();
        for (const auto &[name, rate] : *rates)
            json[key][name] = jsonOf(rate);
    }
    std::printf("%s\n", json.dump(1).c_str());
    return exitDone;
}

int judge(const Options &parsed, const GateNetwork *network)
{
    bool allDone = true;
    for (const std::string &name : parsed.positionals()) {
        const auto film = readFilm(name);
        if (!film) {
            reportFailure(name, film.error(), parsed.has("--json"));
            allDone = false;
            continue;
        }
        const GateVerdict verdict = judgeFilm(**film, 0, network);
        if (parsed.has("--json"))
            printJson({{"film", name},
                       {"accepted", verdict.accepted},
                       {"check", gateCheckName(verdict.check)},
                       {"reason", verdict.reason}});
        else
            std::printf("%s  %s%s\n", name.c_str(),
                        verdict.accepted ? "accepted" : "refused: ", verdict.reason.c_str());
    }
    return allDone ? exitDone : exitSomeFailed;
}

} // namespace

int runGate(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return usageError(command, parsed.error());
    const bool measures = parsed->has("--manifest") || parsed->has("--wrong");
    if (!measures && parsed->positionals().empty())
        return usageError(command, {ErrorCode::UsageWrong, "expected a picture, --manifest or --wrong"});
    std::optional<GateNetwork> named;
    if (const auto file = parsed->value("--gate")) {
        auto read = GateNetwork::read(*file);
        if (!read) {
            reportFailure(*file, read.error(), parsed->has("--json"));
            return exitSomeFailed;
        }
        named = std::move(*read);
    }
    const GateNetwork *network = named ? &*named : bundledGate(modelRoots());
    if (!measures)
        return judge(*parsed, network);
    if (network == nullptr)
        return usageError(command, {ErrorCode::UsageWrong, "expected a gate to measure, found none"});
    return measure(*parsed, *network);
}

} // namespace hilum::cli
