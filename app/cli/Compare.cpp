// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/Networks.h"
#include "app/cli/Output.h"
#include "app/cli/Scored.h"
#include "core/codec/FilmReader.h"
#include "core/dataset/Dataset.h"
#include "core/imaging/Stamp.h"
#include "core/metrics/ModelComparison.h"
#include "core/report/Csv.h"
#include "core/report/EvaluationReport.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <unistd.h>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--model", "ID", "a model package by its id or folder; twice, for the two that are compared (required)"},
    {"--output", "DIR", "folder for comparison.csv and comparison.json (required)", "-o"},
    {"--device", "auto|cpu|cuda", "where to compute (default auto)"},
    {"--threads", "N", "threads on the CPU (default: every core)"},
};
constexpr CommandSpec command{
    "compare", "MANIFEST|FOLDER --model A --model B -o DIR",
    "What two networks say of the same films: film by film, and as agreement, McNemar's test, DeLong's test "
    "and\n"
    "the difference of accuracies by patient, over all films and inside each source. Labels that are no "
    "class\n"
    "of the networks count as unknown. Films that can't be read are named and left out.",
    options};

struct Request {
    std::string films;
    std::array<ModelPackage, 2> packages;
    std::filesystem::path folder;
    LoadOptions load;
};

Result<Request> parseRequest(std::span<const std::string> args)
{
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    Request request;
    if (parsed->positionals().size() != 1)
        return fail(ErrorCode::UsageWrong, "expected one manifest or folder");
    request.films = parsed->positionals().front();
    const auto folder = parsed->value("--output");
    if (!folder)
        return fail(ErrorCode::UsageWrong, "expected -o DIR");
    request.folder = *folder;
    int frame = 1;
    if (const auto read = readComputeOptions(*parsed, request.load, frame); !read)
        return tl::unexpected(read.error());
    const std::vector<std::string> models = parsed->values("--model");
    if (models.size() != 2)
        return fail(ErrorCode::UsageWrong,
                    "expected --model twice, found it " + std::to_string(models.size()) + " times");
    for (std::size_t i = 0; i < 2; ++i) {
        auto package = packageNamed(models[i]);
        if (!package)
            return tl::unexpected(package.error());
        request.packages[i] = std::move(*package);
    }
    if (!std::ranges::is_permutation(request.packages[0].card.classes, request.packages[1].card.classes))
        return fail(ErrorCode::UsageWrong,
                    "expected two networks of the same classes, found " + request.packages[0].card.id
                        + " and " + request.packages[1].card.id);
    return request;
}

// In the order of `classes`, whatever the network's own is.
Result<std::vector<double>> probabilitiesOf(Classifier &classifier, const Film &film,
                                            const std::vector<std::string> &classes)
{
    const auto input = prepare(film, 0, classifier.card().input);
    if (!input)
        return tl::unexpected(input.error());
    const auto prediction = classifier.predict(*input);
    if (!prediction)
        return tl::unexpected(prediction.error());
    std::vector<double> probabilities;
    for (const std::string &label : classes)
        probabilities.push_back(
            std::ranges::find(prediction->scores, label, &ClassScore::label)->probability);
    return probabilities;
}

Result<TwiceReadFilm> readTwice(const Sample &sample, std::span<const std::unique_ptr<Classifier>> networks)
{
    const auto film = readFilm(sample.file);
    if (!film)
        return tl::unexpected(film.error());
    const auto &classes = networks[0]->card().classes;
    const auto truth = std::ranges::find(classes, sample.label);
    TwiceReadFilm result{sample.name,
                         sample.group,
                         sample.source,
                         truth == classes.end() ? -1 : static_cast<int>(truth - classes.begin()),
                         {},
                         {}};
    for (const auto &[network, target] :
         {std::pair{networks[0].get(), &result.first}, std::pair{networks[1].get(), &result.second}}) {
        auto probabilities = probabilitiesOf(*network, **film, classes);
        if (!probabilities)
            return tl::unexpected(probabilities.error());
        *target = std::move(*probabilities);
    }
    return result;
}

// Each row says by itself where it comes from and what it is not for.
std::string tableOf(const std::vector<TwiceReadFilm> &films, const Request &request)
{
    const auto &classes = request.packages[0].card.classes;
    // Two packages of one id are told apart by their place.
    std::array<std::string, 2> names{request.packages[0].card.id, request.packages[1].card.id};
    if (names[0] == names[1])
        names = {names[0] + "-1", names[1] + "-2"};
    std::string text = "film,group,source,truth,disagreement,agree";
    for (const std::string &name : names)
        text += "," + csvField("call_" + name);
    for (const std::string &name : names) {
        for (const std::string &label : classes)
            text += "," + csvField("p_" + label + "_" + name);
    }
    for (const std::string &name : names)
        text += "," + csvField("weights_" + name);
    text += ",software,notice\n";
    for (const TwiceReadFilm &film : films) {
        const std::string truth = film.truth < 0 ? "" : classes[static_cast<std::size_t>(film.truth)];
        text += csvField(film.film) + "," + csvField(film.group) + "," + csvField(film.source) + ","
            + csvField(truth) + "," + csvNumber(film.disagreement()) + ","
            + (film.firstCall() == film.secondCall() ? "1" : "0");
        for (const int call : {film.firstCall(), film.secondCall()})
            text += "," + csvField(classes[static_cast<std::size_t>(call)]);
        for (const auto *probabilities : {&film.first, &film.second}) {
            for (const double p : *probabilities)
                text += "," + csvNumber(p);
        }
        for (const ModelPackage &package : request.packages)
            text += "," + package.card.weightsSha256.substr(0, 12);
        text += std::string(",Hilum " HILUM_VERSION ",") + csvField(notForDiagnosis) + "\n";
    }
    return text;
}

