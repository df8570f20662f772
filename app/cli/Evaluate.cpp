// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/Networks.h"
#include "app/cli/Output.h"
#include "app/cli/ReadFilms.h"
#include "app/cli/Scored.h"
#include "core/base/Sha256.h"
#include "core/dataset/Split.h"
#include "core/imaging/Stamp.h"
#include "core/report/Csv.h"
#include "core/report/EvaluationReport.h"
#include "core/report/JudgementHtml.h"
#include "core/report/JudgementPlots.h"
#include "core/report/JudgementReport.h"
#include "core/report/PredictionFile.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <numeric>
#include <unistd.h>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--output", "DIR", "folder for report.json, report.html, predictions and plots (required)", "-o"},
    {"--model", "ID", "a network for the films of a manifest; may be repeated (default: every one)"},
    {"--all", "", "read the manifest's training films, too, which flatter whoever has learnt them"},
    {"--draws", "N", "times that patients are drawn with replacement (default 2000)"},
    {"--seed", "N", "of those draws (default 20200401)"},
    {"--device", "auto|cpu|cuda", "where to compute (default auto)"},
    {"--threads", "N", "threads of the networks on the CPU (default: every core)"},
};
constexpr CommandSpec command{
    "evaluate", "MANIFEST|FOLDER|PREDICTIONS.csv|PACKAGE-FOLDER... -o DIR",
    "How good networks are: every number with its 95 % interval, curves, calibration, sources, as\n"
    "report.json, as report.html that needs nothing else, and as plots with the data behind them.\n"
    "Takes films (a manifest or a folder of folders), which the networks read, or predictions: a CSV with a\n"
    "truth and probabilities, or a package's folder; several are compared pair by pair. Of a manifest with\n"
    "folds or a column split only held-out films are read. Films that can't be read are named and left out.\n"
    "For education, not for diagnosis.",
    options};

struct Request {
    std::vector<std::filesystem::path> inputs;
    std::filesystem::path folder;
    std::vector<std::string> models;
    bool withTraining = false;
    Resampling resampling;
    LoadOptions load;
};

Result<Request> parseRequest(std::span<const std::string> args)
{
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    Request request;
    request.inputs.assign(parsed->positionals().begin(), parsed->positionals().end());
    if (request.inputs.empty())
        return fail(ErrorCode::UsageWrong, "expected films or predictions");
    const auto folder = parsed->value("--output");
    if (!folder)
        return fail(ErrorCode::UsageWrong, "expected -o DIR");
    request.folder = *folder;
    request.models = parsed->values("--model");
    request.withTraining = parsed->has("--all");
    int frame = 1;
    if (const auto read = readComputeOptions(*parsed, request.load, frame); !read)
        return tl::unexpected(read.error());
    constexpr int mostDraws = 1000000;
    int seed = -1;
    for (const auto &[name, target, least, most] :
         {std::tuple{"--draws", &request.resampling.draws, 100, mostDraws},
          std::tuple{"--seed", &seed, 0, std::numeric_limits<int>::max()}}) {
        if (const auto text = parsed->value(name)) {
            const auto number = integerOption(name, *text, least, most);
            if (!number)
                return tl::unexpected(number.error());
            *target = *number;
        }
    }
    if (seed >= 0)
        request.resampling.seed = static_cast<std::uint64_t>(seed);
    return request;
}

std::string safeName(const std::string &id)
{
    std::string name;
    for (const char letter : id) {
        const bool isPlain
            = std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '-' || letter == '_';
        name += isPlain ? letter : '-';
    }
    return name.empty() ? "network" : name;
}

// What stands behind one network before it is judged.
struct Given {
    std::string id;
    std::string weights;
    NamedFile input;
    PredictionSet set;
};

// Ids are files' names and keys of the report.
void makeUnique(std::vector<Given> &all)
{
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].id = safeName(all[i].id);
        const std::string plain = all[i].id;
        const auto isTaken = [&] {
            return std::any_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(i),
                               [&](const Given &other) { return other.id == all[i].id; });
        };
        for (int number = 2; isTaken(); ++number)
            all[i].id = plain + "-" + std::to_string(number);
    }
}

