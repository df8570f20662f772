// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/CrossValidation.h"
#include "app/cli/Options.h"
#include "app/cli/Output.h"
#include "core/report/EvaluationReport.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--recipe", "NAME|FILE", "what to train and how (required)"},
    {"--output", "DIR", "folds, predictions and reports; what is done there is not repeated (required)",
     "-o"},
    {"--protocol", "patient|image|source",
     "folds by patient, folds by film as papers did, or each source left out (default patient)"},
    {"--folds", "N", "how many (default 5)"},
    {"--fold", "N", "only this fold; may be given several times"},
    {"--train-on", "folds|all", "benchmark films alone, or all others, too (default folds)"},
    {"--init", "FILE", "weights to start from; {fold} in the name becomes the fold's number"},
    {"--set", "KEY=VALUE", "change a key of the recipe; {fold} as above"},
    {"--device", "auto|cpu|cuda", "where to compute (default auto)"},
    {"--threads", "N", "threads on the CPU (default: every core)"},
    {"--report-only", "", "train nothing; write the reports of what is done"},
    {"--json", "", "the report as one JSON object on stdout"},
};
constexpr CommandSpec command{
    "crossvalidate", "MANIFEST --recipe NAME -o DIR",
    "Trains once for each fold and scores the held-out films. With folds in the manifest only its films\n"
    "are scored (the benchmark set). By patient nobody stands on both sides; by film patients do, as in the\n"
    "papers; when both are done the report says what that adds. Ctrl+C stops; the same command goes on.",
    options};
constexpr CommandSpec leaveOneOut{
    "leaveoneout", "MANIFEST --recipe NAME -o DIR",
    "Trains once for each source, without it, and scores its films: crossvalidate --protocol source.",
    options};

struct Request {
    std::filesystem::path films;
    std::string recipe;
    std::filesystem::path root;
    Protocol protocol = Protocol::Patient;
    int folds = 5;
    std::vector<int> chosen;
    SplitOnly only = SplitOnly::Folds;
    std::vector<std::string> settings;
    std::vector<std::string> passed; // words for train
    bool isReportOnly = false;
    bool asJson = false;
};

Result<Protocol> protocolNamed(const std::string &name)
{
    for (const Protocol protocol : {Protocol::Patient, Protocol::Image, Protocol::Source}) {
        if (nameOf(protocol) == name)
            return protocol;
    }
    return fail(ErrorCode::UsageWrong,
                "--protocol: expected patient, image or source, found \"" + name + "\"");
}

Result<void> readFolds(const Options &parsed, Request &request)
{
    if (const auto text = parsed.value("--folds")) {
        const auto folds = integerOption("--folds", *text, 2, 1000);
        if (!folds)
            return tl::unexpected(folds.error());
        request.folds = *folds;
    }
    for (const std::string &text : parsed.values("--fold")) {
        const auto fold = integerOption("--fold", text, 0, request.folds - 1);
        if (!fold)
            return tl::unexpected(fold.error());
        request.chosen.push_back(*fold);
    }
    if (request.protocol == Protocol::Source && !request.chosen.empty())
        return fail(ErrorCode::UsageWrong, "--fold: expected a protocol with folds, found source");
    return {};
}

Result<Request> parseRequest(const Options &parsed, const std::string &protocol)
{
    Request request;
    if (parsed.positionals().size() != 1)
        return fail(ErrorCode::UsageWrong, "expected one manifest");
    request.films = parsed.positionals().front();
    request.recipe = parsed.value("--recipe").value_or("");
    request.root = parsed.value("--output").value_or("");
    if (request.recipe.empty() || request.root.empty())
        return fail(ErrorCode::UsageWrong, "expected --recipe NAME and -o DIR");
    const auto named = protocolNamed(parsed.value("--protocol").value_or(protocol));
    if (!named)
        return tl::unexpected(named.error());
    request.protocol = *named;
    if (const auto folds = readFolds(parsed, request); !folds)
        return tl::unexpected(folds.error());
    const std::string only = parsed.value("--train-on").value_or("folds");
    if (only != "folds" && only != "all")
        return fail(ErrorCode::UsageWrong, "--train-on: expected folds or all, found \"" + only + "\"");
    request.only = only == "all" ? SplitOnly::All : SplitOnly::Folds;
    request.settings = parsed.values("--set");
    if (const auto init = parsed.value("--init"))
        request.settings.push_back("init=" + Json(*init).dump());
    for (const char *name : {"--device", "--threads"}) {
        if (const auto value = parsed.value(name))
            request.passed.insert(request.passed.end(), {name, *value});
    }
    request.isReportOnly = parsed.has("--report-only");
    request.asJson = parsed.has("--json");
    return request;
}

volatile std::sig_atomic_t child = 0;
volatile std::sig_atomic_t stopped = 0;

