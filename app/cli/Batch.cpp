// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/BatchFilms.h"
#include "app/cli/Commands.h"
#include "app/cli/Networks.h"
#include "app/cli/Output.h"
#include "app/cli/ReadFilms.h"
#include "core/batch/BatchResults.h"
#include "core/imaging/Stamp.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <unistd.h>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--output", "DIR", "folder for the journal and the results (required)", "-o"},
    {"--model", "ID", "a model package by its id or folder; may be repeated (default: every one)"},
    {"--shard", "I/N", "read only every Nth film, from the Ith on; shards share DIR"},
    {"--merge", "", "no films: put the shards in DIR together, and say which films are missing"},
    {"--no-gate", "", "don't ask whether each picture is a chest film"},
    {"--frame", "N", "which frame of each film, counted from 1 (default 1)"},
    {"--device", "auto|cpu|cuda", "where to compute (default auto)"},
    {"--threads", "N", "threads of the networks on the CPU (default: every core)"},
    {"--decoders", "N", "threads that decode ahead (default: every core, at most 8)"},
};
constexpr CommandSpec command{
    "batch", "FILM|FOLDER|MANIFEST.csv|LIST.txt|DICOMDIR... -o DIR",
    "Many films through several networks, as results.csv, results.jsonl and results.sqlite. Films are "
    "decoded\n"
    "while others are read; each result goes into a journal at once, so that the same command, after a "
    "kill,\n"
    "goes on where it was and repeats nothing. A film that can't be read gets its error as its result.\n"
    "Exit code 1 when there are such films, or films are missing. For education, not for diagnosis.",
    options};

std::sig_atomic_t volatile isStopped = 0;

struct Request {
    std::vector<std::string> paths;
    std::filesystem::path folder;
    std::vector<std::string> models;
    int shard = 1;
    int shards = 1;
    bool isMerge = false;
    LoadOptions load;
    ReadOptions read;
};

// "3/16"
Result<std::pair<int, int>> shardIn(const std::string &text)
{
    const char *end = text.data() + text.size();
    int shard = 0;
    int shards = 0;
    const auto first = std::from_chars(text.data(), end, shard);
    const bool hasSlash = first.ec == std::errc() && first.ptr != end && *first.ptr == '/';
    const auto second = hasSlash ? std::from_chars(first.ptr + 1, end, shards) : first;
    if (!hasSlash || second.ec != std::errc() || second.ptr != end || shard < 1 || shards < shard)
        return fail(ErrorCode::UsageWrong,
                    "--shard: expected I/N with I from 1 to N, found \"" + text + "\"");
    return std::pair{shard, shards};
}

Result<Request> parseRequest(std::span<const std::string> args)
{
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    Request request;
    request.paths = parsed->positionals();
    request.isMerge = parsed->has("--merge");
    const auto folder = parsed->value("--output");
    if (!folder)
        return fail(ErrorCode::UsageWrong, "expected -o DIR");
    request.folder = *folder;
    if (request.isMerge != request.paths.empty())
        return fail(ErrorCode::UsageWrong, "expected films, or --merge without any");
    request.models = parsed->values("--model");
    request.read.gate = parsed->has("--no-gate") ? AskGate::No : AskGate::Yes;
    if (const auto read = readComputeOptions(*parsed, request.load, request.read.frame); !read)
        return tl::unexpected(read.error());
    if (const auto text = parsed->value("--decoders")) {
        const auto number = integerOption("--decoders", *text, 1, 1024);
        if (!number)
            return tl::unexpected(number.error());
        request.read.pipeline.threads = *number;
    }
    if (const auto text = parsed->value("--shard")) {
        const auto shard = shardIn(*text);
        if (!shard)
            return tl::unexpected(shard.error());
        std::tie(request.shard, request.shards) = *shard;
    }
    return request;
}

std::filesystem::path journalOf(const Request &request)
{
    return request.folder
        / ("journal-" + std::to_string(request.shard) + "-of-" + std::to_string(request.shards) + ".jsonl");
}

std::string duration(double seconds)
{
    const auto whole = static_cast<long>(std::lround(seconds));
    std::array<char, 40> text{};
    if (whole >= 3600)
        std::snprintf(text.data(), text.size(), "%ld h %02ld min", whole / 3600, whole / 60 % 60);
    else if (whole >= 60)
        std::snprintf(text.data(), text.size(), "%ld min %02ld s", whole / 60, whole % 60);
    else
        std::snprintf(text.data(), text.size(), "%ld s", whole);
    return text.data();
}

