// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/Options.h"
#include "app/cli/Output.h"
#include "app/cli/Scored.h"
#include "core/report/EvaluationReport.h"

#include <cstdio>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--against", "PREDICTIONS.csv", "how much better or worse the same films do there"},
    {"--row", "TITLE", "only a row for a table of several networks"},
    {"--comparisons", "TITLE", "only the rows of its comparisons"},
    {"--json", "", "one JSON object instead of Markdown"},
};
constexpr CommandSpec command{
    "score", "PREDICTIONS.csv",
    "The tables of a network's predictions on films that it did not train on: accuracy with Wilson and\n"
    "patient-bootstrap intervals, recall, precision and area for each class, each source, and each pair of\n"
    "classes, over all films and inside each source. Takes a package's folder, too.",
    options};

} // namespace

int runScore(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return usageError(command, parsed.error());
    if (parsed->positionals().size() != 1)
        return usageError(command, {ErrorCode::UsageWrong, "expected one file of predictions"});
    const bool asJson = parsed->has("--json");
    const auto set = readScored(parsed->positionals().front());
    if (!set) {
        reportFailure(parsed->positionals().front(), set.error(), asJson);
        return exitSomeFailed;
    }
    const Evaluation evaluation = evaluate(set->films, set->labels);
    constexpr auto heldOut = "its held-out films";
    if (const auto title = parsed->value("--row")) {
        std::fputs(summaryRow(evaluation, *title, heldOut).c_str(), stdout);
        return exitDone;
    }
    if (const auto title = parsed->value("--comparisons")) {
        std::fputs(comparisonRows(evaluation, *title, heldOut).c_str(), stdout);
        return exitDone;
    }
    Json json = Json::parse(evaluationJson(evaluation));
    std::string text = evaluationMarkdown(evaluation);
    if (const auto against = parsed->value("--against")) {
        const auto other = readScored(*against);
        if (!other) {
            reportFailure(*against, other.error(), asJson);
            return exitSomeFailed;
        }
        if (other->labels != set->labels) {
            reportFailure(*against, {ErrorCode::UsageWrong, *against + ": expected the same classes"},
                          asJson);
            return exitSomeFailed;
        }
        const Gap gap = gapBetween(set->films, other->films);
        json["gap"] = Json::parse(gapJson(gap));
        text += "\n" + gapMarkdown(gap, "here", "there");
    }
    if (asJson)
        printJson(json);
    else
        std::fputs(text.c_str(), stdout);
    return exitDone;
}

} // namespace hilum::cli
