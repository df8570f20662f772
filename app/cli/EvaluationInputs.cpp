// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/EvaluationInputs.h"

#include "app/cli/Networks.h"
#include "app/cli/Output.h"
#include "app/cli/ReadFilms.h"
#include "core/base/Sha256.h"
#include "core/dataset/Split.h"
#include "core/report/Csv.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace hilum::cli {

Result<NamedFile> namedFile(const std::filesystem::path &file)
{
    auto hash = sha256OfFile(file);
    if (!hash)
        return tl::unexpected(hash.error());
    return NamedFile{file.string(), *hash};
}

namespace {

std::string safeName(const std::string &id)
{
    std::string name;
    for (const char letter : id) {
        const bool isPlain
            = std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '-' || letter == '_';
        name += isPlain ? letter : '-';
    }
    return name.empty() ? "network" : name;
}

// Ids are files' names and keys of the report.
Result<std::vector<GivenPredictions>> unique(Result<std::vector<GivenPredictions>> given)
{
    if (!given)
        return given;
    auto &all = *given;
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].id = safeName(all[i].id);
        const std::string plain = all[i].id;
        const auto isTaken = [&] {
            return std::any_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(i),
                               [&](const GivenPredictions &other) { return other.id == all[i].id; });
        };
        for (int number = 2; isTaken(); ++number)
            all[i].id = plain + "-" + std::to_string(number);
    }
    return given;
}

Result<GivenPredictions> givenPredictions(const std::filesystem::path &path)
{
    GivenPredictions given;
    std::error_code code;
    const bool isFolder = std::filesystem::is_directory(path, code);
    const auto file = isFolder ? path / "predictions.csv" : path;
    auto set = readPredictionFile(file);
    if (!set)
        return tl::unexpected(set.error());
    given.set = std::move(*set);
    auto named = namedFile(file);
    if (!named)
        return tl::unexpected(named.error());
    given.input = std::move(*named);
    given.id = file.stem().string();
    // Predictions of a package say whose they are.
    if (const auto card = readCard(file.parent_path() / "card.json");
        card && file.filename() == "predictions.csv") {
        given.id = card->id;
        given.weights = card->weightsSha256;
        given.version = card->version;
        given.trainingData = card->trainingData;
    }
    return given;
}

// A batch's results.csv of several networks: before each column call_<id> stand the columns p_<class>_<id>.
// Nothing where the table is another. Films without a truth are left out.
Result<std::vector<GivenPredictions>> batchPredictions(const std::filesystem::path &path)
{
    std::vector<GivenPredictions> found;
    std::error_code code;
    if (std::filesystem::is_directory(path, code))
        return found;
    const auto table = readCsv(path);
    const auto named = namedFile(path);
    if (!table || !named)
        return tl::unexpected(table ? named.error() : table.error());
    const int truth = table->column("truth");
    std::vector<std::size_t> shared; // columns
    std::vector<std::size_t> probabilities; // of the network at hand
    for (std::size_t column = 0; truth >= 0 && column < table->header.size(); ++column) {
        const std::string &name = table->header[column];
        if (name.starts_with("p_")) {
            probabilities.push_back(column);
            continue;
        }
        if (!name.starts_with("call_") || probabilities.empty()) {
            if (found.empty() && probabilities.empty())
                shared.push_back(column);
            continue;
        }
        const std::string id = name.substr(5);
        CsvTable part;
        for (const std::size_t kept : shared)
            part.header.push_back(table->header[kept]);
        for (const std::size_t p : probabilities) {
            const std::string &whole = table->header[p];
            if (!whole.ends_with("_" + id))
                return found;
            part.header.push_back(whole.substr(0, whole.size() - id.size() - 1));
        }
        for (std::size_t row = 0; row < table->rows.size(); ++row) {
            if (table->rows[row][static_cast<std::size_t>(truth)].empty())
                continue;
            part.rows.emplace_back();
            for (const auto *columns : {&shared, &probabilities}) {
                for (const std::size_t one : *columns)
                    part.rows.back().push_back(table->rows[row][one]);
            }
            part.lines.push_back(table->lines[row]);
        }
        auto set = predictionsOf(part, path.string());
        if (!set)
            return tl::unexpected(set.error());
        found.push_back({id, {}, {}, {}, *named, std::move(*set)});
        probabilities.clear();
    }
    return found;
}

enum class Kind { Films, Predictions };

Result<Kind> kindOf(const std::filesystem::path &path)
{
    std::error_code code;
    if (std::filesystem::is_directory(path, code))
        return std::filesystem::exists(path / "predictions.csv", code)
                && !std::filesystem::exists(path / "manifest.csv", code)
            ? Kind::Predictions
            : Kind::Films;
    const auto table = readCsv(path);
    if (!table)
        return tl::unexpected(table.error());
    if (hasPredictions(*table))
        return Kind::Predictions;
    return table->columnLike("file") >= 0 && table->columnLike("label") >= 0 ? Kind::Films
                                                                             : Kind::Predictions;
}

struct Films {
    std::vector<Sample> samples;
    std::string which;
};