// How far, how fast, how long still; at most once in a second, where a person watches.
class Watch {
public:
    Watch(std::size_t before, std::size_t all)
        : m_before(before)
        , m_all(all)
        , m_isWatched(::isatty(STDERR_FILENO) != 0)
    {
    }
    void tell(std::size_t done)
    {
        const auto now = Clock::now();
        if (!m_isWatched || (now - m_told < std::chrono::seconds(1) && done < m_all))
            return;
        m_told = now;
        const double rate = static_cast<double>(done - m_before) / seconds();
        std::fprintf(stderr, "\r%zu of %zu films, %.1f a second, %s left   ", done, m_all, rate,
                     duration(static_cast<double>(m_all - done) / rate).c_str());
    }
    void addBusy(double seconds) { m_busy += seconds; }
    void finish(std::size_t done)
    {
        if (m_isWatched)
            std::fputs("\n", stderr);
        if (done > m_before)
            std::fprintf(stderr,
                         "%zu films in %s, %.1f a second; the networks were busy %.0f %% of the time\n",
                         done - m_before, duration(seconds()).c_str(),
                         static_cast<double>(done - m_before) / seconds(), 100 * m_busy / seconds());
    }

private:
    using Clock = std::chrono::steady_clock;
    double seconds() const
    {
        return std::max(1e-6, std::chrono::duration<double>(Clock::now() - m_started).count());
    }
    std::size_t m_before;
    std::size_t m_all;
    bool m_isWatched;
    double m_busy = 0; // seconds
    Clock::time_point m_started = Clock::now();
    Clock::time_point m_told{};
};

BatchPlan planOf(const Request &request, const std::vector<Sample> &films,
                 const std::vector<ModelPackage> &packages)
{
    BatchPlan plan;
    plan.software = "Hilum " HILUM_VERSION;
    plan.notice = notForDiagnosis;
    for (const std::string &path : request.paths)
        plan.films += (plan.films.empty() ? "" : " ") + path;
    for (const std::string &path : request.paths)
        plan.paths.push_back(std::filesystem::absolute(path).lexically_normal().string());
    plan.filmsSha256 = sha256OfNames(films);
    plan.filmCount = films.size();
    plan.frame = request.read.frame;
    plan.withGate = request.read.gate == AskGate::Yes;
    plan.shard = request.shard;
    plan.shards = request.shards;
    for (const ModelPackage &package : packages) {
        // Two packages of one id are told apart by their place.
        std::string id = package.card.id;
        const auto isTaken
            = [&] { return std::ranges::find(plan.models, id, &BatchModel::id) != plan.models.end(); };
        for (int number = 2; isTaken(); ++number)
            id = package.card.id + "-" + std::to_string(number);
        plan.models.push_back({id, package.card.weightsSha256, package.card.classes});
    }
    return plan;
}

BatchRow rowOf(std::size_t film, const Sample &sample, const Result<FilmReading> &reading)
{
    BatchRow row{film, sample.name, sample.label, sample.group, sample.source, {}, {}, {}, {}};
    if (!reading) {
        row.errorCode = errorName(reading.error().code);
        row.error = reading.error().detail;
        return row;
    }
    for (const auto &probabilities : reading->probabilities) {
        if (std::ranges::any_of(probabilities, [](double p) { return !std::isfinite(p); })) {
            row.errorCode = errorName(ErrorCode::Internal);
            row.error = sample.name + ": expected probabilities, found no number";
            return row;
        }
    }
    row.refusal = reading->refusal;
    row.probabilities = reading->probabilities;
    return row;
}

Result<void> writeResults(const BatchRows &rows, const std::filesystem::path &folder)
{
    if (auto written = writeBatchCsv(rows, folder / "results.csv"); !written)
        return written;
    if (auto written = writeBatchJsonLines(rows, folder / "results.jsonl"); !written)
        return written;
    return writeBatchDatabase(rows, folder / "results.sqlite");
}