Result<NamedFile> namedFile(const std::filesystem::path &file)
{
    auto hash = sha256OfFile(file);
    if (!hash)
        return tl::unexpected(hash.error());
    return NamedFile{file.string(), *hash};
}

Result<Given> givenPredictions(const std::filesystem::path &path)
{
    Given given;
    std::error_code code;
    const bool isFolder = std::filesystem::is_directory(path, code);
    const auto file = isFolder ? path / "predictions.csv" : path;
    auto set = readPredictionFile(file);
    if (!set)
        return tl::unexpected(set.error());
    given.set = std::move(*set);
    auto named = namedFile(file);
    if (!named)
        return tl::unexpected(named.error());
    given.input = std::move(*named);
    given.id = file.stem().string();
    // Predictions of a package say whose they are.
    if (const auto card = readCard(file.parent_path() / "card.json");
        card && file.filename() == "predictions.csv") {
        given.id = card->id;
        given.weights = card->weightsSha256;
    }
    return given;
}

enum class Kind { Films, Predictions };

Result<Kind> kindOf(const std::filesystem::path &path)
{
    std::error_code code;
    if (std::filesystem::is_directory(path, code))
        return std::filesystem::exists(path / "predictions.csv", code)
                && !std::filesystem::exists(path / "manifest.csv", code)
            ? Kind::Predictions
            : Kind::Films;
    const auto table = readCsv(path);
    if (!table)
        return tl::unexpected(table.error());
    if (hasPredictions(*table))
        return Kind::Predictions;
    return table->column("file") >= 0 && table->column("label") >= 0 ? Kind::Films : Kind::Predictions;
}

// A manifest's own words on what is held out: a column split, part or subset.
std::vector<bool> namedHeldOut(const std::filesystem::path &path)
{
    std::error_code code;
    const auto table = readCsv(std::filesystem::is_directory(path, code) ? path / "manifest.csv" : path);
    if (!table)
        return {};
    int column = -1;
    for (const char *name : {"split", "part", "subset"})
        column = column < 0 ? table->column(name) : column;
    if (column < 0)
        return {};
    constexpr std::array words{"test", "held-out", "held_out", "heldout", "held out"};
    std::vector<bool> isHeldOut;
    for (const auto &row : table->rows)
        isHeldOut.push_back(std::ranges::find(words, row[static_cast<std::size_t>(column)]) != words.end());
    return std::ranges::find(isHeldOut, true) == isHeldOut.end() ? std::vector<bool>() : isHeldOut;
}

struct Films {
    std::vector<Sample> samples;
    std::string which;
};

Result<Films> filmsOf(const Request &request)
{
    const auto &path = request.inputs.front();
    const auto dataset = readDataset(path);
    if (!dataset)
        return tl::unexpected(dataset.error());
    const auto all = [&](const std::string &why) {
        return Films{dataset->samples, "all " + std::to_string(dataset->samples.size()) + " films" + why};
    };
    if (request.withTraining)
        return all(", whether they were trained on or not");
    const auto of = [&](std::vector<Sample> samples, const std::string &why) {
        const std::string count = std::to_string(samples.size());
        return Films{std::move(samples),
                     count + " held-out films of " + std::to_string(dataset->samples.size()) + why};
    };
    const std::vector<bool> isHeldOut = namedHeldOut(path);
    if (isHeldOut.size() == dataset->samples.size() && !isHeldOut.empty()) {
        std::vector<Sample> samples;
        for (std::size_t i = 0; i < isHeldOut.size(); ++i) {
            if (isHeldOut[i])
                samples.push_back(dataset->samples[i]);
        }
        return of(std::move(samples), ", as the manifest names them");
    }
    const bool hasFolds
        = std::ranges::any_of(dataset->samples, [](const Sample &sample) { return sample.fold >= 0; });
    if (!hasFolds)
        return all("; the manifest names none that are held out");
    constexpr std::uint64_t trainersSeed = 20200401; // as recipes have it, and FilmSplit
    return of(splitDataset(*dataset, SplitRule(), trainersSeed).heldOut,
              ", by the trainer's own rule: fold 0 and its patients, other patients dealt evenly");
}

