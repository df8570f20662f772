// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/FilmReading.h"
#include "app/cli/Networks.h"
#include "app/cli/Output.h"
#include "app/cli/Plots.h"
#include "app/cli/Scored.h"

#include <algorithm>
#include <cstdio>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--output", "DIR", "folder for report.pdf, report.html, report.png, report.json and pictures (required)",
     "-o"},
    {"--model", "ID", "a model package by its id or folder; may be repeated (default: every one)"},
    {"--class", "NAME", "whose evidence the maps show (default: what the first network calls the film)"},
    {"--method", "NAME", "of the maps, as explain knows them (default gradcam)"},
    {"--paper", "a4|letter", "of the PDF (default a4)"},
    {"--anyway", "", "readings also of a picture that the gate refuses, marked so"},
    {"--show-names", "", "the file's name and place as they are, a patient's name in them included"},
    {"--frame", "N", "which frame of the film, counted from 1 (default 1)"},
    {"--device", "auto|cpu|cuda", "where to compute (default auto)"},
    {"--threads", "N", "threads on the CPU (default: every core)"},
};
constexpr CommandSpec command{
    "report", "FILM -o DIR",
    "One page on a film: what each network reads, with the band around it, where it looked, what it saw,\n"
    "and which network it is; as PDF, HTML that needs nothing else, PNG and JSON (verify works the JSON's\n"
    "numbers out again). Names of patients are left out. For education, not for diagnosis.",
    options};

struct Request {
    FilmReadingRequest reading;
    std::filesystem::path folder;
    std::string paper;
};

Result<Request> parseRequest(std::span<const std::string> args)
{
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    if (parsed->positionals().size() != 1)
        return fail(ErrorCode::UsageWrong, "expected one film");
    Request request;
    FilmReadingRequest &reading = request.reading;
    reading.film = parsed->positionals().front();
    const auto folder = parsed->value("--output");
    if (!folder)
        return fail(ErrorCode::UsageWrong, "expected -o DIR");
    request.folder = reading.pictures = *folder;
    request.paper = parsed->value("--paper").value_or("a4");
    if (request.paper != "a4" && request.paper != "letter")
        return fail(ErrorCode::UsageWrong, "--paper: expected a4 or letter, found \"" + request.paper + "\"");
    if (const auto read = readComputeOptions(*parsed, reading.load, reading.frame); !read)
        return tl::unexpected(read.error());
    auto packages = packagesNamed(parsed->values("--model"));
    if (!packages)
        return tl::unexpected(packages.error());
    reading.packages = std::move(*packages);
    reading.label = parsed->value("--class").value_or("");
    const auto knows = [&](const ModelPackage &package) {
        return std::ranges::find(package.card.classes, reading.label) != package.card.classes.end();
    };
    if (!reading.label.empty() && std::ranges::none_of(reading.packages, knows))
        return fail(ErrorCode::UsageWrong,
                    "--class: expected a class that one of the networks knows, found \"" + reading.label
                        + "\"");
    const auto method = methodNamed(parsed->value("--method").value_or("gradcam"));
    if (!method)
        return fail(ErrorCode::UsageWrong, "--method: " + method.error().detail);
    reading.method = *method;
    reading.isShownAnyway = parsed->has("--anyway");
    reading.showsNames = parsed->has("--show-names");
    return request;
}

Result<FilmReport> write(const Request &request)
{
    if (auto made = makeFolder(request.folder); !made)
        return tl::unexpected(made.error());
    auto report = readForReport(request.reading);
    if (!report)
        return report;
    if (auto written = writeWhole(request.folder / "report.json", filmReportJson(*report)); !written)
        return tl::unexpected(written.error());
    if (auto drawn = drawPlots({"film-report", request.folder.string(), "-o", request.folder.string(),
                                "--paper", request.paper});
        !drawn)
        return tl::unexpected(drawn.error());
    return report;
}

} // namespace

int runReport(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto request = parseRequest(args);
    if (!request)
        return usageError(command, request.error());
    const auto report = write(*request);
    if (!report) {
        if (report.error().code == ErrorCode::UsageWrong)
            return usageError(command, report.error());
        reportFailure(request->reading.film.string(), report.error(), false);
        return exitSomeFailed;
    }
    bool allRead = true;
    for (const ReportedNetwork &network : report->networks) {
        if (!network.error.empty())
            std::fprintf(stderr, "hilum-cli: %s: %s\n", network.id.c_str(), network.error.c_str());
        allRead = allRead && network.error.empty();
    }
    std::printf("%s\n", (request->folder / "report.pdf").string().c_str());
    return allRead ? exitDone : exitSomeFailed;
}

} // namespace hilum::cli
