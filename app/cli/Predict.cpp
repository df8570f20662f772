// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/Networks.h"
#include "app/cli/Output.h"
#include "core/codec/FilmReader.h"

#include <cstdio>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--model", "ID", "a model package by its id or folder; may be repeated (default: every one)"},
    {"--device", "auto|cpu|cuda", "where to compute (default auto)"},
    {"--threads", "N", "threads on the CPU (default: every core)"},
    {"--frame", "N", "which frame of each film, counted from 1 (default 1)"},
    {"--json", "", "one JSON object a line instead of text"},
};
constexpr CommandSpec command{"predict", "FILM...",
                              "What the networks read from films: softmax probabilities of each class.\n"
                              "For education, not for diagnosis.",
                              options};

struct Request {
    std::vector<std::string> films;
    std::vector<ModelPackage> packages;
    LoadOptions load;
    int frame = 1;
    bool asJson = false;
};

Result<Request> parseRequest(std::span<const std::string> args)
{
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    Request request;
    request.films = parsed->positionals();
    request.asJson = parsed->has("--json");
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

void report(const std::string &film, const LoadedNetwork &network, const Result<Prediction> &prediction,
            bool asJson)
{
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
        Json probabilities = Json::object();
        for (const ClassScore &score : prediction->scores)
            probabilities[score.label] = score.probability;
        printJson({{"film", film},
                   {"model", network.id},
                   {"probabilities", probabilities},
                   {"device", prediction->device},
                   {"milliseconds", prediction->elapsedMs}});
        return;
    }
    std::printf("%s  %s:", film.c_str(), network.id.c_str());
    for (const ClassScore &score : prediction->scores)
        std::printf("  %s %.3f", score.label.c_str(), score.probability);
    std::printf("  (%s, %.0f ms)\n", prediction->device.c_str(), prediction->elapsedMs);
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

    bool allDone = true;
    for (const std::string &name : request.films) {
        const auto film = readFilm(name);
        if (!film) {
            reportFailure(name, film.error(), request.asJson);
            allDone = false;
            continue;
        }
        for (const LoadedNetwork &network : networks) {
            const auto predictOne = [&]() -> Result<Prediction> {
                if (!network.classifier)
                    return tl::unexpected(network.classifier.error());
                const auto input = prepare(**film, request.frame - 1, (*network.classifier)->card().input);
                if (!input)
                    return tl::unexpected(input.error());
                return (*network.classifier)->predict(*input);
            };
            const auto prediction = predictOne();
            allDone = allDone && prediction.has_value();
            report(name, network, prediction, request.asJson);
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