Json reportOf(const ModelComparison &comparison, const Request &request, int failed)
{
    const auto model = [](const ModelCard &card) {
        return Json{{"id", card.id}, {"weightsSha256", card.weightsSha256}};
    };
    Json report{{"films", request.films},
                {"first", model(request.packages[0].card)},
                {"second", model(request.packages[1].card)},
                {"software", "Hilum " HILUM_VERSION},
                {"notice", notForDiagnosis},
                {"failed", failed}};
    report.update(Json::parse(comparisonJson(comparison, request.packages[0].card.classes)));
    return report;
}

void printSummary(const ModelComparison &comparison, const Request &request)
{
    const ComparedFilms &all = comparison.all;
    const std::string &first = request.packages[0].card.id;
    const std::string &second = request.packages[1].card.id;
    std::printf("%d films: the calls agree on %s, kappa %.2f (%.2f to %.2f)\n", all.films,
                percentText(all.agree.share, all.agree.interval).c_str(), all.kappa.value,
                all.kappa.interval.low, all.kappa.interval.high);
    if (all.labelled == 0)
        return;
    std::printf("%d with a known class: %s right on %s, %s on %s\n", all.labelled, first.c_str(),
                percentText(all.firstRight.share, all.firstRight.interval).c_str(), second.c_str(),
                percentText(all.secondRight.share, all.secondRight.interval).c_str());
    std::printf("only %s right: %d, only %s: %d; McNemar p %.3g%s\n", first.c_str(), all.test.onlyFirst,
                second.c_str(), all.test.onlySecond, all.test.p, all.test.isExact ? " (exact)" : "");
    for (const AreaComparison &area : all.areas)
        std::printf("area of p(%s): %s v %s, DeLong p %.3g\n", area.label.c_str(),
                    areaText(area.areas.first).c_str(), areaText(area.areas.second).c_str(), area.areas.p);
}

Result<int> compare(const Request &request)
{
    const auto dataset = readDataset(request.films);
    if (!dataset)
        return tl::unexpected(dataset.error());
    const auto module = openNnModule();
    if (!module)
        return tl::unexpected(module.error());
    std::vector<std::unique_ptr<Classifier>> networks;
    for (const ModelPackage &package : request.packages) {
        auto classifier = (*module)->load(package, request.load);
        if (!classifier)
            return tl::unexpected(classifier.error());
        networks.push_back(std::move(*classifier));
    }
    if (auto made = makeFolder(request.folder); !made)
        return tl::unexpected(made.error());
    std::vector<TwiceReadFilm> films;
    int failed = 0;
    const bool isWatched = ::isatty(STDERR_FILENO) != 0;
    for (std::size_t i = 0; i < dataset->samples.size(); ++i) {
        const Sample &sample = dataset->samples[i];
        auto film = readTwice(sample, networks);
        if (film) {
            films.push_back(std::move(*film));
        } else {
            reportFailure(sample.file.string(), film.error(), false);
            ++failed;
        }
        if (isWatched)
            std::fprintf(stderr, "\r%zu of %zu films%s", i + 1, dataset->samples.size(),
                         i + 1 == dataset->samples.size() ? "\n" : "");
    }
    if (films.empty())
        return fail(ErrorCode::DataCorrupt, request.films + ": expected films, found none that can be read");
    const ModelComparison comparison = compareModels(films, request.packages[0].card.classes);
    if (auto written = writeWhole(request.folder / "comparison.csv", tableOf(films, request)); !written)
        return tl::unexpected(written.error());
    const std::string report = reportOf(comparison, request, failed).dump(2) + "\n";
    if (auto written = writeWhole(request.folder / "comparison.json", report); !written)
        return tl::unexpected(written.error());
    printSummary(comparison, request);
    return failed;
}

} // namespace

int runCompare(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto request = parseRequest(args);
    if (!request)
        return usageError(command, request.error());
    const auto failed = compare(*request);
    if (!failed) {
        reportFailure(request->films, failed.error(), false);
        return exitSomeFailed;
    }
    return *failed == 0 ? exitDone : exitSomeFailed;
}

} // namespace hilum::cli
