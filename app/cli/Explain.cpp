// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/FilmPictures.h"
#include "app/cli/Networks.h"
#include "app/cli/Output.h"
#include "app/cli/Trust.h"
#include "core/codec/FilmReader.h"
#include "core/codec/PngWriter.h"
#include "core/explain/OfferedMethods.h"
#include "core/film/MaskName.h"
#include "core/imaging/LungMask.h"
#include "core/imaging/Stamp.h"
#include "core/module/MapTrust.h"
#include "core/report/Npy.h"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <unistd.h>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--model", "ID", "a model package by its id or folder (required)"},
    {"--class", "NAME", "the class to explain (default: the one with the highest probability)"},
    {"--output", "OVERLAY.png", "the film with the map over it, at film size (required)", "-o"},
    {"--map", "MAP.npy", "the map as float32, height x width at film size, 0 to 1"},
    {"--method", "NAME",
     "gradcam (default), gradcam++, hirescam, layercam, eigencam, scorecam, ablationcam,\n"
     "integrated-gradients, occlusion, rise, or a null map: random, sobel"},
    {"--stage", "NAME|N", "where CAMs read, by name or counted from 1 (default: the last; \"block5\")"},
    {"--sign", "positive|negative|both", "what speaks for the class, against it, or both (default positive)"},
    {"--reference", "mean|black|blurred", "what stands where the film is hidden (default mean)"},
    {"--steps", "N", "of integrated gradients (default 64)"},
    {"--masks", "N", "of rise (default 1000)"},
    {"--grid", "8|16|32", "finest cells a side of occlusion (default 16)"},
    {"--seed", "N", "of rise and random (default 1)"},
    {"--quality", "",
     "measures how far to trust a map of what speaks for the class, and says so in one sentence"},
    {"--other", "ID", "with --quality: a network whose map is compared"},
    {"--lungs", "MASK",
     "with --quality: the lungs as a white-on-black picture of the film's size\n"
     "(default: FILM.lungs.png beside the film, where there is one)"},
    {"--json", "", "says on standard output what was made, one JSON object"},
    {"--opacity", "SHARE", "of the strongest evidence, 0 to 1 (default 0.6)"},
    {"--device", "auto|cpu|cuda", "where to compute (default auto)"},
    {"--threads", "N", "threads on the CPU (default: every core)"},
    {"--frame", "N", "which frame, counted from 1 (default 1)"},
};
constexpr CommandSpec command{
    "explain", "FILM --model ID -o OVERLAY.png",
    "Where a network sees evidence for a class: an activation map over the film.\n"
    "Outside the square that the network saw the map is 0. For education, not for diagnosis.",
    options};

struct Request {
    std::string film;
    ModelPackage package;
    ExplainRequest explain;
    std::string output;
    std::string map;
    double opacity = 0.6;
    bool asJson = false;
    bool withQuality = false;
    std::optional<ModelPackage> other;
    std::string lungs;
    LoadOptions load;
    int frame = 1;
};

Result<std::optional<int>> classNamed(const ModelCard &card, const std::optional<std::string> &name)
{
    if (!name)
        return std::nullopt;
    const auto found = std::ranges::find(card.classes, *name);
    if (found != card.classes.end())
        return static_cast<int>(found - card.classes.begin());
    std::string known;
    for (const std::string &label : card.classes)
        known += (known.empty() ? "" : ", ") + label;
    return fail(ErrorCode::UsageWrong, "--class: expected one of " + known + ", found \"" + *name + "\"");
}

// One of some words, by its place among them.
Result<std::size_t> wordOf(const Options &parsed, const char *option, std::span<const char *const> words)
{
    const auto text = parsed.value(option);
    if (!text)
        return 0;
    std::string known;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (*text == words[i])
            return i;
        known += (known.empty() ? "" : ", ") + std::string(words[i]);
    }
    return fail(ErrorCode::UsageWrong,
                std::string(option) + ": expected one of " + known + "; found \"" + *text + "\"");
}

Result<std::optional<int>> stageNamed(const ModelCard &card, const std::optional<std::string> &name)
{
    if (!name)
        return std::nullopt;
    const std::vector<std::string> stages = stagesOf(card);
    if (stages.empty())
        return fail(ErrorCode::UsageWrong, "--stage: " + card.id + " has no stage that a map can be read at");
    std::string known;
    for (std::size_t i = 0; i < stages.size(); ++i) {
        if (*name == stages[i] || *name == std::to_string(i + 1))
            return static_cast<int>(i);
        known += (known.empty() ? "" : ", ") + stages[i];
    }
    return fail(ErrorCode::UsageWrong,
                "--stage: expected one of " + known + " or its number; found \"" + *name + "\"");
}

