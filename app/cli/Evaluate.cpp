// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/EvaluationInputs.h"
#include "app/cli/Networks.h"
#include "app/cli/Output.h"
#include "app/cli/Plots.h"
#include "app/cli/Scored.h"
#include "core/imaging/Stamp.h"
#include "core/report/EvaluationReport.h"
#include "core/report/JudgementHtml.h"
#include "core/report/JudgementPlots.h"

#include <cstdio>
#include <filesystem>
#include <limits>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--output", "DIR", "folder for report.json, .html, .pdf, .png, predictions and plots (required)", "-o"},
    {"--model", "ID", "a network for the films of a manifest; may be repeated (default: every one)"},
    {"--all", "", "read the manifest's training films, too, which flatter whoever has learnt them"},
    {"--audit", "AUDIT.json", "what hilum-cli audit found in these films, or its folder"},
    {"--paper", "a4|letter", "of report.pdf (default a4)"},
    {"--draws", "N", "times that patients are drawn with replacement (default 2000)"},
    {"--seed", "N", "of those draws (default 20200401)"},
    {"--device", "auto|cpu|cuda", "where to compute (default auto)"},
    {"--threads", "N", "threads of the networks on the CPU (default: every core)"},
};
constexpr CommandSpec command{
    "evaluate", "MANIFEST|FOLDER|PREDICTIONS.csv|PACKAGE-FOLDER... -o DIR",
    "How good networks are: every number with its 95 % interval, curves, calibration, sources, as\n"
    "report.json, as report.html that needs nothing else, on one page (PDF, PNG), and as plots (SVG, PDF,\n"
    "PNG) with the data behind them.\n"
    "Takes films (a manifest or a folder of folders), which the networks read, or predictions: a CSV with a\n"
    "truth and probabilities, or a package's folder; several are compared pair by pair. Of a manifest with\n"
    "folds or a column split only held-out films are read. Films that can't be read are named and left out.\n"
    "For education, not for diagnosis.",
    options};

struct Request {
    EvaluationInputs inputs;
    std::filesystem::path folder;
    std::filesystem::path audit; // empty: none
    std::string paper;
    Resampling resampling;
};

Result<Request> parseRequest(std::span<const std::string> args)
{
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    Request request;
    EvaluationInputs &inputs = request.inputs;
    inputs.paths.assign(parsed->positionals().begin(), parsed->positionals().end());
    if (inputs.paths.empty())
        return fail(ErrorCode::UsageWrong, "expected films or predictions");
    const auto folder = parsed->value("--output");
    if (!folder)
        return fail(ErrorCode::UsageWrong, "expected -o DIR");
    request.folder = *folder;
    inputs.models = parsed->values("--model");
    inputs.withTraining = parsed->has("--all");
    request.audit = parsed->value("--audit").value_or("");
    request.paper = parsed->value("--paper").value_or("a4");
    if (request.paper != "a4" && request.paper != "letter")
        return fail(ErrorCode::UsageWrong, "--paper: expected a4 or letter, found \"" + request.paper + "\"");
    int frame = 1;
    if (const auto read = readComputeOptions(*parsed, inputs.load, frame); !read)
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
    auto given = gatherPredictions(request.inputs, judgement);
    if (!given)
        return tl::unexpected(given.error());
    if (!request.audit.empty()) {
        auto audit = readAudit(request.audit);
        if (!audit)
            return tl::unexpected(audit.error());
        judgement.audit = std::move(*audit);
    }
    if (auto made = makeFolder(request.folder); !made)
        return tl::unexpected(made.error());
    for (GivenPredictions &one : *given) {
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
        model.version = one.version;
        model.trainingData = one.trainingData;
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
    if (auto drawn = drawPlots(
            {"evaluation", request.folder.string(), "-o", request.folder.string(), "--paper", request.paper});
        !drawn)
        std::fprintf(stderr, "hilum-cli: no PDF and no PNG: %s\n", drawn.error().detail.c_str());
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
    reportFailure(request->inputs.paths.front().string(), done.error(), false);
    return exitSomeFailed;
}

} // namespace hilum::cli
