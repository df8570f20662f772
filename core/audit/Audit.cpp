// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audit/Audit.h"

#include "core/audit/AuditWords.h"
#include "core/audit/Baselines.h"
#include "core/audit/Duplicates.h"
#include "core/audit/Separation.h"
#include "core/audit/Workers.h"
#include "core/base/Sha256.h"
#include "core/report/Csv.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <mutex>
#include <set>

namespace hilum {

namespace {

// Shares of the work as measured on 5,734 films of 512 pixels and two cores.
constexpr double readingEnds = 0.45;
constexpr double duplicatesEnd = 0.5;

constexpr int fewestFilms = 10; // of a class, to say anything of a comparison
constexpr double farAboveChance = 0.10;
constexpr std::size_t mostClassesInPairs = 6;

class Report {
public:
    explicit Report(const AuditObserver &observer)
        : m_observer(observer)
    {
    }

    void say(double done, const char *stage)
    {
        const std::lock_guard lock(m_door);
        const auto now = Clock::now();
        // Often enough for an eye, seldom enough for a lane.
        if (!m_observer || (now - m_last < std::chrono::milliseconds(100) && done < 1))
            return;
        m_last = now;
        const double spent = std::chrono::duration<double>(now - m_start).count();
        m_observer({done, stage, done > 0.02 ? spent / done * (1 - done) : -1});
    }
    double seconds() const { return std::chrono::duration<double>(Clock::now() - m_start).count(); }

private:
    using Clock = std::chrono::steady_clock;
    const AuditObserver &m_observer;
    std::mutex m_door;
    Clock::time_point m_start = Clock::now();
    Clock::time_point m_last{};
};

struct Listed {
    Dataset dataset;
    std::vector<AuditFilm> films; // sample, split and recorded size only
    std::string hash;
    bool patientsKnown = false;
};

int wholeNumber(const std::string &text)
{
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

// What a manifest says beyond its samples, row by row.
Result<void> readExtras(const std::filesystem::path &manifest, std::vector<AuditFilm> &films)
{
    const auto table = readCsv(manifest);
    if (!table)
        return tl::unexpected(table.error());
    const int width = table->columnLike("orig_width");
    const int height = table->columnLike("orig_height");
    for (std::size_t i = 0; i < films.size() && i < table->rows.size(); ++i) {
        const auto text = [&](int column) {
            return column < 0 ? std::string() : table->rows[i][static_cast<std::size_t>(column)];
        };
        films[i].recordedWidth = std::max(0, wholeNumber(text(width)));
        films[i].recordedHeight = std::max(0, wholeNumber(text(height)));
    }
    return {};
}

Result<Listed> listFilms(const std::filesystem::path &path)
{
    auto dataset = readDataset(path);
    if (!dataset)
        return tl::unexpected(dataset.error());
    Listed listed;
    listed.dataset = std::move(*dataset);
    for (Sample &sample : listed.dataset.samples) {
        if (sample.label.empty())
            sample.label = "unlabelled";
        listed.patientsKnown = listed.patientsKnown || sample.group != sample.name;
        AuditFilm film;
        film.sample = sample;
        film.split = sample.split;
        if (film.split.empty() && sample.fold >= 0)
            film.split = "fold " + std::to_string(sample.fold);
        listed.films.push_back(std::move(film));
    }
    if (listed.films.size() < 2)
        return fail(ErrorCode::UsageWrong,
                    path.string() + ": expected at least 2 films, found "
                        + std::to_string(listed.films.size()));

    const bool isFolder = std::filesystem::is_directory(path);
    const std::filesystem::path manifest = isFolder ? path / "manifest.csv" : path;
    if (std::filesystem::exists(manifest)) {
        const auto hash = sha256OfFile(manifest);
        if (!hash)
            return tl::unexpected(hash.error());
        listed.hash = *hash;
        if (const auto extras = readExtras(manifest, listed.films); !extras)
            return tl::unexpected(extras.error());
        return listed;
    }
    std::string names;
    for (const AuditFilm &film : listed.films)
        names += film.sample.name + "\n" + film.sample.label + "\n";
    listed.hash = sha256(std::as_bytes(std::span(names)));
    return listed;
}

struct Looked {
    std::vector<FilmLook> looks;
    std::vector<UnreadableFilm> unreadable;
};

Result<FilmLook> lookAtFile(const AuditFilm &listed, const FilmReader &read, std::stop_token stop)
{
    const auto film = read(listed.sample.file, stop);
    if (!film)
        return tl::unexpected(film.error());
    auto look = lookAt(**film);
    if (!look)
        return look;
    auto hash = sha256OfFile(listed.sample.file);
    if (!hash)
        return tl::unexpected(hash.error());
    look->fileHash = std::move(*hash);
    std::error_code failed;
    look->film.fileBytes = std::filesystem::file_size(listed.sample.file, failed);
    look->film.sample = listed.sample;
    look->film.split = listed.split;
    look->film.recordedWidth = listed.recordedWidth;
    look->film.recordedHeight = listed.recordedHeight;
    return look;
}

Result<Looked> lookAtFilms(const Listed &listed, const AuditOptions &options, Report &report,
                           std::stop_token stop)
{
    const int count = static_cast<int>(listed.films.size());
    const int threads = threadCount(options.threads, count);
    std::vector<FilmReader> readers;
    for (int thread = 0; thread < threads; ++thread)
        readers.push_back(options.makeReader());
    std::vector<std::optional<Result<FilmLook>>> found(listed.films.size());
    std::atomic<int> done = 0;
    const auto looked = inParallel(count, threads, stop, [&](int thread, int round) -> Result<void> {
        const auto place = static_cast<std::size_t>(round);
        found[place] = lookAtFile(listed.films[place], readers[static_cast<std::size_t>(thread)], stop);
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "stopped");
        report.say(readingEnds * ++done / count, "reading films");
        return {};
    });
    if (!looked)
        return tl::unexpected(looked.error());
    Looked all;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (*found[i])
            all.looks.push_back(std::move(**found[i]));
        else
            all.unreadable.push_back({listed.films[i].sample.name, found[i]->error()});
    }
    return all;
}

std::vector<DividedGroup> dividedGroups(const std::vector<AuditFilm> &films, bool bySplit)
{
    std::map<std::string, DividedGroup> groups;
    for (int i = 0; i < static_cast<int>(films.size()); ++i) {
        const AuditFilm &film = films[static_cast<std::size_t>(i)];
        DividedGroup &group = groups[film.sample.group];
        group.group = film.sample.group;
        group.films.push_back(i);
        const auto add = [](std::vector<std::string> &names, const std::string &name) {
            if (!name.empty() && std::ranges::find(names, name) == names.end())
                names.push_back(name);
        };
        add(group.labels, film.sample.label);
        add(group.splits, film.split);
    }
    std::vector<DividedGroup> divided;
    for (auto &[name, group] : groups)
        if ((bySplit ? group.splits : group.labels).size() > 1)
            divided.push_back(std::move(group));
    return divided;
}

// The films of some classes, of one source or of all.
std::vector<int> filmsOf(const std::vector<AuditFilm> &films, const AuditComparison &comparison)
{
    std::vector<int> chosen;
    for (int i = 0; i < static_cast<int>(films.size()); ++i) {
        const Sample &sample = films[static_cast<std::size_t>(i)].sample;
        if (std::ranges::find(comparison.classes, sample.label) != comparison.classes.end()
            && (!comparison.insideOneSource || sample.source == comparison.source))
            chosen.push_back(i);
    }
    return chosen;
}

std::vector<AuditComparison> comparisonsOf(const AuditReport &report)
{
    std::vector<AuditComparison> comparisons;
    const auto add = [&](std::vector<std::string> classes, bool inside, const std::string &source) {
        AuditComparison comparison;
        comparison.classes = std::move(classes);
        comparison.insideOneSource = inside;
        comparison.source = source;
        comparison.chance = 1.0 / static_cast<double>(comparison.classes.size());
        comparisons.push_back(std::move(comparison));
    };
    const std::vector<std::string> &classes = report.classes;
    const bool hasSources = report.sources.size() > 1 || !report.sources.front().empty();
    const bool oneSource = hasSources && report.sources.size() == 1;
    if (classes.size() > 2)
        add(classes, oneSource, oneSource ? report.sources.front() : "");
    if (classes.size() > mostClassesInPairs)
        return comparisons;
    const auto addPairs = [&](bool inside, const std::string &source) {
        for (std::size_t a = 0; a < classes.size(); ++a)
            for (std::size_t b = a + 1; b < classes.size(); ++b)
                add({classes[a], classes[b]}, inside, source);
    };
    if (!oneSource)
        addPairs(false, {});
    for (const std::string &source : hasSources ? report.sources : std::vector<std::string>())
        addPairs(true, source);
    return comparisons;
}

// Counts films and patients; whether there are enough of each class in this many folds.
bool count(const std::vector<AuditFilm> &films, AuditComparison &comparison, const std::vector<int> &chosen,
           int folds)
{
    comparison.films = static_cast<int>(chosen.size());
    std::set<std::string> everyone;
    bool enough = true;
    comparison.filmsOfClass.clear();
    for (const std::string &label : comparison.classes) {
        int ofClass = 0;
        std::set<std::string> groups;
        for (const int film : chosen) {
            const Sample &sample = films[static_cast<std::size_t>(film)].sample;
            if (sample.label != label)
                continue;
            ++ofClass;
            groups.insert(sample.group);
        }
        enough = enough && ofClass >= fewestFilms && static_cast<int>(groups.size()) >= folds;
        comparison.filmsOfClass.push_back(ofClass);
        everyone.merge(groups);
    }
    comparison.groups = static_cast<int>(everyone.size());
    return enough;
}

void decide(AuditComparison &comparison)
{
    if (comparison.baselines.empty())
        return;
    const auto value = [&](int i) {
        return i < 0 ? -1 : comparison.baselines[static_cast<std::size_t>(i)].balancedAccuracy.value;
    };
    comparison.verdict = Confounding::None;
    for (int i = 0; i < static_cast<int>(comparison.baselines.size()); ++i) {
        const AuditBaseline &baseline = comparison.baselines[static_cast<std::size_t>(i)];
        if (value(i) > value(comparison.toBeat))
            comparison.toBeat = i;
        if (baseline.kind == BaselineKind::Thumbnail)
            continue;
        if (value(i) > value(comparison.givesAway))
            comparison.givesAway = i;
        const double above = baseline.balancedAccuracy.interval.low - comparison.chance;
        if (above >= farAboveChance)
            comparison.verdict = Confounding::Strong;
        else if (above > 0)
            comparison.verdict = std::max(comparison.verdict, Confounding::Weak);
    }
}

// Everything that a forest could be grown for: comparison x baseline x fold.
Result<void> learn(AuditReport &audit, const std::vector<FilmLook> &looks, const AuditOptions &options,
                   Report &report, std::stop_token stop)
{
    struct Learning {
        AuditComparison *comparison;
        LearningTask task;
        std::vector<Votes> votes; // of each baseline
    };
    const std::vector<BaselineKind> kinds = baselinesOf(looks);
    std::vector<Learning> learnings;
    std::vector<AuditComparison> kept;
    for (AuditComparison &comparison : audit.comparisons) {
        const std::vector<int> chosen = filmsOf(audit.films, comparison);
        const bool enough = count(audit.films, comparison, chosen, options.folds);
        if (std::ranges::find(comparison.filmsOfClass, 0) != comparison.filmsOfClass.end())
            continue; // this source has but one of the classes
        if (enough)
            comparison.separations = separate(audit.films, chosen, comparison.classes);
        kept.push_back(std::move(comparison));
    }
    audit.comparisons = std::move(kept);
    double work = 0;
    for (AuditComparison &comparison : audit.comparisons) {
        if (comparison.separations.empty())
            continue;
        Learning learning{&comparison,
                          learningTask(looks, filmsOf(audit.films, comparison), comparison.classes, options),
                          {}};
        learning.votes.assign(kinds.size(),
                              {std::vector<float>(learning.task.films.size() * comparison.classes.size())});
        work += static_cast<double>(learning.task.films.size());
        learnings.push_back(std::move(learning));
    }

    const int kindCount = static_cast<int>(kinds.size());
    const int rounds = static_cast<int>(learnings.size()) * kindCount * options.folds;
    std::mutex door;
    double done = 0;
    const auto grown
        = inParallel(rounds, threadCount(options.threads, rounds), stop, [&](int, int round) -> Result<void> {
              Learning &learning = learnings[static_cast<std::size_t>(round / options.folds / kindCount)];
              const auto kind = static_cast<std::size_t>(round / options.folds % kindCount);
              const auto voted = voteOnFold(looks, learning.task, kinds[kind], round % options.folds, options,
                                            learning.votes[kind]);
              const std::lock_guard lock(door);
              done += static_cast<double>(learning.task.films.size()) / work / kindCount / options.folds;
              report.say(duplicatesEnd + (1 - duplicatesEnd) * 0.97 * done, "training without anatomy");
              return voted;
          });
    if (!grown)
        return grown;
    for (Learning &learning : learnings)
        learning.comparison->baselines.resize(kinds.size());
    const int judgements = static_cast<int>(learnings.size()) * kindCount;
    return inParallel(judgements, threadCount(options.threads, judgements), stop,
                      [&](int, int round) -> Result<void> {
                          Learning &learning = learnings[static_cast<std::size_t>(round / kindCount)];
                          const auto kind = static_cast<std::size_t>(round % kindCount);
                          learning.comparison->baselines[kind]
                              = judge(learning.task, kinds[kind], learning.votes[kind], options);
                          return {};
                      });
}

Result<void> pairDuplicates(AuditReport &audit, const std::vector<FilmLook> &looks,
                            const AuditOptions &options, Report &report, std::stop_token stop)
{
    constexpr const char *stage = "looking for duplicates";
    auto pairs = findDuplicates(
        looks, threadCount(options.threads, static_cast<int>(looks.size())),
        [&](double done) { report.say(readingEnds + (duplicatesEnd - readingEnds) * done, stage); }, stop);
    if (!pairs)
        return tl::unexpected(pairs.error());
    audit.duplicates = std::move(*pairs);
    if (options.thumbnails)
        for (DuplicatePair &pair : audit.duplicates)
            pair.thumbnails = {looks[static_cast<std::size_t>(pair.first)].fine,
                               looks[static_cast<std::size_t>(pair.second)].fine};
    return {};
}

void nameClassesAndSources(AuditReport &audit)
{
    std::set<std::string> classes;
    std::set<std::string> sources;
    for (const AuditFilm &film : audit.films) {
        classes.insert(film.sample.label);
        sources.insert(film.sample.source);
        audit.splitsKnown = audit.splitsKnown || !film.split.empty();
    }
    audit.classes.assign(classes.begin(), classes.end());
    audit.sources.assign(sources.begin(), sources.end());
}

} // namespace