Result<Films> filmsOf(const EvaluationInputs &request)
{
    const auto &path = request.paths.front();
    const auto dataset = readDataset(path);
    if (!dataset)
        return tl::unexpected(dataset.error());
    const auto all = [&](const std::string &why) {
        return Films{dataset->samples, "all " + std::to_string(dataset->samples.size()) + " films" + why};
    };
    if (request.withTraining)
        return all(", whether they were trained on or not");
    const auto of = [&](std::vector<Sample> samples, const std::string &why) {
        const std::string count = std::to_string(samples.size());
        return Films{std::move(samples),
                     count + " held-out films of " + std::to_string(dataset->samples.size()) + why};
    };
    std::vector<Sample> named;
    std::ranges::copy_if(dataset->samples, std::back_inserter(named),
                         [](const Sample &sample) { return partNamed(sample.split) == SplitPart::HeldOut; });
    if (!named.empty())
        return of(std::move(named), ", as the data set names them");
    const bool hasFolds
        = std::ranges::any_of(dataset->samples, [](const Sample &sample) { return sample.fold >= 0; });
    if (!hasFolds)
        return all("; the manifest names none that are held out");
    constexpr std::uint64_t trainersSeed = 20200401; // as recipes have it, and FilmSplit
    SplitRule rule;
    rule.folds = std::max(rule.folds, foldsNamed(*dataset));
    return of(splitDataset(*dataset, rule, trainersSeed).heldOut,
              ", by the trainer's own rule: fold 0 and its patients, other patients dealt evenly");
}

Result<std::vector<GivenPredictions>> readByNetworks(const EvaluationInputs &request, Judgement &judgement)
{
    const auto packages = packagesNamed(request.models);
    if (!packages)
        return tl::unexpected(packages.error());
    auto films = filmsOf(request);
    if (!films)
        return tl::unexpected(films.error());
    const auto networks = loadNetworks(*packages, request.load);
    if (!networks)
        return tl::unexpected(networks.error());
    judgement.which = films->which;
    judgement.films.file = request.paths.front().string();
    if (auto named = namedFile(request.paths.front()))
        judgement.films = std::move(*named);
    std::vector<GivenPredictions> given;
    for (const ModelPackage &package : *packages)
        given.push_back({package.card.id,
                         package.card.weightsSha256,
                         package.card.version,
                         package.card.trainingData,
                         {},
                         {package.card.classes, {}}});
    // A film that no network has the class of can teach nothing here.
    std::vector<std::filesystem::path> files;
    std::vector<std::size_t> which;
    std::size_t others = 0;
    for (std::size_t i = 0; i < films->samples.size(); ++i) {
        files.push_back(films->samples[i].file);
        const bool isKnown = std::ranges::any_of(given, [&](const GivenPredictions &one) {
            return std::ranges::find(one.set.labels, films->samples[i].label) != one.set.labels.end();
        });
        if (isKnown)
            which.push_back(i);
        else
            ++others;
    }
    if (others > 0)
        judgement.which += "; " + std::to_string(others) + " films of other classes are left out";
    const bool isWatched = ::isatty(STDERR_FILENO) != 0;
    std::size_t done = 0;
    readFilms(files, which, *networks, {}, [&](std::size_t film, const Result<FilmReading> &reading) {
        const Sample &sample = films->samples[film];
        if (!reading) {
            reportFailure(sample.file.string(), reading.error(), false);
            judgement.failed.push_back(
                {sample.name, std::string(errorName(reading.error().code)), reading.error().detail});
        }
        for (std::size_t n = 0; reading && n < given.size(); ++n) {
            PredictionSet &set = given[n].set;
            const auto truth = std::ranges::find(set.labels, sample.label);
            if (truth != set.labels.end())
                set.films.push_back({sample.name, sample.group, sample.source, sample.fold,
                                     static_cast<int>(truth - set.labels.begin()),
                                     reading->probabilities[n]});
        }
        if (isWatched)
            std::fprintf(stderr, "\r%zu of %zu films", ++done, which.size());
        return true;
    });
    if (isWatched)
        std::fputs("\n", stderr);
    for (const GivenPredictions &one : given) {
        if (one.set.films.empty())
            return fail(ErrorCode::DataCorrupt,
                        judgement.films.file + ": expected films of the classes of " + one.id
                            + ", found none that can be read");
    }
    return given;
}

} // namespace

Result<std::vector<GivenPredictions>> gatherPredictions(const EvaluationInputs &request, Judgement &judgement)
{
    std::vector<GivenPredictions> given;
    for (const auto &path : request.paths) {
        const auto kind = kindOf(path);
        if (!kind)
            return tl::unexpected(kind.error());
        if (*kind == Kind::Films && request.paths.size() > 1)
            return fail(ErrorCode::UsageWrong,
                        path.string()
                            + ": expected predictions beside others, found films; one manifest at a time");
        if (*kind == Kind::Films)
            return unique(readByNetworks(request, judgement));
        if (!request.models.empty())
            return fail(ErrorCode::UsageWrong,
                        path.string() + ": expected films where --model is given, found predictions");
        auto several = batchPredictions(path);
        if (!several)
            return tl::unexpected(several.error());
        if (!several->empty()) {
            std::ranges::move(*several, std::back_inserter(given));
            continue;
        }
        auto one = givenPredictions(path);
        if (!one)
            return tl::unexpected(one.error());
        given.push_back(std::move(*one));
    }
    return unique(std::move(given));
}

Result<FilmAudit> readAudit(const std::filesystem::path &path)
{
    std::error_code code;
    const auto file = std::filesystem::is_directory(path, code) ? path / "audit.json" : path;
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be opened for reading");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("verdict") || !json["verdict"].is_array())
        return fail(ErrorCode::DataCorrupt,
                    file.string() + ": expected what hilum-cli audit wrote, found no key \"verdict\"");
    auto named = namedFile(file);
    if (!named)
        return tl::unexpected(named.error());
    FilmAudit audit{std::move(*named), {}};
    for (const Json &one : json["verdict"]) {
        if (!one.is_object() || !one.value("sentence", Json()).is_string()
            || !one.value("gravity", Json()).is_string())
            return fail(ErrorCode::DataCorrupt,
                        file.string() + ": expected a verdict of gravity and sentence, found " + one.dump());
        audit.findings.push_back({one["gravity"].get<std::string>(), one["sentence"].get<std::string>()});
    }
    return audit;
}

} // namespace hilum::cli
