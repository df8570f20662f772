// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/Networks.h"
#include "app/cli/Output.h"
#include "core/codec/FilmReader.h"
#include "core/dataset/Dataset.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <limits>
#include <set>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--output", "DIR", "the model package to make; a run that was stopped goes on there (required)", "-o"},
    {"--architecture", "ID", "vgg16 or densenet121 (required)"},
    {"--id", "ID", "of the package (default: the architecture)"},
    {"--stages", "SIZExEPOCHSxBATCH,...",
     "input sizes to pass through, the last is the package's (default 224x10x16)"},
    {"--init", "FILE",
     "safetensors to start from, by torchvision's names; red, green and blue are folded to grey"},
    {"--films-per-epoch", "N",
     "drawn evenly over classes, and over sources by the root of their size (default: all)"},
    {"--learning-rate", "RATE", "the peak of the one cycle (default 0.001)"},
    {"--averaging", "DECAY", "of the averaged weights, a step (default 0.995)"},
    {"--folds", "N", "into how many folds patients are dealt (default 5)"},
    {"--held-out-fold", "N", "which of them is held out, from 0 (default 0)"},
    {"--validation", "SHARE", "of the other patients, for validation and calibration (default 0.1)"},
    {"--seed", "N", "of everything random (default 20200401)"},
    {"--precision", "fp32|bf16", "of the convolutions while training (default fp32)"},
    {"--device", "auto|cpu|cuda", "where to compute (default auto)"},
    {"--threads", "N", "threads on the CPU (default: every core)"},
    {"--data", "TEXT", "what the training data are, for the card"},
    {"--licence", "TEXT", "of the training data, for the card"},
    {"--json", "", "a JSON object for each epoch on stdout"},
};
constexpr CommandSpec command{
    "train", "MANIFEST -o DIR --architecture ID",
    "Trains a network on the films of a manifest (CSV with file,label and optionally group,fold,source).\n"
    "No patient (group) stands in two of training, validation and held-out films. Ctrl+C stops after the\n"
    "step at hand and keeps a checkpoint; the same command goes on from it.",
    options};

struct Request {
    std::filesystem::path manifest;
    TrainingPlan plan;
    int folds = 5;
    int heldOutFold = 0;
    double validationShare = 0.1;
    DeviceChoice device = DeviceChoice::Auto;
    bool asJson = false;
};

Result<std::vector<TrainingStage>> parseStages(const std::string &text)
{
    std::vector<TrainingStage> stages;
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find(',', start), text.size());
        const std::string part = text.substr(start, end - start);
        TrainingStage stage;
        int used = 0;
        if (std::sscanf(part.c_str(), "%dx%dx%d%n", &stage.size, &stage.epochs, &stage.batch, &used) != 3
            || static_cast<std::size_t>(used) != part.size() || stage.size < 32 || stage.size > 1024
            || stage.epochs < 1 || stage.batch < 2)
            return fail(ErrorCode::UsageWrong,
                        "--stages: expected SIZExEPOCHSxBATCH like 224x10x16, found \"" + part + "\"");
        stages.push_back(stage);
        start = end + 1;
    }
    return stages;
}

// Whole-number options and where they go.
Result<void> readNumbers(const Options &parsed, Request &request)
{
    struct Whole {
        const char *name;
        int *target;
        int lowest;
    };
    for (const auto &[name, target, lowest] :
         {Whole{"--films-per-epoch", &request.plan.filmsPerEpoch, 1}, Whole{"--folds", &request.folds, 2},
          Whole{"--held-out-fold", &request.heldOutFold, 0}, Whole{"--threads", &request.plan.threads, 1}}) {
        if (const auto text = parsed.value(name)) {
            const auto number = integerOption(name, *text, lowest, std::numeric_limits<int>::max());
            if (!number)
                return tl::unexpected(number.error());
            *target = *number;
        }
    }
    struct Real {
        const char *name;
        double *target;
        double low;
        double high;
    };
    for (const auto &[name, target, low, high] :
         {Real{"--learning-rate", &request.plan.peakLearningRate, 1e-8, 10},
          Real{"--averaging", &request.plan.emaDecay, 0, 0.99999},
          Real{"--validation", &request.validationShare, 0.001, 0.9}}) {
        if (const auto text = parsed.value(name)) {
            const auto number = numberOption(name, *text);
            if (!number)
                return tl::unexpected(number.error());
            if (!(*number >= low && *number <= high))
                return fail(ErrorCode::UsageWrong, std::string(name) + ": out of range: \"" + *text + "\"");
            *target = *number;
        }
    }
    if (const auto text = parsed.value("--seed")) {
        const auto seed = integerOption("--seed", *text, 0, std::numeric_limits<int>::max());
        if (!seed)
            return tl::unexpected(seed.error());
        request.plan.seed = static_cast<std::uint64_t>(*seed);
    }
    if (request.heldOutFold >= request.folds)
        return fail(ErrorCode::UsageWrong,
                    "--held-out-fold: expected a fold below " + std::to_string(request.folds) + ", found "
                        + std::to_string(request.heldOutFold));
    return {};
}

