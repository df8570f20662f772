// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audit/Audit.h"
#include "app/cli/Commands.h"
#include "app/cli/Options.h"
#include "app/cli/Output.h"
#include "core/codec/FilmReader.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <limits>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--output", "DIR", "where to write audit.json and audit.html (required)", "-o"},
    {"--seed", "N", "of folds, forests and intervals (default 20200401)"},
    {"--folds", "N", "of the cross-validation by patient (default 5)"},
    {"--threads", "N", "threads (default: every core)"},
    {"--no-thumbnails", "", "no pictures of duplicate pairs in audit.html"},
    {"--json", "", "the report as one JSON object on stdout, too"},
};
constexpr CommandSpec command{
    "audit", "MANIFEST|FOLDER -o DIR",
    "Says how a data set could fool a network: what its classes and sources differ in besides anatomy,\n"
    "duplicates, patients in two classes or splits, and how well classifiers do that never see a lung.\n"
    "A manifest is a CSV with file,label and optionally group,fold,split,origin; a folder holds a folder\n"
    "of films for each class. Films that can't be read are listed and left out (exit code 1).",
    options};

struct Request {
    std::filesystem::path dataset;
    std::filesystem::path output;
    AuditOptions audit;
    bool asJson = false;
};

Result<Request> parseRequest(std::span<const std::string> args)
{
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    if (parsed->positionals().size() != 1)
        return fail(ErrorCode::UsageWrong, "expected one manifest or folder");
    Request request;
    request.dataset = parsed->positionals().front();
    request.output = parsed->value("--output").value_or("");
    if (request.output.empty())
        return fail(ErrorCode::UsageWrong, "expected -o DIR");
    constexpr int anything = std::numeric_limits<int>::max();
    if (const auto text = parsed->value("--seed")) {
        const auto seed = integerOption("--seed", *text, 0, anything);
        if (!seed)
            return tl::unexpected(seed.error());
        request.audit.seed = static_cast<std::uint64_t>(*seed);
    }
    for (const auto &[name, target, lowest, highest] :
         {std::tuple{"--folds", &request.audit.folds, 2, 20},
          std::tuple{"--threads", &request.audit.threads, 1, 1024}}) {
        if (const auto text = parsed->value(name)) {
            const auto number = integerOption(name, *text, lowest, highest);
            if (!number)
                return tl::unexpected(number.error());
            *target = *number;
        }
    }
    request.audit.thumbnails = !parsed->has("--no-thumbnails");
    request.audit.makeReader
        = [] { return [](const std::filesystem::path &file, std::stop_token) { return readFilm(file); }; };
    request.asJson = parsed->has("--json");
    return request;
}

volatile std::sig_atomic_t interrupted = 0;

AuditObserver observerFor(std::stop_source &stop)
{
    return [&stop, last = std::chrono::steady_clock::time_point{}](const AuditProgress &progress) mutable {
        if (interrupted != 0)
            stop.request_stop();
        const auto now = std::chrono::steady_clock::now();
        if (now - last < std::chrono::seconds(5))
            return;
        last = now;
        std::fprintf(stderr, "%3.0f %%  %s", 100 * progress.done, progress.stage.c_str());
        if (progress.secondsLeft >= 0)
            std::fprintf(stderr, ", about %.0f s left", progress.secondsLeft);
        std::fputc('\n', stderr);
    };
}

Result<void> writeText(const std::filesystem::path &file, const std::string &text)
{
    std::ofstream stream(file, std::ios::binary);
    stream << text;
    stream.close();
    if (!stream)
        return fail(ErrorCode::FileUnreadable, file.string() + ": could not be written");
    return {};
}

Result<AuditReport> auditTo(const Request &request)
{
    if (auto made = makeFolder(request.output); !made)
        return tl::unexpected(made.error());
    std::signal(SIGINT, [](int) { interrupted = 1; });
    std::signal(SIGTERM, [](int) { interrupted = 1; });
    std::stop_source stop;
    auto report = auditDataset(request.dataset, request.audit, observerFor(stop), stop.get_token());
    if (!report)
        return report;
    const auto json = writeText(request.output / "audit.json", auditJson(*report));
    const auto html
        = json ? writeText(request.output / "audit.html", auditHtml(*report)) : tl::unexpected(json.error());
    if (!html)
        return tl::unexpected(html.error());
    return report;
}

} // namespace

int runAudit(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto request = parseRequest(args);
    if (!request)
        return usageError(command, request.error());
    const auto report = auditTo(*request);
    if (!report) {
        reportFailure(request->dataset.string(), report.error(), request->asJson);
        return exitSomeFailed;
    }
    for (const UnreadableFilm &film : report->unreadable)
        reportFailure(film.name, film.error, false);
    if (request->asJson)
        printJson(Json::parse(auditJson(*report)));
    else
        for (const AuditFinding &finding : report->verdict)
            std::printf("%s\n", finding.sentence.c_str());
    std::fprintf(stderr, "%s: %zu films in %.0f s; for education, never for diagnosis\n",
                 (request->output / "audit.html").string().c_str(), report->films.size(), report->seconds);
    return report->unreadable.empty() ? exitDone : exitSomeFailed;
}

} // namespace hilum::cli
