// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/FilmSplit.h"
#include "app/cli/Networks.h"
#include "app/cli/Output.h"
#include "core/gate/Band.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--repeats", "N", "readings from which a band is made (default 6)"},
    {"--fresh", "N", "further readings of each film to calibrate and to test with (default 2)"},
    {"--films", "N", "at most, of each of validation and held-out patients (default 240)"},
    {"--level", "SHARE", "of readings and of groups that the bands shall hold (default 0.9)"},
    {"--device", "auto|cpu|cuda", "where to compute (default auto)"},
    {"--threads", "N", "threads on the CPU (default: every core)"},
};
constexpr CommandSpec command{"fitband", "MODEL MANIFEST",
                              "Calibrates a network's uncertainty bands on films of validation patients, "
                              "measures on films of held-out\n"
                              "patients how often they hold, and writes both into the package's card.",
                              options};

struct Request {
    ModelPackage package;
    std::filesystem::path manifest;
    LoadOptions load;
    int repeats = 6;
    int fresh = 2;
    int films = 240;
    double level = 0.9;
};

Result<Request> parseRequest(std::span<const std::string> args)
{
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    if (parsed->positionals().size() != 2)
        return fail(ErrorCode::UsageWrong, "expected a model package and a manifest");
    Request request;
    auto package = packageNamed(parsed->positionals()[0]);
    if (!package)
        return tl::unexpected(package.error());
    request.package = std::move(*package);
    request.manifest = parsed->positionals()[1];
    for (const auto &[name, target] :
         {std::pair{"--repeats", &request.repeats}, std::pair{"--fresh", &request.fresh},
          std::pair{"--films", &request.films}}) {
        if (const auto text = parsed->value(name)) {
            const auto number = integerOption(name, *text, 2, 100000);
            if (!number)
                return tl::unexpected(number.error());
            *target = *number;
        }
    }
    if (const auto text = parsed->value("--level")) {
        const auto number = numberOption("--level", *text);
        if (!number)
            return tl::unexpected(number.error());
        if (!(*number >= 0.5 && *number <= 0.99))
            return fail(ErrorCode::UsageWrong, "--level: expected 0.5 to 0.99, found \"" + *text + "\"");
        request.level = *number;
    }
    int frame = 1;
    if (const auto read = readComputeOptions(*parsed, request.load, frame); !read)
        return tl::unexpected(read.error());
    return request;
}

// Fresh readings are numbered far from those that make a band.
constexpr std::uint64_t firstFresh = 1000;

Result<std::vector<BandFilm>> readFilms(const Request &request, Classifier &classifier,
                                        std::vector<Sample> samples, const char *what)
{
    const ModelCard &card = request.package.card;
    std::erase_if(samples, [&](const Sample &s) {
        return std::ranges::find(card.classes, s.label) == card.classes.end();
    });
    const std::size_t most = static_cast<std::size_t>(request.films);
    const std::size_t stride = std::max<std::size_t>(1, (samples.size() + most - 1) / most);
    const ReadInput read = [&](const ModelInput &input) { return classifier.predict(input); };
    std::vector<BandFilm> films;
    for (const SquareFilm &film : readSquares(samples, card.input, stride)) {
        auto prediction = classifier.predict(unperturbed(film.square, card.input));
        if (!prediction)
            return tl::unexpected(prediction.error());
        auto repeats = perturbedLogits(film.square, card.input, read, 0, request.repeats, {});
        auto fresh = perturbedLogits(film.square, card.input, read, firstFresh + films.size() * 16,
                                     request.fresh, {});
        if (!repeats || !fresh)
            return tl::unexpected(repeats ? fresh.error() : repeats.error());
        const auto truth = std::ranges::find(card.classes, film.sample.label) - card.classes.begin();
        films.push_back({std::move(*prediction), std::move(*repeats), std::move(*fresh), int(truth)});
        if (films.size() % 40 == 0)
            std::fprintf(stderr, "%s: %zu films read\n", what, films.size());
    }
    return films;
}

std::string sentence(const BandCoverage &coverage, std::size_t films)
{
    const Interval fresh = wilsonInterval(coverage.freshInside, coverage.fresh);
    const Interval groups = wilsonInterval(coverage.groupsInside, coverage.groups);
    std::array<char, 400> text{};
    std::snprintf(
        text.data(), text.size(),
        "On %zu held-out films the bands held %d of %d fresh readings (%.3f, 95 %% interval %.3f to %.3f) "
        "and, up to the chance of counting, the share of a class in %d of %d groups of films (%.2f, %.2f to "
        "%.2f).",
        films, coverage.freshInside, coverage.fresh, double(coverage.freshInside) / coverage.fresh, fresh.low,
        fresh.high, coverage.groupsInside, coverage.groups, double(coverage.groupsInside) / coverage.groups,
        groups.low, groups.high);
    return text.data();
}

int fit(Request request)
{
    const std::string where = request.manifest.string();
    const auto split = splitLikeTheTrainer(request.manifest);
    const auto module = openNnModule();
    if (!split || !module) {
        reportFailure(where, split ? module.error() : split.error(), false);
        return exitSomeFailed;
    }
    const auto classifier = (*module)->load(request.package, request.load);
    if (!classifier) {
        reportFailure(request.package.card.id, classifier.error(), false);
        return exitSomeFailed;
    }
    const auto validation = readFilms(request, **classifier, split->validation, "validation");
    const auto heldOut
        = validation ? readFilms(request, **classifier, split->heldOut, "held out") : validation;
    if (!heldOut) {
        reportFailure(where, heldOut.error(), false);
        return exitSomeFailed;
    }
    if (validation->empty() || heldOut->empty()) {
        reportFailure(where, {ErrorCode::UsageWrong, "expected films of the network's classes, found none"},
                      false);
        return exitSomeFailed;
    }
    request.package.card.band = calibrateBand(*validation, request.repeats, request.level);
    BandSpec &band = request.package.card.band;
    band.coverage = sentence(coverageOf(band, *heldOut), heldOut->size());
    if (const auto written = writeCard(request.package.card, request.package.folder / "card.json");
        !written) {
        reportFailure(request.package.folder.string(), written.error(), false);
        return exitSomeFailed;
    }
    std::fprintf(stderr, "%s: level %.2f, spread %.3f, extra %.2f, from %zu validation films. %s\n",
                 request.package.card.id.c_str(), band.level, band.spread, band.extra, validation->size(),
                 band.coverage.c_str());
    return exitDone;
}

} // namespace

int runFitBand(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    auto request = parseRequest(args);
    return request ? fit(std::move(*request)) : usageError(command, request.error());
}

} // namespace hilum::cli
