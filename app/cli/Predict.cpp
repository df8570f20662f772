// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/Networks.h"
#include "app/cli/Output.h"
#include "core/codec/FilmReader.h"
#include "core/gate/Band.h"
#include "core/gate/Gate.h"

#include <cstdio>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--model", "ID", "a model package by its id or folder; may be repeated (default: every one)"},
    {"--device", "auto|cpu|cuda", "where to compute (default auto)"},
    {"--threads", "N", "threads on the CPU (default: every core)"},
    {"--frame", "N", "which frame of each film, counted from 1 (default 1)"},
    {"--no-interval", "", "leave the uncertainty bands out: one reading a film instead of several"},
    {"--json", "", "one JSON object a line instead of text"},
};
constexpr CommandSpec command{
    "predict", "FILM...",
    "What the networks read from films: softmax probabilities of each class, with the band\n"
    "in which they move when the film is taken a little differently. Pictures that the\n"
    "gate refuses are read too, and marked. For education, not for diagnosis.",
    options};

struct Request {
    std::vector<std::string> films;
    std::vector<ModelPackage> packages;
    LoadOptions load;
    int frame = 1;
    bool asJson = false;
    bool withBands = true;
};

Result<Request> parseRequest(std::span<const std::string> args)
{
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    Request request;
    request.films = parsed->positionals();
    request.asJson = parsed->has("--json");
    request.withBands = !parsed->has("--no-interval");
    if (request.films.empty())
        return fail(ErrorCode::UsageWrong, "expected at least one film");
    if (const auto read = readComputeOptions(*parsed, request.load, request.frame); !read)
        return tl::unexpected(read.error());
    auto packages = packagesNamed(parsed->values("--model"));
    if (!packages)
        return tl::unexpected(packages.error());
    request.packages = std::move(*packages);
    return request;
}

struct LoadedNetwork {
    std::string id;
    Result<std::unique_ptr<Classifier>> classifier;
};

// What is said of one film by one network.
struct Said {
    GateVerdict gate;
    Result<Prediction> prediction;
    Bands bands; // none: not asked for, or the package has no band
};

Json jsonOf(const std::string &film, const LoadedNetwork &network, const Said &said)
{
    Json probabilities = Json::object();
    Json intervals = Json::object();
    for (std::size_t c = 0; c < said.prediction->scores.size(); ++c) {
        const ClassScore &score = said.prediction->scores[c];
        probabilities[score.label] = score.probability;
        if (!said.bands.empty())
            intervals[score.label] = {said.bands[c].low, said.bands[c].high};
    }
    return {{"film", film},
            {"model", network.id},
            {"probabilities", probabilities},
            {"interval", said.bands.empty() ? Json(nullptr) : intervals},
            {"gate", {{"accepted", said.gate.accepted}, {"reason", said.gate.reason}}},
            {"device", said.prediction->device},
            {"milliseconds", said.prediction->elapsedMs}};
}

void report(const std::string &film, const LoadedNetwork &network, const Said &said, bool asJson)
{
    const Result<Prediction> &prediction = said.prediction;
    if (!prediction) {
        std::fprintf(stderr, "hilum-cli: %s: %s: %s\n", film.c_str(), network.id.c_str(),
                     prediction.error().detail.c_str());
        if (asJson)
            printJson(
                {{"film", film},
                 {"model", network.id},
                 {"error",
                  {{"code", errorName(prediction.error().code)}, {"message", prediction.error().detail}}}});
        return;
    }
    if (asJson) {
        printJson(jsonOf(film, network, said));
        return;
    }
    std::printf("%s  %s:", film.c_str(), network.id.c_str());
    for (std::size_t c = 0; c < prediction->scores.size(); ++c) {
        const ClassScore &score = prediction->scores[c];
        std::printf("  %s %.3f", score.label.c_str(), score.probability);
        if (!said.bands.empty())
            std::printf(" (%.2f to %.2f)", said.bands[c].low, said.bands[c].high);
    }
    std::printf("  (%s, %.0f ms)\n", prediction->device.c_str(), prediction->elapsedMs);
    if (!said.gate.accepted)
        std::printf("  REFUSED, don't trust this reading: %s\n", said.gate.reason.c_str());
}

Said read(const Film &film, const Request &request, const LoadedNetwork &network, const GateVerdict &verdict)
{
    if (!network.classifier)
        return {{}, tl::unexpected(network.classifier.error()), {}};
    Classifier &classifier = **network.classifier;
    const ModelCard &card = classifier.card();
    const auto input = prepare(film, request.frame - 1, card.input);
    Said said{card.gate == "none" ? GateVerdict() : verdict,
              input ? classifier.predict(*input) : tl::unexpected(input.error()),
              {}};
    if (said.prediction && request.withBands && card.band.repeats > 0) {
        auto bands = readBand(film, request.frame - 1, card, *said.prediction,
                              [&](const ModelInput &one) { return classifier.predict(one); }, {});
        if (!bands)
            return {said.gate, tl::unexpected(bands.error()), {}};
        said.bands = std::move(*bands);
    }
    return said;
}

int predict(const Request &request)
{
    const auto module = openNnModule();
    if (!module) {
        for (const std::string &film : request.films)
            reportFailure(film, module.error(), request.asJson);
        return exitSomeFailed;
    }
    std::vector<LoadedNetwork> networks;
    for (const ModelPackage &package : request.packages)
        networks.push_back({package.card.id, (*module)->load(package, request.load)});

    const GateNetwork *gate = bundledGate(modelRoots());
    bool allDone = true;
    for (const std::string &name : request.films) {
        const auto film = readFilm(name);
        if (!film) {
            reportFailure(name, film.error(), request.asJson);
            allDone = false;
            continue;
        }
        const GateVerdict verdict = judgeFilm(**film, request.frame - 1, gate);
        for (const LoadedNetwork &network : networks) {
            const Said said = read(**film, request, network, verdict);
            allDone = allDone && said.prediction.has_value();
            report(name, network, said, request.asJson);
        }
    }
    return allDone ? exitDone : exitSomeFailed;
}

} // namespace

int runPredict(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto request = parseRequest(args);
    return request ? predict(*request) : usageError(command, request.error());
}

} // namespace hilum::cli
