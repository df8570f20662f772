// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/FilmPictures.h"
#include "app/cli/Networks.h"
#include "app/cli/Output.h"
#include "app/cli/Scored.h"
#include "core/codec/FilmReader.h"
#include "core/codec/PngWriter.h"
#include "core/imaging/Stamp.h"
#include "core/nn/InputSteps.h"
#include "core/report/Npy.h"

#include <filesystem>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--model", "ID", "a model package by its id or folder (required)"},
    {"--output", "DIR", "folder for the steps, each as PNG and NPY, and steps.json (required)", "-o"},
    {"--frame", "N", "which frame, counted from 1 (default 1)"},
};
constexpr CommandSpec command{
    "saw", "FILM --model ID -o DIR",
    "What a network saw: the film from its stored values to the network's input, step by step.\n"
    "Pictures run from the step's lowest value (black) to its highest (white); NPY files hold the values.",
    options};

struct Request {
    std::string film;
    ModelPackage package;
    std::filesystem::path folder;
    int frame = 1;
};

Result<Request> parseRequest(std::span<const std::string> args)
{
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    Request request;
    if (parsed->positionals().size() != 1)
        return fail(ErrorCode::UsageWrong, "expected one film");
    request.film = parsed->positionals().front();
    const auto folder = parsed->value("--output");
    if (!folder)
        return fail(ErrorCode::UsageWrong, "expected -o DIR");
    request.folder = *folder;
    LoadOptions load; // not asked for
    if (const auto read = readComputeOptions(*parsed, load, request.frame); !read)
        return tl::unexpected(read.error());
    auto package = packageOf(*parsed);
    if (!package)
        return tl::unexpected(package.error());
    request.package = std::move(*package);
    return request;
}

Result<void> write(const Request &request, const std::vector<InputStep> &steps)
{
    if (auto made = makeFolder(request.folder); !made)
        return made;
    const ModelCard &card = request.package.card;
    Json list = Json::array();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const InputStep &step = steps[i];
        const std::string stem = std::to_string(i + 1) + "-" + step.name;
        RgbImage picture = inColour(stepPicture(step));
        stamp(picture,
              card.id + " " + card.weightsSha256.substr(0, 12) + ", Hilum " HILUM_VERSION ", " + step.name
                  + ". " + notForDiagnosis);
        if (auto written = writePng(picture, request.folder / (stem + ".png")); !written)
            return written;
        if (auto written = writeNpy(step.values, request.folder / (stem + ".npy")); !written)
            return written;
        list.push_back({{"name", step.name},
                        {"what", step.what},
                        {"png", stem + ".png"},
                        {"npy", stem + ".npy"},
                        {"rows", step.values.height()},
                        {"columns", step.values.width()},
                        {"low", step.low},
                        {"high", step.high},
                        {"mean", step.mean},
                        {"part",
                         {{"left", step.part.left},
                          {"top", step.part.top},
                          {"width", step.part.width},
                          {"height", step.part.height}}}});
    }
    const Json report{{"film", request.film},
                      {"model", card.id},
                      {"weightsSha256", card.weightsSha256},
                      {"software", "Hilum " HILUM_VERSION},
                      {"notice", notForDiagnosis},
                      {"steps", list}};
    return writeWhole(request.folder / "steps.json", report.dump(2) + "\n");
}

} // namespace

int runSaw(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto request = parseRequest(args);
    if (!request)
        return usageError(command, request.error());
    const auto done = [&]() -> Result<void> {
        const auto film = readFilm(request->film);
        if (!film)
            return tl::unexpected(film.error());
        const auto steps = inputSteps(**film, request->frame - 1, request->package.card.input);
        return steps ? write(*request, *steps) : tl::unexpected(steps.error());
    }();
    if (!done) {
        reportFailure(request->film, done.error(), false);
        return exitSomeFailed;
    }
    return exitDone;
}

} // namespace hilum::cli
