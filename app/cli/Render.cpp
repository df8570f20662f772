// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/Render.h"
#include "app/cli/Commands.h"
#include "app/cli/Options.h"
#include "app/cli/Output.h"
#include "core/codec/FilmReader.h"
#include "core/codec/PngWriter.h"

#include <limits>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--output", "OUT.png", "where to write the picture (required)", "-o"},
    {"--frame", "N", "which frame, counted from 1 (default 1)"},
    {"--window", "C,W", "window centre and width, in modality values (LINEAR; LINEAR_EXACT below width 1)"},
    {"--voi", "N", "which of the film's own: its windows first, then its VOI LUTs, counted from 1"},
};
constexpr CommandSpec command{
    "render", "FILM -o OUT.png",
    "A frame as the screen shows it, at full size: 8-bit grey PNG, RGB PNG for colour films.\n"
    "Without --window and --voi: the film's first window, else its first VOI LUT, else its value range.",
    options};

struct Request {
    std::string film;
    std::string output;
    int frame = 1;
    int voi = 0; // 0: not asked for
    std::optional<Window> window;
};

Result<Window> parseWindow(const std::string &text)
{
    const std::size_t comma = text.find(',');
    if (comma == std::string::npos)
        return fail(ErrorCode::UsageWrong, "--window: expected CENTRE,WIDTH, found \"" + text + "\"");
    const auto centre = numberOption("--window", std::string_view(text).substr(0, comma));
    const auto width = numberOption("--window", std::string_view(text).substr(comma + 1));
    if (!centre || !width)
        return tl::unexpected(!centre ? centre.error() : width.error());
    if (!(*width > 0))
        return fail(ErrorCode::UsageWrong, "--window: expected a width above 0, found \"" + text + "\"");
    return Window{*centre, *width, *width < 1 ? VoiFunction::LinearExact : VoiFunction::Linear};
}

Result<Request> parseRequest(std::span<const std::string> args)
{
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    if (parsed->positionals().size() != 1)
        return fail(ErrorCode::UsageWrong, "expected one film");
    Request request;
    request.film = parsed->positionals().front();
    request.output = parsed->value("--output").value_or("");
    if (request.output.empty())
        return fail(ErrorCode::UsageWrong, "expected -o OUT.png");
    for (const auto &[name, target] :
         {std::pair{"--frame", &request.frame}, std::pair{"--voi", &request.voi}}) {
        if (const auto text = parsed->value(name)) {
            const auto number = integerOption(name, *text, 1, std::numeric_limits<int>::max());
            if (!number)
                return tl::unexpected(number.error());
            *target = *number;
        }
    }
    if (const auto text = parsed->value("--window")) {
        const auto window = parseWindow(*text);
        if (!window)
            return tl::unexpected(window.error());
        request.window = *window;
    }
    if (request.window && request.voi > 0)
        return fail(ErrorCode::UsageWrong, "--window and --voi exclude each other");
    return request;
}

Result<Voi> chooseVoi(const Film &film, const Request &request)
{
    if (request.window)
        return *request.window;
    if (request.voi == 0)
        return defaultVoi(film, request.frame - 1);
    const auto index = static_cast<std::size_t>(request.voi - 1);
    if (index < film.windows.size()) {
        const VoiWindow &window = film.windows[index];
        return Window{window.centre, window.width, window.function};
    }
    if (index - film.windows.size() < film.voiTables.size())
        return film.voiTables[index - film.windows.size()];
    return fail(ErrorCode::UsageWrong,
                "--voi " + std::to_string(request.voi) + ": the film has "
                    + std::to_string(film.windows.size()) + " windows and "
                    + std::to_string(film.voiTables.size()) + " VOI LUTs");
}

Result<void> render(const Request &request)
{
    const auto film = readFilm(request.film);
    if (!film)
        return tl::unexpected(film.error());
    if (request.frame > (*film)->frames)
        return fail(ErrorCode::UsageWrong,
                    "--frame " + std::to_string(request.frame) + ": the film has "
                        + std::to_string((*film)->frames) + " frames");
    if ((*film)->isColour())
        return writePng(renderColour(**film, request.frame - 1), request.output);
    const auto voi = chooseVoi(**film, request);
    if (!voi)
        return tl::unexpected(voi.error());
    return writePng(renderGrey(**film, *voi, request.frame - 1), request.output);
}

} // namespace

int runRender(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto request = parseRequest(args);
    if (!request)
        return usageError(command, request.error());
    const auto done = render(*request);
    if (done)
        return exitDone;
    if (done.error().code == ErrorCode::UsageWrong)
        return usageError(command, done.error());
    reportFailure(request->film, done.error(), false);
    return exitSomeFailed;
}

} // namespace hilum::cli