Result<std::vector<Given>> readByNetworks(const Request &request, Judgement &judgement)
{
    const auto packages = packagesNamed(request.models);
    if (!packages)
        return tl::unexpected(packages.error());
    auto films = filmsOf(request);
    if (!films)
        return tl::unexpected(films.error());
    const auto networks = loadNetworks(*packages, request.load);
    if (!networks)
        return tl::unexpected(networks.error());
    judgement.which = films->which;
    judgement.films.file = request.inputs.front().string();
    if (auto named = namedFile(request.inputs.front()))
        judgement.films = std::move(*named);
    std::vector<Given> given;
    for (const ModelPackage &package : *packages)
        given.push_back({package.card.id, package.card.weightsSha256, {}, {package.card.classes, {}}});
    // A film that no network has the class of can teach nothing here.
    std::vector<std::filesystem::path> files;
    std::vector<std::size_t> which;
    std::size_t others = 0;
    for (std::size_t i = 0; i < films->samples.size(); ++i) {
        files.push_back(films->samples[i].file);
        const bool isKnown = std::ranges::any_of(given, [&](const Given &one) {
            return std::ranges::find(one.set.labels, films->samples[i].label) != one.set.labels.end();
        });
        if (isKnown)
            which.push_back(i);
        else
            ++others;
    }
    if (others > 0)
        judgement.which += "; " + std::to_string(others) + " films of other classes are left out";
    const bool isWatched = ::isatty(STDERR_FILENO) != 0;
    std::size_t done = 0;
    readFilms(files, which, *networks, {}, [&](std::size_t film, const Result<FilmReading> &reading) {
        const Sample &sample = films->samples[film];
        if (!reading) {
            reportFailure(sample.file.string(), reading.error(), false);
            judgement.failed.push_back(
                {sample.name, std::string(errorName(reading.error().code)), reading.error().detail});
        }
        for (std::size_t n = 0; reading && n < given.size(); ++n) {
            PredictionSet &set = given[n].set;
            const auto truth = std::ranges::find(set.labels, sample.label);
            if (truth != set.labels.end())
                set.films.push_back({sample.name, sample.group, sample.source, sample.fold,
                                     static_cast<int>(truth - set.labels.begin()),
                                     reading->probabilities[n]});
        }
        if (isWatched)
            std::fprintf(stderr, "\r%zu of %zu films", ++done, which.size());
        return true;
    });
    if (isWatched)
        std::fputs("\n", stderr);
    for (const Given &one : given) {
        if (one.set.films.empty())
            return fail(ErrorCode::DataCorrupt,
                        judgement.films.file + ": expected films of the classes of " + one.id
                            + ", found none that can be read");
    }
    return given;
}

Result<std::vector<Given>> gather(const Request &request, Judgement &judgement)
{
    std::vector<Given> given;
    for (const auto &path : request.inputs) {
        const auto kind = kindOf(path);
        if (!kind)
            return tl::unexpected(kind.error());
        if (*kind == Kind::Films && request.inputs.size() > 1)
            return fail(ErrorCode::UsageWrong,
                        path.string()
                            + ": expected predictions beside others, found films; one manifest at a time");
        if (*kind == Kind::Films)
            return readByNetworks(request, judgement);
        if (!request.models.empty())
            return fail(ErrorCode::UsageWrong,
                        path.string() + ": expected films where --model is given, found predictions");
        auto one = givenPredictions(path);
        if (!one)
            return tl::unexpected(one.error());
        given.push_back(std::move(*one));
    }
    return given;
}

Result<void> writePlots(const std::filesystem::path &folder, const std::vector<ReportPlot> &plots)
{
    if (auto made = makeFolder(folder); !made)
        return made;
    for (const ReportPlot &plot : plots) {
        if (auto written = writeWhole(folder / (plot.name + ".svg"), plot.svg); !written)
            return written;
        if (auto written = writeWhole(folder / (plot.name + ".csv"), plot.csv); !written)
            return written;
    }
    return {};
}