Result<Request> parseRequest(std::span<const std::string> args)
{
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    Request request;
    if (parsed->positionals().size() != 1)
        return fail(ErrorCode::UsageWrong, "expected one manifest");
    request.manifest = parsed->positionals().front();
    request.plan.folder = parsed->value("--output").value_or("");
    request.plan.architecture = parsed->value("--architecture").value_or("");
    if (request.plan.folder.empty() || request.plan.architecture.empty())
        return fail(ErrorCode::UsageWrong, "expected -o DIR and --architecture ID");
    request.plan.id = parsed->value("--id").value_or(request.plan.architecture);
    request.plan.initialWeights = parsed->value("--init").value_or("");
    const auto stages = parseStages(parsed->value("--stages").value_or("224x10x16"));
    if (!stages)
        return tl::unexpected(stages.error());
    request.plan.stages = *stages;
    if (const auto numbers = readNumbers(*parsed, request); !numbers)
        return tl::unexpected(numbers.error());
    const std::string precision = parsed->value("--precision").value_or("fp32");
    if (precision != "fp32" && precision != "bf16")
        return fail(ErrorCode::UsageWrong, "--precision: expected fp32 or bf16, found \"" + precision + "\"");
    request.plan.precision = precision == "bf16" ? Precision::BFloat16 : Precision::Float32;
    const auto device = deviceNamed(parsed->value("--device").value_or("auto"));
    if (!device)
        return tl::unexpected(device.error());
    request.device = *device;
    request.plan.trainingData = parsed->value("--data").value_or(request.manifest.filename().string());
    request.plan.trainingDataLicence = parsed->value("--licence").value_or("not stated");
    request.asJson = parsed->has("--json");
    return request;
}

struct Loaded {
    std::vector<TrainingFilm> films;
    int failed = 0;
};

Loaded loadFilms(const std::vector<Sample> &samples, const std::vector<std::string> &classes, int size)
{
    Loaded loaded;
    for (const Sample &sample : samples) {
        const auto film = readFilm(sample.file);
        auto square = film ? squareOf(**film, 0, size) : tl::unexpected(film.error());
        if (!square) {
            reportFailure(sample.name, square.error(), false);
            ++loaded.failed;
            continue;
        }
        const auto label = std::ranges::find(classes, sample.label) - classes.begin();
        loaded.films.push_back({std::move(square->values), static_cast<int>(label), sample.name, sample.group,
                                sample.source, sample.fold});
    }
    return loaded;
}

volatile std::sig_atomic_t interrupted = 0;

TrainingObserver observerFor(bool asJson, std::stop_source &stop)
{
    TrainingObserver observer;
    observer.epoch = [asJson](const EpochRecord &r) {
        std::fprintf(stderr, "\nepoch %d %s: loss %.4f, accuracy %.4f, %.0f s\n", r.epoch, r.split.c_str(),
                     r.loss, r.accuracy, r.seconds);
        if (asJson)
            printJson({{"epoch", r.epoch},
                       {"split", r.split},
                       {"loss", r.loss},
                       {"accuracy", r.accuracy},
                       {"auc", r.auc},
                       {"learningRate", r.learningRate},
                       {"seconds", r.seconds}});
    };
    observer.progress = [&stop, start = std::chrono::steady_clock::now(), first = -1.0,
                         last = std::chrono::steady_clock::time_point{}](double done,
                                                                         const std::string &text) mutable {
        if (interrupted != 0)
            stop.request_stop();
        const auto now = std::chrono::steady_clock::now();
        if (first < 0)
            first = done;
        if (now - last < std::chrono::seconds(5))
            return;
        last = now;
        const double spent = std::chrono::duration<double>(now - start).count();
        const double left = done > first ? spent / (done - first) * (1 - done) : 0;
        std::fprintf(stderr, "%5.1f %%  %s, about %.0f min left\n", 100 * done, text.c_str(), left / 60);
    };
    return observer;
}

int train(Request request)
{
    const auto dataset = readManifest(request.manifest);
    if (!dataset) {
        reportFailure(request.manifest.string(), dataset.error(), false);
        return exitSomeFailed;
    }
    std::set<std::string> labels;
    for (const Sample &sample : dataset->samples)
        labels.insert(sample.label);
    request.plan.classes.assign(labels.begin(), labels.end());
    const Split split = splitByPatient(*dataset, request.folds, request.heldOutFold, request.validationShare,
                                       request.plan.seed);
    const int size = request.plan.stages.back().size;
    std::fprintf(stderr, "reading %zu training, %zu validation and %zu held-out films\n", split.train.size(),
                 split.validation.size(), split.heldOut.size());
    Loaded training = loadFilms(split.train, request.plan.classes, trainingSquare);
    Loaded validation = loadFilms(split.validation, request.plan.classes, size);
    Loaded heldOut = loadFilms(split.heldOut, request.plan.classes, size);
    const int failed = training.failed + validation.failed + heldOut.failed;

    const auto module = openNnModule();
    if (!module) {
        reportFailure(request.manifest.string(), module.error(), false);
        return exitSomeFailed;
    }
    const std::string device = (*module)->deviceName(request.device);
    request.plan.cuda = device != "cpu" || request.device == DeviceChoice::Cuda;
    std::signal(SIGINT, [](int) { interrupted = 1; });
    std::signal(SIGTERM, [](int) { interrupted = 1; });
    std::stop_source stop;
    const auto outcome = (*module)->train(
        request.plan, {std::move(training.films), std::move(validation.films), std::move(heldOut.films)},
        observerFor(request.asJson, stop), stop.get_token());
    if (!outcome) {
        reportFailure(request.manifest.string(), outcome.error(), false);
        return exitSomeFailed;
    }
    std::fprintf(stderr, "%s: held-out accuracy %.4f over %zu films, temperature %.3f\n",
                 outcome->folder.string().c_str(), outcome->heldOutAccuracy, split.heldOut.size(),
                 outcome->card.temperature);
    return failed == 0 ? exitDone : exitSomeFailed;
}

} // namespace

int runTrain(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    auto request = parseRequest(args);
    return request ? train(std::move(*request)) : usageError(command, request.error());
}

} // namespace hilum::cli
