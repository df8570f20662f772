// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/FilmSplit.h"
#include "app/cli/Networks.h"
#include "app/cli/Output.h"
#include "core/gate/Band.h"

#include <algorithm>
#include <cstdio>

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
    BandRule rule;
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
         {std::pair{"--repeats", &request.rule.repeats}, std::pair{"--fresh", &request.rule.fresh},
          std::pair{"--films", &request.rule.films}}) {
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
        request.rule.level = *number;
    }
    int frame = 1;
    if (const auto read = readComputeOptions(*parsed, request.load, frame); !read)
        return tl::unexpected(read.error());
    return request;
}

Result<std::vector<BandFilm>> readFilms(const Request &request, Classifier &classifier,
                                        std::vector<Sample> samples, const char *what)
{
    const ModelCard &card = request.package.card;
    std::erase_if(samples, [&](const Sample &s) {
        return std::ranges::find(card.classes, s.label) == card.classes.end();
    });
    const ReadInput read = [&](const ModelInput &input) { return classifier.predict(input); };
    std::vector<BandFilm> films;
    for (const SquareFilm &film : readSquares(samples, card.input, strideOf(request.rule, samples.size()))) {
        const auto truth = std::ranges::find(card.classes, film.sample.label) - card.classes.begin();
        auto one = readBandFilm(film.square, int(truth), card.input, request.rule, films.size(), read);
        if (!one)
            return tl::unexpected(one.error());
        films.push_back(std::move(*one));
        if (films.size() % 40 == 0)
            std::fprintf(stderr, "%s: %zu films read\n", what, films.size());
    }
    return films;
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
    request.package.card.band = calibrateBand(*validation, request.rule.repeats, request.rule.level);
    BandSpec &band = request.package.card.band;
    band.coverage = coverageText(coverageOf(band, *heldOut), heldOut->size());
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
