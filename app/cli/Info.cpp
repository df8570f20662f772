// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/Options.h"
#include "app/cli/Output.h"
#include "core/base/Sha256.h"
#include "core/codec/FilmReader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <string_view>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {{"--json", "", "one JSON object a line instead of text"}};
constexpr CommandSpec command{
    "info", "FILM...",
    "What a film holds: size, stored values, windows, spacing. DICOM, PNG and JPEG.\n"
    "min, max, mean and storedSha256 are over the stored samples of all frames, before any rescale;\n"
    "the hash is over their little-endian bytes, frames x rows x columns x samples.",
    options};

struct Statistics {
    double low = 0;
    double high = 0;
    double mean = 0;
    std::string sha256;
};

Statistics statisticsOf(const Film &film)
{
    return std::visit(
        [](const auto &samples) {
            long double sum = 0;
            for (const auto sample : samples)
                sum += static_cast<long double>(sample);
            const auto [low, high] = std::ranges::minmax_element(samples);
            return Statistics{static_cast<double>(*low), static_cast<double>(*high),
                              static_cast<double>(sum / static_cast<long double>(samples.size())),
                              hilum::sha256(std::as_bytes(std::span(samples)))};
        },
        film.samples);
}

std::string_view formatName(FilmFormat format)
{
    return format == FilmFormat::Dicom ? "dicom" : format == FilmFormat::Png ? "png" : "jpeg";
}

std::string_view functionName(VoiFunction function)
{
    return function == VoiFunction::Sigmoid    ? "SIGMOID"
        : function == VoiFunction::LinearExact ? "LINEAR_EXACT"
                                               : "LINEAR";
}

std::string_view sourceName(SpacingSource source)
{
    switch (source) {
    case SpacingSource::PixelSpacing:
        return "PixelSpacing";
    case SpacingSource::ImagerPixelSpacing:
        return "ImagerPixelSpacing";
    case SpacingSource::NominalScanned:
        return "NominalScannedPixelSpacing";
    case SpacingSource::ImageFile:
        break;
    }
    return "ImageFile";
}

std::string groupName(int group)
{
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "%04x", static_cast<unsigned>(group));
    return text.data();
}

Json describe(const std::string &name, const Film &film)
{
    const Statistics statistics = statisticsOf(film);
    Json windows = Json::array();
    for (const VoiWindow &window : film.windows)
        windows.push_back({{"centre", window.centre},
                           {"width", window.width},
                           {"function", functionName(window.function)},
                           {"explanation", window.explanation}});
    Json overlays = Json::array();
    for (const OverlayPlane &overlay : film.overlays)
        overlays.push_back({{"group", groupName(overlay.group)},
                            {"label", overlay.label},
                            {"region", overlay.isRegion},
                            {"columns", overlay.columns},
                            {"rows", overlay.rows},
                            {"left", overlay.left},
                            {"top", overlay.top},
                            {"firstFrame", overlay.firstFrame},
                            {"frames", overlay.frames}});
    Json spacing;
    if (film.spacing)
        spacing = {{"row", film.spacing->row},
                   {"column", film.spacing->column},
                   {"source", sourceName(film.spacing->source)}};
    return {{"film", name},
            {"format", formatName(film.format)},
            {"columns", film.columns},
            {"rows", film.rows},
            {"frames", film.frames},
            {"samplesPerPixel", film.samplesPerPixel},
            {"bitsStored", film.bitsStored},
            {"signed", film.isSigned},
            {"photometric", film.photometricText},
            {"transferSyntax", film.transferSyntax},
            {"min", statistics.low},
            {"max", statistics.high},
            {"mean", statistics.mean},
            {"storedSha256", statistics.sha256},
            {"windows", windows},
            {"voiTables", film.voiTables.size()},
            {"spacing", spacing},
            {"overlays", overlays},
            {"frameTimeMs", film.frameTimeMs > 0 ? Json(film.frameTimeMs) : Json()},
            {"notices", film.notices}};
}

void printText(const Json &film)
{
    const auto text = [&](const char *key) {
        const Json &value = film[key];
        return value.is_string() ? value.get<std::string>()
                                 : value.dump(-1, ' ', false, Json::error_handler_t::replace);
    };
    std::printf("%s\n  %s, %s x %s pixels, %s frames, %s samples per pixel, %s bits%s, %s\n",
                text("film").c_str(), text("format").c_str(), text("columns").c_str(), text("rows").c_str(),
                text("frames").c_str(), text("samplesPerPixel").c_str(), text("bitsStored").c_str(),
                film["signed"].get<bool>() ? " signed" : "", text("photometric").c_str());
    std::printf("  stored values %s to %s, mean %s\n  SHA-256 %s\n", text("min").c_str(), text("max").c_str(),
                text("mean").c_str(), text("storedSha256").c_str());
    for (const Json &window : film["windows"])
        std::printf("  window %s\n", window.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
    if (!film["spacing"].is_null())
        std::printf("  spacing %s\n", text("spacing").c_str());
    for (const Json &overlay : film["overlays"])
        std::printf("  overlay %s\n", overlay.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
    if (!film["frameTimeMs"].is_null())
        std::printf("  %s ms from frame to frame\n", text("frameTimeMs").c_str());
    for (const Json &notice : film["notices"])
        std::printf("  note: %s\n", notice.get<std::string>().c_str());
}

} // namespace

int runInfo(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return usageError(command, parsed.error());
    if (parsed->positionals().empty())
        return usageError(command, {ErrorCode::UsageWrong, "expected at least one film"});
    const bool asJson = parsed->has("--json");
    int code = exitDone;
    for (const std::string &name : parsed->positionals()) {
        const auto film = readFilm(name);
        if (!film) {
            reportFailure(name, film.error(), asJson);
            code = exitSomeFailed;
            continue;
        }
        const Json described = describe(name, **film);
        asJson ? printJson(described) : printText(described);
    }
    return code;
}

} // namespace hilum::cli