Result<void> write(Judgement &judgement, const std::filesystem::path &folder)
{
    const bool isOne = judgement.models.size() == 1;
    std::vector<std::vector<ReportPlot>> plots;
    for (const JudgedModel &model : judgement.models) {
        plots.push_back(plotsOf(model, judgement.notice));
        if (auto written = writePlots(isOne ? folder / "plots" : folder / "plots" / model.id, plots.back());
            !written)
            return written;
    }
    if (auto written = writeWhole(folder / "report.html", judgementHtml(judgement, plots)); !written)
        return written;
    return writeWhole(folder / "report.json", judgementJson(judgement));
}

void printSummary(const Judgement &judgement)
{
    if (!judgement.which.empty())
        std::printf("%s\n", judgement.which.c_str());
    for (const JudgedModel &model : judgement.models) {
        const Assessment &a = model.assessment;
        std::printf("%s: %d films of %d patients, right %s, balanced %s, calibration error %.3f\n",
                    model.id.c_str(), a.tables.films, a.tables.groups,
                    percentText(a.accuracy.value, a.accuracy.interval).c_str(),
                    percentText(a.balancedAccuracy.value, a.balancedAccuracy.interval).c_str(),
                    a.calibrationError.value);
        for (const ClassFigures &c : a.classes)
            std::printf("  %s: sensitivity %s, specificity %s, area %.3f (%.3f to %.3f)\n", c.label.c_str(),
                        percentText(c.sensitivity.value, c.sensitivity.interval).c_str(),
                        percentText(c.specificity.value, c.specificity.interval).c_str(), c.auc.value,
                        c.auc.interval.low, c.auc.interval.high);
    }
    for (const ModelPair &pair : judgement.pairs) {
        if (!pair.problem.empty())
            std::printf("%s and %s: not compared, %s\n", pair.first.c_str(), pair.second.c_str(),
                        pair.problem.c_str());
        else
            std::printf("%s less %s: accuracy %+.3f (%+.3f to %+.3f by patient), McNemar p %.3g\n",
                        pair.first.c_str(), pair.second.c_str(), pair.comparison.difference.value,
                        pair.comparison.difference.bca.low, pair.comparison.difference.bca.high,
                        pair.comparison.all.test.p);
    }
}

Result<bool> evaluateAll(const Request &request)
{
    Judgement judgement;
    judgement.software = "Hilum " HILUM_VERSION;
    judgement.notice = notForDiagnosis;
    auto given = gather(request, judgement);
    if (!given)
        return tl::unexpected(given.error());
    makeUnique(*given);
    if (auto made = makeFolder(request.folder); !made)
        return tl::unexpected(made.error());
    for (Given &one : *given) {
        const std::string name = given->size() == 1 ? "predictions.csv" : "predictions-" + one.id + ".csv";
        // The report is of what stands in the file beside it.
        if (auto written = writeScored({one.set.labels, one.set.films}, request.folder / name); !written)
            return tl::unexpected(written.error());
        auto predictions = namedFile(request.folder / name);
        if (!predictions)
            return tl::unexpected(predictions.error());
        JudgedModel model
            = judge(one.id, std::move(one.set.labels), std::move(one.set.films), request.resampling);
        model.weightsSha256 = one.weights;
        model.predictions = {name, predictions->sha256};
        model.input = one.input;
        judgement.models.push_back(std::move(model));
    }
    for (std::size_t first = 0; first < judgement.models.size(); ++first) {
        for (std::size_t second = first + 1; second < judgement.models.size(); ++second)
            judgement.pairs.push_back(comparePair(judgement.models[first], judgement.models[second]));
    }
    if (auto written = write(judgement, request.folder); !written)
        return tl::unexpected(written.error());
    printSummary(judgement);
    return judgement.failed.empty();
}

} // namespace

int runEvaluate(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto request = parseRequest(args);
    if (!request)
        return usageError(command, request.error());
    const auto done = evaluateAll(*request);
    if (done)
        return *done ? exitDone : exitSomeFailed;
    if (done.error().code == ErrorCode::UsageWrong)
        return usageError(command, done.error());
    reportFailure(request->inputs.front().string(), done.error(), false);
    return exitSomeFailed;
}

} // namespace hilum::cli