Result<AuditReport> auditDataset(const std::filesystem::path &dataset, const AuditOptions &options,
                                 const AuditObserver &observer, std::stop_token stop)
{
    Report report(observer);
    const auto listed = listFilms(dataset);
    if (!listed)
        return tl::unexpected(listed.error());
    auto looked = lookAtFilms(*listed, options, report, stop);
    if (!looked)
        return tl::unexpected(looked.error());
    if (looked->looks.size() < 2)
        return fail(ErrorCode::UsageWrong,
                    dataset.string() + ": expected at least 2 films that can be read, found "
                        + std::to_string(looked->looks.size()) + " of "
                        + std::to_string(listed->films.size()));

    AuditReport audit;
    const std::filesystem::path named = std::filesystem::absolute(dataset).lexically_normal();
    audit.dataset = (named.has_filename() ? named : named.parent_path()).filename().string();
    audit.datasetHash = listed->hash;
    audit.patientsKnown = listed->patientsKnown;
    audit.seed = options.seed;
    audit.folds = options.folds;
    audit.trees = options.trees;
    audit.draws = options.draws;
    audit.unreadable = std::move(looked->unreadable);
    for (const FilmLook &look : looked->looks)
        audit.films.push_back(look.film);
    nameClassesAndSources(audit);
    audit.cells = cellsOf(audit.films, audit.classes, audit.sources);
    audit.groupsInSeveralClasses = dividedGroups(audit.films, false);
    audit.groupsInSeveralSplits = dividedGroups(audit.films, true);
    if (const auto done = pairDuplicates(audit, looked->looks, options, report, stop); !done)
        return tl::unexpected(done.error());
    audit.comparisons = comparisonsOf(audit);
    if (const auto done = learn(audit, looked->looks, options, report, stop); !done)
        return tl::unexpected(done.error());
    for (AuditComparison &comparison : audit.comparisons) {
        decide(comparison);
        comparison.sentence = comparisonSentence(comparison);
    }
    audit.verdict = verdictOf(audit);
    audit.seconds = report.seconds();
    report.say(1, "done");
    return audit;
}

} // namespace hilum