// Reads what the journal doesn't hold yet; false when it was stopped.
Result<bool> readOn(const Request &request, const std::vector<Sample> &films, const Networks &networks,
                    Journal &journal)
{
    std::vector<std::filesystem::path> files;
    std::vector<std::size_t> which;
    std::size_t ofShard = 0;
    for (std::size_t film = 0; film < films.size(); ++film) {
        files.push_back(films[film].file);
        if (film % static_cast<std::size_t>(request.shards) != static_cast<std::size_t>(request.shard - 1))
            continue;
        ++ofShard;
        if (!journal.isDone(film))
            which.push_back(film);
    }
    if (journal.done() > 0)
        std::fprintf(stderr, "hilum-cli: going on: %zu of %zu films are read\n", journal.done(), ofShard);
    Watch watch(journal.done(), ofShard);
    Result<void> added;
    readFilms(files, which, networks, request.read,
              [&](std::size_t film, const Result<FilmReading> &reading) {
                  if (!reading)
                      reportFailure(films[film].name, reading.error(), false);
                  added = journal.add(rowOf(film, films[film], reading));
                  watch.addBusy(reading ? reading->seconds : 0);
                  watch.tell(journal.done());
                  return added && isStopped == 0;
              });
    journal.flush();
    watch.finish(journal.done());
    if (!added)
        return tl::unexpected(added.error());
    return journal.done() == ofShard;
}

Result<int> run(const Request &request)
{
    const auto films = batchFilms(request.paths);
    if (!films)
        return tl::unexpected(films.error());
    const auto packages = packagesNamed(request.models);
    if (!packages)
        return tl::unexpected(packages.error());
    if (auto made = makeFolder(request.folder); !made)
        return tl::unexpected(made.error());
    auto journal = Journal::open(journalOf(request), planOf(request, *films, *packages));
    if (!journal)
        return tl::unexpected(journal.error());
    const auto networks = loadNetworks(*packages, request.load);
    if (!networks)
        return tl::unexpected(networks.error());
    std::signal(SIGINT, [](int) { isStopped = 1; });
    std::signal(SIGTERM, [](int) { isStopped = 1; });
    const auto whole = readOn(request, *films, *networks, *journal);
    if (!whole)
        return tl::unexpected(whole.error());
    if (!*whole) {
        std::fputs("hilum-cli: stopped; the same command goes on from here\n", stderr);
        return exitSomeFailed;
    }
    const std::size_t failed = journal->failed();
    std::printf("%zu films read, %zu of them could not be\n", journal->done(), failed);
    if (request.shards == 1) {
        const auto rows = BatchRows::open({journalOf(request)});
        if (!rows)
            return tl::unexpected(rows.error());
        if (auto written = writeResults(*rows, request.folder); !written)
            return tl::unexpected(written.error());
    }
    return failed == 0 ? exitDone : exitSomeFailed;
}

Result<int> merge(const Request &request)
{
    std::vector<std::filesystem::path> journals;
    std::error_code failed;
    for (const auto &entry : std::filesystem::directory_iterator(request.folder, failed)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("journal-") && name.ends_with(".jsonl"))
            journals.push_back(entry.path());
    }
    if (failed || journals.empty())
        return fail(ErrorCode::UsageWrong,
                    request.folder.string() + ": expected a folder with journals of a batch, found none");
    std::ranges::sort(journals);
    const auto rows = BatchRows::open(journals);
    if (!rows)
        return tl::unexpected(rows.error());
    if (auto written = writeResults(*rows, request.folder); !written)
        return tl::unexpected(written.error());
    std::size_t errors = 0;
    for (std::size_t film = 0; film < rows->plan().filmCount; ++film) {
        if (!rows->has(film))
            continue;
        const auto row = rows->row(film);
        errors += !row || !row->errorCode.empty() ? 1 : 0;
    }
    std::printf("%zu of %zu films in %zu of %d journals, %zu of them could not be read\n", rows->count(),
                rows->plan().filmCount, journals.size(), rows->plan().shards, errors);
    if (rows->missingCount() == 0)
        return errors == 0 ? exitDone : exitSomeFailed;
    std::string shards;
    std::vector<bool> isMissing(static_cast<std::size_t>(rows->plan().shards), false);
    for (const std::size_t film : rows->missing(rows->missingCount()))
        isMissing[film % isMissing.size()] = true;
    for (std::size_t shard = 0; shard < isMissing.size(); ++shard)
        shards += isMissing[shard] ? " " + std::to_string(shard + 1) : "";
    std::fprintf(stderr, "hilum-cli: %zu films are missing: run these shards again:%s\n",
                 rows->missingCount(), shards.c_str());
    return exitSomeFailed;
}

} // namespace

int runBatch(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto request = parseRequest(args);
    if (!request)
        return usageError(command, request.error());
    const auto code = request->isMerge ? merge(*request) : run(*request);
    if (code)
        return *code;
    if (code.error().code == ErrorCode::UsageWrong)
        return usageError(command, code.error());
    reportFailure(request->folder.string(), code.error(), false);
    return exitSomeFailed;
}

} // namespace hilum::cli