Result<void> readMapOptions(const Options &parsed, const ModelCard &card, ExplainRequest &request)
{
    const auto method = methodNamed(parsed.value("--method").value_or("gradcam"));
    if (!method)
        return fail(ErrorCode::UsageWrong, "--method: " + method.error().detail);
    request.method = *method;
    if (const auto offered = checkOffered(card, *method); !offered)
        return fail(ErrorCode::UsageWrong, "--method: " + offered.error().detail);
    const auto stage = stageNamed(card, parsed.value("--stage"));
    if (!stage)
        return tl::unexpected(stage.error());
    if (*stage && !factsOf(*method).readsStage)
        return fail(ErrorCode::UsageWrong, "--stage: " + factsOf(*method).title + " reads no stage");
    request.stage = *stage;
    const char *const signs[] = {"positive", "negative", "both"};
    const auto sign = wordOf(parsed, "--sign", signs);
    if (!sign)
        return tl::unexpected(sign.error());
    request.sign = static_cast<MapSign>(*sign);
    if (request.sign != MapSign::Positive && !factsOf(*method).readsClass)
        return fail(ErrorCode::UsageWrong, "--sign: " + factsOf(*method).title + " has one sign only");
    const char *const references[] = {"mean", "black", "blurred"};
    const auto reference = wordOf(parsed, "--reference", references);
    if (!reference)
        return tl::unexpected(reference.error());
    request.reference = static_cast<Reference>(*reference);
    const struct {
        const char *option;
        int &value;
        int highest;
    } numbers[] = {{"--steps", request.steps, 4096}, {"--masks", request.masks, 100'000}};
    for (const auto &number : numbers) {
        if (const auto text = parsed.value(number.option)) {
            const auto value = integerOption(number.option, *text, 1, number.highest);
            if (!value)
                return tl::unexpected(value.error());
            number.value = *value;
        }
    }
    const char *const grids[] = {"16", "8", "32"};
    const auto grid = wordOf(parsed, "--grid", grids);
    if (!grid)
        return tl::unexpected(grid.error());
    request.finestGrid = std::stoi(grids[*grid]);
    if (const auto text = parsed.value("--seed")) {
        const auto seed = integerOption("--seed", *text, 0, std::numeric_limits<int>::max());
        if (!seed)
            return tl::unexpected(seed.error());
        request.seed = static_cast<std::uint64_t>(*seed);
    }
    return {};
}

Result<Request> parseRequest(std::span<const std::string> args)
{
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    Request request;
    if (parsed->positionals().size() != 1)
        return fail(ErrorCode::UsageWrong, "expected one film");
    request.film = parsed->positionals().front();
    request.output = parsed->value("--output").value_or("");
    request.map = parsed->value("--map").value_or("");
    if (request.output.empty())
        return fail(ErrorCode::UsageWrong, "expected -o OVERLAY.png");
    request.asJson = parsed->has("--json");
    request.withQuality = parsed->has("--quality");
    request.lungs = parsed->value("--lungs").value_or("");
    if (const auto other = parsed->value("--other")) {
        auto package = packageNamed(*other, "--other");
        if (!package)
            return tl::unexpected(package.error());
        request.other = std::move(*package);
    }
    if (!request.withQuality && (request.other || !request.lungs.empty()))
        return fail(ErrorCode::UsageWrong, "--other and --lungs are for --quality");
    if (const auto text = parsed->value("--opacity")) {
        const auto opacity = numberOption("--opacity", *text);
        if (!opacity)
            return tl::unexpected(opacity.error());
        if (!(*opacity >= 0 && *opacity <= 1))
            return fail(ErrorCode::UsageWrong, "--opacity: expected 0 to 1, found \"" + *text + "\"");
        request.opacity = *opacity;
    }
    if (const auto read = readComputeOptions(*parsed, request.load, request.frame); !read)
        return tl::unexpected(read.error());
    auto package = packageOf(*parsed);
    if (!package)
        return tl::unexpected(package.error());
    request.package = std::move(*package);
    const auto classIndex = classNamed(request.package.card, parsed->value("--class"));
    if (!classIndex)
        return tl::unexpected(classIndex.error());
    request.explain.classIndex = *classIndex;
    if (const auto read = readMapOptions(*parsed, request.package.card, request.explain); !read)
        return tl::unexpected(read.error());
    // Hiding what speaks against a class raises its probability: the verdict's words would be wrong.
    if (request.withQuality && request.explain.sign == MapSign::Negative)
        return fail(ErrorCode::UsageWrong,
                    "--quality: expected a map of what speaks for the class, found "
                    "--sign negative");
    return request;
}

// Slow methods say how far they are, where someone watches.
ExplainObserver progressOnTerminal()
{
    if (::isatty(STDERR_FILENO) == 0)
        return {};
    return {[](double done) {
                std::fprintf(stderr, "\r%3.0f %%%s", 100 * done, done >= 1 ? "\r     \r" : "");
                std::fflush(stderr);
            },
            {}};
}

Json jsonOf(const Request &request, const Explanation &explanation)
{
    const ActivationMap &map = explanation.map;
    Json probabilities = Json::object();
    for (const ClassScore &score : explanation.prediction.scores)
        probabilities[score.label] = score.probability;
    return {{"film", request.film},
            {"model", request.package.card.id},
            {"weightsSha256", request.package.card.weightsSha256},
            {"software", "Hilum " HILUM_VERSION},
            {"method", factsOf(map.method).name},
            {"stage", map.stage.empty() ? Json(nullptr) : Json(map.stage)},
            {"class", map.label},
            {"probabilities", probabilities},
            {"rows", map.values.height()},
            {"columns", map.values.width()},
            {"peak", map.peak},
            {"hasEvidence", map.hasEvidence()},
            {"completenessError",
             explanation.completenessError ? Json(*explanation.completenessError) : Json(nullptr)},
            {"readings", explanation.readings.size()},
            {"notice", notForDiagnosis}};
}

struct Lungs {
    FilmPtr mask; // nothing: not known
    std::string file;
};

// The mask that was asked for, or else the one beside the film: that one is done without where it can't be
// taken.
Result<Lungs> lungsOf(const Request &request, const Film &film)
{
    const bool isAsked = !request.lungs.empty();
    const std::filesystem::path file
        = isAsked ? std::filesystem::path(request.lungs) : lungMaskBeside(request.film);
    std::error_code ignored;
    if (!isAsked && !std::filesystem::is_regular_file(file, ignored))
        return Lungs{};
    auto read = readFilm(file);
    std::optional<Error> fault;
    if (!read)
        fault = read.error();
    else if (const auto mask = lungMask(**read, film); !mask)
        fault = mask.error();
    if (!fault)
        return Lungs{std::move(*read), file.string()};
    if (isAsked)
        return tl::unexpected(*fault);
    std::fprintf(stderr, "hilum-cli: %s: the mask of the lungs was not taken: %s\n", request.film.c_str(),
                 fault->detail.c_str());
    return Lungs{};
}

Result<MapQuality> qualityOf(const Request &request, const Film *lungs, NnModule &module,
                             Classifier &classifier, const Film &film, const ModelInput &input,
                             const Explanation &explanation)
{
    TrustQuestion question{classifier, input, request.explain, explanation.map, &film, request.frame - 1};
    std::unique_ptr<Classifier> other;
    if (request.other) {
        auto loaded = module.load(*request.other, request.load);
        if (!loaded)
            return tl::unexpected(loaded.error());
        other = std::move(*loaded);
        question.other = other.get();
    }
    question.lungs = lungs;
    return measureTrust(question, progressOnTerminal().progress, {});
}

Result<void> explain(const Request &request)
{
    const auto film = readFilm(request.film);
    if (!film)
        return tl::unexpected(film.error());
    const auto input = prepare(**film, request.frame - 1, request.package.card.input);
    if (!input)
        return tl::unexpected(input.error());
    const auto module = openNnModule();
    if (!module)
        return tl::unexpected(module.error());
    const auto classifier = (*module)->load(request.package, request.load);
    if (!classifier)
        return tl::unexpected(classifier.error());
    const auto explanation = (*classifier)->explain(*input, request.explain, progressOnTerminal(), {});
    if (!explanation)
        return tl::unexpected(explanation.error());

    const ActivationMap &map = explanation->map;
    if (!map.hasEvidence())
        std::fprintf(stderr, "hilum-cli: %s: %s finds no positive evidence for %s; the map is empty\n",
                     request.film.c_str(), request.package.card.id.c_str(), map.label.c_str());
    const HeatPlane heat = spread(map);
    if (!request.map.empty()) {
        if (auto written = writeNpy(heat, request.map); !written)
            return written;
    }
    RgbImage picture = filmPicture(**film, request.frame - 1);
    layOver(picture, heat, request.opacity);
    const std::string where = map.stage.empty() ? "" : " at " + map.stage;
    stamp(picture,
          request.package.card.id + " " + request.package.card.weightsSha256.substr(0, 12)
              + ", Hilum " HILUM_VERSION ", " + map.label + ", " + factsOf(map.method).title + where + ". "
              + notForDiagnosis);
    Json said = jsonOf(request, *explanation);
    if (request.withQuality) {
        const auto lungs = lungsOf(request, **film);
        if (!lungs)
            return tl::unexpected(lungs.error());
        const auto quality
            = qualityOf(request, lungs->mask.get(), **module, **classifier, **film, *input, *explanation);
        if (!quality)
            return tl::unexpected(quality.error());
        said["quality"] = trustJson(*quality, request.other ? request.other->card.id : "", lungs->file);
        if (!request.asJson)
            std::puts(verdictOf(*quality).c_str());
    }
    if (request.asJson)
        printJson(said);
    return writePng(picture, request.output);
}

} // namespace

int runExplain(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto request = parseRequest(args);
    if (!request)
        return usageError(command, request.error());
    if (const auto done = explain(*request); !done) {
        reportFailure(request->film, done.error(), false);
        return exitSomeFailed;
    }
    return exitDone;
}

} // namespace hilum::cli
