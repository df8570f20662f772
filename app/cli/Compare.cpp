// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/Networks.h"
#include "app/cli/Output.h"
#include "app/cli/Plots.h"
#include "app/cli/Scored.h"
#include "core/codec/FilmReader.h"
#include "core/compare/FilmComparison.h"
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
    {"--output", "DIR", "folder for comparison.csv, comparison.json and the plots (required)", "-o"},
    {"--no-plots", "", "table and report alone"},
    {"--device", "auto|cpu|cuda", "where to compute (default auto)"},
    {"--threads", "N", "threads on the CPU (default: every core)"},
};
constexpr CommandSpec command{
    "compare", "MANIFEST|FOLDER --model A --model B -o DIR",
    "What two networks say of the same films: film by film, and as agreement, McNemar's test, DeLong's test "
    "and\n"
    "the difference of accuracies by patient, over all films and inside each source. Labels that are no "
    "class\n"
    "of the networks count as unknown. Films that can't be read are named and left out. The plots are PNG, "
    "SVG\n"
    "and PDF: both probabilities and their difference for each class, the calls, and agreement by source.",
    options};

struct Request {
    std::string films;
    std::array<ModelPackage, 2> packages;
    std::filesystem::path folder;
    bool withPlots = true;
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
    request.withPlots = !parsed->has("--no-plots");
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

using Networks = std::vector<std::unique_ptr<Classifier>>;

Result<Networks> loadBoth(const Request &request)
{
    const auto module = openNnModule();
    if (!module)
        return tl::unexpected(module.error());
    Networks networks;
    for (const ModelPackage &package : request.packages) {
        auto classifier = (*module)->load(package, request.load);
        if (!classifier)
            return tl::unexpected(classifier.error());
        networks.push_back(std::move(*classifier));
    }
    return networks;
}

TwiceReadingPlan planOf(const Request &request, std::vector<Sample> samples, const Networks &networks)
{
    TwiceReadingPlan plan;
    plan.samples = std::move(samples);
    plan.classes = request.packages[0].card.classes;
    plan.inputs = {request.packages[0].card.input, request.packages[1].card.input};
    plan.makeReader = [] {
        return [](const std::filesystem::path &file, const std::stop_token &) { return readFilm(file); };
    };
    plan.ask = [&networks, classes = plan.classes](int network,
                                                   const ModelInput &input) -> Result<std::vector<double>> {
        const auto prediction = networks[static_cast<std::size_t>(network)]->predict(input);
        if (!prediction)
            return tl::unexpected(prediction.error());
        return probabilitiesOf(*prediction, classes);
    };
    return plan;
}

TwiceObserver observerOf(bool isWatched)
{
    TwiceObserver observer;
    observer.failed = [](const UnreadFilm &film) { reportFailure(film.file.string(), film.error, false); };
    if (isWatched)
        observer.progress = [](const TwiceProgress &progress) {
            std::fprintf(stderr, "\r%d of %d films, %.1f a second%s", progress.done, progress.films,
                         progress.filmsPerSecond, progress.done == progress.films ? "\n" : "");
        };
    return observer;
}

Result<FilmComparison> comparisonOf(const Request &request)
{
    auto dataset = readDataset(request.films);
    if (!dataset)
        return tl::unexpected(dataset.error());
    const auto networks = loadBoth(request);
    if (!networks)
        return tl::unexpected(networks.error());
    if (auto made = makeFolder(request.folder); !made)
        return tl::unexpected(made.error());
    auto read = readTwice(planOf(request, std::move(dataset->samples), *networks),
                          observerOf(::isatty(STDERR_FILENO) != 0), {});
    if (!read)
        return tl::unexpected(read.error());
    if (read->films.empty())
        return fail(ErrorCode::DataCorrupt, request.films + ": expected films, found none that can be read");
    FilmComparison comparison;
    comparison.films = request.films;
    comparison.classes = request.packages[0].card.classes;
    for (const std::size_t n : {0U, 1U}) {
        const ModelCard &card = request.packages[n].card;
        comparison.models[n] = {card.id, card.weightsSha256, card.operatingPoint};
    }
    comparison.read = std::move(read->films);
    comparison.files = std::move(read->files);
    comparison.unread = std::move(read->unread);
    return comparison;
}

Result<int> compare(const Request &request)
{
    const auto comparison = comparisonOf(request);
    if (!comparison)
        return tl::unexpected(comparison.error());
    const ModelComparison statistics = compareModels(comparison->read, comparison->classes);
    if (auto written = writeWhole(request.folder / "comparison.csv", comparisonTable(*comparison)); !written)
        return tl::unexpected(written.error());
    if (auto written
        = writeWhole(request.folder / "comparison.json", comparisonReport(*comparison, statistics));
        !written)
        return tl::unexpected(written.error());
    printSummary(statistics, request);
    if (request.withPlots) {
        const std::string place = request.folder.string();
        if (const auto drawn = drawPlots({"comparison", place, "-o", place}); !drawn)
            std::fprintf(stderr, "hilum-cli: no plots, only table and report: %s\n",
                         drawn.error().detail.c_str());
    }
    return static_cast<int>(comparison->unread.size());
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