// The training keeps a checkpoint; nothing else is begun.
void passOn(int)
{
    stopped = 1;
    if (child > 0)
        kill(static_cast<pid_t>(child), SIGTERM);
}

// This program again, with its messages on stderr; its exit code, or -1.
int runSelf(std::vector<std::string> words)
{
    std::array<char, 4096> self{};
    const ssize_t length = readlink("/proc/self/exe", self.data(), self.size() - 1);
    if (length <= 0)
        return -1;
    words.insert(words.begin(), self.data());
    std::vector<char *> argv;
    for (std::string &word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    pid_t pid = 0;
    const int failed = posix_spawn(&pid, self.data(), &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0)
        return -1;
    child = pid;
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) { }
    child = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// Gives whether the part is done now.
bool trainPart(const Request &request, const Part &part)
{
    std::fprintf(stderr, "%s %s: training in %s\n", nameOf(request.protocol).c_str(), part.name.c_str(),
                 part.folder.string().c_str());
    // Parts are scored and never asked for bands.
    std::vector<std::string> words{"train",    request.films.string(), "--recipe", request.recipe,
                                   "-o",       part.folder.string(),   "--id",     part.name,
                                   "--no-band"};
    for (const std::string &setting : part.settings)
        words.insert(words.end(), {"--set", setting});
    words.insert(words.end(), request.passed.begin(), request.passed.end());
    runSelf(words);
    return part.isDone();
}

// A teacher may have learnt from the very films that a part holds out, and would tell them to its student.
void dismissTeachers(const Recipe &recipe, std::vector<std::string> &settings)
{
    constexpr std::string_view key = "loss.teachers=";
    const bool isSaid
        = std::ranges::any_of(settings, [&](const std::string &one) { return one.starts_with(key); });
    if (recipe.loss.teachers.empty() || isSaid)
        return;
    settings.push_back(std::string(key) + "[]");
    std::fprintf(stderr,
                 "the recipe's teachers are left out: they may know the films that are held out; "
                 "--set loss.teachers=[...] names others\n");
}

int crossValidate(Request request)
{
    const auto failed = [&](const std::string &where, const Error &error) {
        reportFailure(where, error, request.asJson);
        return error.code == ErrorCode::UsageWrong ? exitWrongUsage : exitSomeFailed;
    };
    const auto dataset = readDataset(request.films);
    if (!dataset)
        return failed(request.films.string(), dataset.error());
    const auto file = findRecipe(request.recipe);
    const auto recipe = file ? readRecipe(*file) : tl::unexpected(file.error());
    if (!recipe)
        return failed(request.recipe, recipe.error());
    dismissTeachers(*recipe, request.settings);
    const CrossValidation plan = planOf(*dataset, *recipe, request.protocol, request.folds, request.only,
                                        request.settings, request.root);
    if (plan.parts.size() < 2)
        return failed(request.films.string(),
                      {ErrorCode::UsageWrong, "expected two parts or more, found one source"});
    if (const auto kept = keepRecipe(plan, *recipe, request.settings); !kept)
        return failed(plan.folder.string(), kept.error());

    std::signal(SIGINT, passOn);
    std::signal(SIGTERM, passOn);
    int missing = 0;
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        const bool isChosen = request.chosen.empty()
            || std::ranges::find(request.chosen, static_cast<int>(i)) != request.chosen.end();
        const Part &part = plan.parts[i];
        if (part.isDone() || !isChosen)
            continue;
        if (request.isReportOnly || stopped != 0 || !trainPart(request, part))
            ++missing;
    }
    const auto done = report(plan, *dataset);
    if (!done)
        return failed(plan.folder.string(), done.error());
    const auto all = reportAll(request.root, recipe->title.empty() ? recipe->name : recipe->title);
    if (!all)
        return failed(request.root.string(), all.error());
    std::fprintf(stderr, "%s: %d of %zu parts done; %s\n", nameOf(request.protocol).c_str(), *done,
                 plan.parts.size(), (request.root / "report.md").string().c_str());
    if (request.asJson)
        printJson(Json::parse(*all));
    return missing == 0 ? exitDone : exitSomeFailed;
}

int run(const CommandSpec &spec, const std::string &protocol, std::span<const std::string> args)
{
    if (answeredHelp(spec, args))
        return exitDone;
    const auto parsed = parseOptions(args, spec.options);
    if (!parsed)
        return usageError(spec, parsed.error());
    const auto request = parseRequest(*parsed, protocol);
    return request ? crossValidate(*request) : usageError(spec, request.error());
}

} // namespace

int runCrossValidate(std::span<const std::string> args) { return run(command, "patient", args); }

int runLeaveOneOut(std::span<const std::string> args) { return run(leaveOneOut, "source", args); }

} // namespace hilum::cli
