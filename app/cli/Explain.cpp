// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/Networks.h"
#include "app/cli/Output.h"
#include "core/codec/FilmReader.h"
#include "core/codec/PngWriter.h"
#include "core/imaging/ColourMap.h"
#include "core/imaging/Stamp.h"
#include "core/report/Npy.h"

#include <algorithm>
#include <cstdio>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--model", "ID", "a model package by its id or folder (required)"},
    {"--class", "NAME", "the class to explain (default: the one with the highest probability)"},
    {"--output", "OVERLAY.png", "the film with the map over it, at film size (required)", "-o"},
    {"--map", "MAP.npy", "the map as float32, height x width at film size, 0 to 1"},
    {"--method", "gradcam", "how the map is made (default gradcam)"},
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
    std::optional<int> classIndex;
    std::string output;
    std::string map;
    double opacity = 0.6;
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
    if (const std::string method = parsed->value("--method").value_or("gradcam"); method != "gradcam")
        return fail(ErrorCode::UsageWrong, "--method: expected gradcam, found \"" + method + "\"");
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
    const auto model = parsed->value("--model");
    if (!model)
        return fail(ErrorCode::UsageWrong, "expected --model ID");
    auto package = packageNamed(*model);
    if (!package)
        return tl::unexpected(package.error());
    request.package = std::move(*package);
    const auto classIndex = classNamed(request.package.card, parsed->value("--class"));
    if (!classIndex)
        return tl::unexpected(classIndex.error());
    request.classIndex = *classIndex;
    return request;
}

// The frame as its film opens, in colour, with the heat laid over it.
RgbImage overlay(const Film &film, int frame, const HeatPlane &heat, double opacity)
{
    RgbImage picture(film.columns, film.rows);
    if (film.isColour()) {
        picture = renderColour(film, frame);
    } else {
        const GreyImage grey = renderGrey(film, defaultVoi(film, frame), frame);
        std::ranges::transform(grey.samples(), picture.samples().begin(), [](std::uint8_t level) {
            return std::array{level, level, level};
        });
    }
    const Plane<std::uint32_t> colours = colourHeat(heat, ColourMapKind::Inferno, opacity);
    for (std::size_t i = 0; i < picture.samples().size(); ++i) {
        const std::uint32_t over = colours.samples()[i]; // premultiplied
        const std::uint32_t clear = 255 - (over >> 24U);
        auto &pixel = picture.samples()[i];
        for (std::size_t c = 0; c < 3; ++c) {
            const std::uint32_t heatPart = (over >> (16U - 8U * c)) & 0xffU;
            pixel[c] = static_cast<std::uint8_t>(std::min(255U, heatPart + (pixel[c] * clear + 127) / 255));
        }
    }
    return picture;
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
    const auto reading = (*classifier)->read(*input, request.classIndex, MapMethod::GradCam);
    if (!reading)
        return tl::unexpected(reading.error());

    const ActivationMap &map = *reading->map;
    if (!map.hasEvidence())
        std::fprintf(stderr, "hilum-cli: %s: %s finds no positive evidence for %s; the map is empty\n",
                     request.film.c_str(), request.package.card.id.c_str(), map.label.c_str());
    const HeatPlane heat = spread(map);
    if (!request.map.empty()) {
        if (auto written = writeNpy(heat, request.map); !written)
            return written;
    }
    RgbImage picture = overlay(**film, request.frame - 1, heat, request.opacity);
    stamp(picture, request.package.card.id + ", " + map.label + ". " + notForDiagnosis);
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
