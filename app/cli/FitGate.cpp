// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/FilmSplit.h"
#include "app/cli/Options.h"
#include "app/cli/Output.h"
#include "core/module/NnModule.h"

#include <algorithm>
#include <cstdio>
#include <limits>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--output", "FILE", "the gate to write, gate/gate.safetensors below a models folder (required)", "-o"},
    {"--steps", "N", "of training, 64 pictures each (default 2500)"},
    {"--without", "SOURCE", "leave a source's films out; may be repeated"},
    {"--threads", "N", "threads on the CPU (default: every core)"},
};
constexpr CommandSpec command{
    "fitgate", "MANIFEST -o FILE",
    "Trains the small network that tells upright frontal chest films from other pictures: on films of\n"
    "training patients as they are, turned, mirrored, inverted and spoilt, and on made-up pictures. The\n"
    "thresholds are chosen on films of validation patients. Films of held-out patients are not looked at.",
    options};

struct Request {
    std::filesystem::path manifest;
    std::filesystem::path output;
    std::vector<std::string> without;
    GatePlan plan;
};

Result<Request> parseRequest(std::span<const std::string> args)
{
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    if (parsed->positionals().size() != 1 || !parsed->has("--output"))
        return fail(ErrorCode::UsageWrong, "expected one manifest and -o FILE");
    Request request;
    request.manifest = parsed->positionals().front();
    request.output = *parsed->value("--output");
    request.without = parsed->values("--without");
    for (const auto &[name, target] :
         {std::pair{"--steps", &request.plan.steps}, std::pair{"--threads", &request.plan.threads}}) {
        if (const auto text = parsed->value(name)) {
            const auto number = integerOption(name, *text, 1, std::numeric_limits<int>::max());
            if (!number)
                return tl::unexpected(number.error());
            *target = *number;
        }
    }
    return request;
}

std::vector<GateFilm> filmsOf(std::vector<Sample> samples, const std::vector<std::string> &without)
{
    std::erase_if(samples, [&](const Sample &s) {
        return std::find(without.begin(), without.end(), s.source) != without.end();
    });
    std::vector<GateFilm> films;
    for (SquareFilm &film : readSquares(samples, {gateSquare}))
        films.push_back({std::move(film.square.values), film.sample.source});
    return films;
}

int fit(const Request &request)
{
    const auto split = splitLikeTheTrainer(request.manifest);
    if (!split) {
        reportFailure(request.manifest.string(), split.error(), false);
        return exitSomeFailed;
    }
    std::error_code code;
    std::filesystem::create_directories(std::filesystem::absolute(request.output).parent_path(), code);
    std::fprintf(stderr, "reading %zu training and %zu validation films\n", split->train.size(),
                 split->validation.size());
    const std::vector<GateFilm> training = filmsOf(split->train, request.without);
    const std::vector<GateFilm> validation = filmsOf(split->validation, request.without);
    const auto module = openNnModule();
    auto fitted = module
        ? (*module)->fitGate(
            training, validation, request.plan,
            [](double done, double loss) { std::fprintf(stderr, "%5.1f %%  loss %.3f\n", 100 * done, loss); },
            {})
        : tl::unexpected(module.error());
    if (!fitted) {
        reportFailure(request.manifest.string(), fitted.error(), false);
        return exitSomeFailed;
    }
    fitted->metadata["films"]
        = std::to_string(training.size()) + " training, " + std::to_string(validation.size()) + " validation";
    fitted->metadata["steps"] = std::to_string(request.plan.steps);
    if (const auto written = writeSafetensors(*fitted, request.output); !written) {
        reportFailure(request.output.string(), written.error(), false);
        return exitSomeFailed;
    }
    for (const auto &[name, value] : fitted->metadata)
        std::fprintf(stderr, "%s: %s\n", name.c_str(), value.c_str());
    return exitDone;
}

} // namespace

int runFitGate(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto request = parseRequest(args);
    return request ? fit(*request) : usageError(command, request.error());
}

} // namespace hilum::cli
