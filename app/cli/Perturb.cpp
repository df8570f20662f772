// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Commands.h"
#include "app/cli/Networks.h"
#include "app/cli/Output.h"
#include "app/cli/Scored.h"
#include "core/codec/FilmReader.h"
#include "core/codec/PngWriter.h"
#include "core/dataset/Dataset.h"
#include "core/gate/Band.h"
#include "core/imaging/Stamp.h"
#include "core/lab/Experiment.h"
#include "core/lab/ShiftReport.h"
#include "core/report/Csv.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <set>
#include <unistd.h>

namespace hilum::cli {

namespace {

constexpr OptionSpec options[] = {
    {"--experiment", "FILE", "what is done to the films: a file, or an experiment's name (required)"},
    {"--model", "ID", "a model package by its id or folder; may be given several times (required)"},
    {"--lungs", "MASK",
     "the lungs of the film as a white-on-black picture of its size; with several films a folder\n"
     "with a mask of the same file name for each"},
    {"--no-band", "", "without the band around each plain reading, which takes several more"},
    {"--json", "", "one JSON object for each film and network, then one of them all"},
    {"--output", "DIR",
     "folder for changed films as PNG; of a data set for one shifts-MODEL.csv and shifts.json", "-o"},
    {"--device", "auto|cpu|cuda", "where to compute (default auto)"},
    {"--threads", "N", "threads on the CPU (default: every core)"},
    {"--frame", "N", "which frame, counted from 1 (default 1)"},
};
constexpr CommandSpec command{
    "perturb", "FILM...|MANIFEST|FOLDER --experiment FILE --model ID",
    "How far the probabilities move when films are changed in a way that should not matter, or that hides "
    "what\n"
    "should. Films of a manifest or a folder of folders are counted by their true class, with intervals by\n"
    "patient. For education, not for diagnosis.",
    options};

struct Request {
    std::vector<Sample> samples;
    bool isDataset = false;
    std::string films; // of a data set, as it was named
    Experiment experiment;
    std::vector<ModelPackage> packages;
    std::string lungs;
    std::string folder;
    bool asJson = false;
    bool withBands = true;
    LoadOptions load;
    int frame = 1;
};

// One positional that is a folder or no film by its name is a data set.
Result<void> readFilmNames(const std::vector<std::string> &words, Request &request)
{
    if (words.empty())
        return fail(ErrorCode::UsageWrong, "expected films, a manifest or a folder");
    const std::filesystem::path first = words.front();
    std::error_code code;
    if (words.size() == 1 && (std::filesystem::is_directory(first, code) || first.extension() == ".csv")) {
        auto dataset = readDataset(first);
        if (!dataset)
            return tl::unexpected(dataset.error());
        request.samples = std::move(dataset->samples);
        request.isDataset = true;
        request.films = words.front();
        return {};
    }
    for (const std::string &word : words)
        request.samples.push_back({word, word, "", "", "", -1, false});
    return {};
}

Result<Request> parseRequest(std::span<const std::string> args)
{
    const auto parsed = parseOptions(args, options);
    if (!parsed)
        return tl::unexpected(parsed.error());
    Request request;
    request.asJson = parsed->has("--json");
    request.withBands = !parsed->has("--no-band");
    request.lungs = parsed->value("--lungs").value_or("");
    request.folder = parsed->value("--output").value_or("");
    if (const auto read = readComputeOptions(*parsed, request.load, request.frame); !read)
        return tl::unexpected(read.error());
    const auto named = parsed->value("--experiment");
    if (!named)
        return fail(ErrorCode::UsageWrong, "expected --experiment FILE");
    const auto file = findExperiment(*named);
    if (!file)
        return fail(ErrorCode::UsageWrong, "--experiment: " + file.error().detail);
    auto experiment = readExperiment(*file);
    if (!experiment)
        return tl::unexpected(experiment.error());
    request.experiment = std::move(*experiment);
    if (request.lungs.empty() && std::ranges::any_of(request.experiment.changes, needsLungs))
        return fail(ErrorCode::UsageWrong,
                    "the experiment " + request.experiment.name + " covers lungs: expected --lungs MASK");
    const std::vector<std::string> models = parsed->values("--model");
    if (models.empty())
        return fail(ErrorCode::UsageWrong, "expected --model ID");
    std::set<std::string> ids;
    for (const std::string &model : models) {
        auto package = packageNamed(model);
        if (!package)
            return tl::unexpected(package.error());
        if (!ids.insert(package->card.id).second)
            return fail(ErrorCode::UsageWrong,
                        "expected networks of different ids, found " + package->card.id + " twice");
        request.packages.push_back(std::move(*package));
    }
    if (const auto read = readFilmNames(parsed->positionals(), request); !read)
        return tl::unexpected(read.error());
    return request;
}

// A film as it is and as the experiment makes it.
struct TwoFilms {
    FilmPtr film;
    LabFilm plain;
    LabFilm changed;
};

Result<TwoFilms> twoFilms(const Request &request, const Sample &sample)
{
    auto film = readFilm(sample.file);
    if (!film)
        return tl::unexpected(film.error());
    FilmPtr lungs;
    if (!request.lungs.empty()) {
        std::error_code code;
        const std::filesystem::path named = request.lungs;
        auto mask
            = readFilm(std::filesystem::is_directory(named, code) ? named / sample.file.filename() : named);
        if (!mask)
            return tl::unexpected(mask.error());
        lungs = *mask;
    }
    auto plain = labFilm(**film, request.frame - 1, lungs.get());
    if (!plain)
        return tl::unexpected(plain.error());
    auto made = changed(*plain, request.experiment.changes);
    if (!made)
        return tl::unexpected(made.error());
    return TwoFilms{*film, std::move(*plain), std::move(*made)};
}

std::vector<double> probabilitiesOf(const Prediction &prediction)
{
    std::vector<double> probabilities;
    for (const ClassScore &score : prediction.scores)
        probabilities.push_back(score.probability);
    return probabilities;
}

Result<ShiftedFilm> shiftOf(const Request &request, const Sample &sample, const TwoFilms &films,
                            Classifier &network)
{
    const ModelCard &card = network.card();
    const auto before = network.predict(inputOf(films.plain, card.input));
    if (!before)
        return tl::unexpected(before.error());
    const auto after = network.predict(inputOf(films.changed, card.input));
    if (!after)
        return tl::unexpected(after.error());
    const auto truth = std::ranges::find(card.classes, sample.label);
    ShiftedFilm shifted{sample.name,
                        sample.group,
                        sample.source,
                        truth == card.classes.end() ? -1 : static_cast<int>(truth - card.classes.begin()),
                        probabilitiesOf(*before),
                        probabilitiesOf(*after),
                        {}};
    if (request.withBands && card.band.repeats > 0) {
        auto bands = readBand(*films.film, request.frame - 1, card, *before,
                              [&](const ModelInput &one) { return network.predict(one); }, {});
        if (!bands)
            return tl::unexpected(bands.error());
        shifted.bands = std::move(*bands);
    }
    return shifted;
}

Json provenance(const Request &request, const ModelCard &card)
{
    return {{"schemaVersion", 1},
            {"experiment", request.experiment.name},
            {"model", card.id},
            {"weightsSha256", card.weightsSha256},
            {"software", "Hilum " HILUM_VERSION},
            {"notice", notForDiagnosis}};
}

Json jsonOf(const Request &request, const ShiftedFilm &film, const ModelCard &card)
{
    Json json = provenance(request, card);
    json["film"] = film.film;
    if (film.truth >= 0)
        json["truth"] = card.classes[static_cast<std::size_t>(film.truth)];
    json["callBefore"] = card.classes[static_cast<std::size_t>(film.callBefore())];
    json["callAfter"] = card.classes[static_cast<std::size_t>(film.callAfter())];
    Json classes = Json::array();
    for (std::size_t c = 0; c < card.classes.size(); ++c) {
        Json row{{"class", card.classes[c]}, {"before", film.before[c]},
                 {"after", film.after[c]},   {"shift", film.shift(static_cast<int>(c))},
                 {"band", nullptr},          {"leavesBand", nullptr}};
        if (!film.bands.empty()) {
            row["band"] = {film.bands[c].low, film.bands[c].high};
            row["leavesBand"] = film.leavesBand(static_cast<int>(c));
        }
        classes.push_back(row);
    }
    json["classes"] = classes;
    return json;
}

void print(const ShiftedFilm &film, const ModelCard &card)
{
    std::printf("%s  %s:", film.film.c_str(), card.id.c_str());
    for (std::size_t c = 0; c < card.classes.size(); ++c) {
        std::printf("  %s %.3f -> %.3f (%+.3f", card.classes[c].c_str(), film.before[c], film.after[c],
                    film.shift(static_cast<int>(c)));
        if (!film.bands.empty())
            std::printf(", %s %.2f to %.2f",
                        film.leavesBand(static_cast<int>(c)) ? "outside its band" : "within",
                        film.bands[c].low, film.bands[c].high);
        std::printf(")");
    }
    const int before = film.callBefore();
    if (film.callAfter() != before)
        std::printf("  NOW CALLED %s", card.classes[static_cast<std::size_t>(film.callAfter())].c_str());
    std::printf("\n");
}

void printSummary(const Request &request, const std::vector<ShiftedFilm> &films, const ModelCard &card)
{
    std::printf(
        "\n%s, %s:\n", card.id.c_str(),
        (request.experiment.title.empty() ? request.experiment.name : request.experiment.title).c_str());
    for (const ShiftSummary &summary : summarise(films, static_cast<int>(card.classes.size()))) {
        const std::string name = summary.truth < 0
            ? "all films"
            : "truly " + card.classes[static_cast<std::size_t>(summary.truth)];
        std::printf("%s: %d films of %d patients, %d called another class", name.c_str(), summary.films,
                    summary.patients, summary.otherCall);
        if (summary.banded > 0)
            std::printf(", %d of %d outside their band", summary.outsideBand, summary.banded);
        if (summary.labelled > 0)
            std::printf(", right %d before and %d after", summary.rightBefore, summary.rightAfter);
        std::printf("\n");
        for (const ShiftDistribution &shift : summary.shifts)
            std::printf("  p(%s): mean %+.3f (%+.3f to %+.3f), median %+.3f, quartiles %+.3f and %+.3f\n",
                        card.classes[static_cast<std::size_t>(shift.label)].c_str(), shift.mean,
                        shift.meanInterval.low, shift.meanInterval.high, shift.median, shift.quartile1,
                        shift.quartile3);
    }
}

// As a person sees it: black to white on the film's grey scale.
Result<void> writePicture(const Request &request, const Sample &sample, const LabFilm &film)
{
    RgbImage picture(film.greys.width(), film.greys.height());
    std::ranges::transform(film.greys.samples(), picture.samples().begin(), [](float value) {
        const auto grey = static_cast<std::uint8_t>(std::lround(255 * std::clamp(value, 0.0F, 1.0F)));
        return std::array{grey, grey, grey};
    });
    stamp(picture,
          "Changed on purpose: " + request.experiment.name + ". Hilum " HILUM_VERSION ". "
              + std::string(notForDiagnosis));
    const std::string name = sample.file.stem().string() + "-" + request.experiment.name + ".png";
    return writePng(picture, std::filesystem::path(request.folder) / name);
}

Result<void> writeDataset(const Request &request, const std::vector<std::vector<ShiftedFilm>> &shifts,
                          int failed)
{
    Json networks = Json::array();
    for (std::size_t m = 0; m < request.packages.size(); ++m) {
        const ModelCard &card = request.packages[m].card;
        if (shifts[m].empty())
            continue;
        const std::string tail = "," + csvField(request.experiment.name) + "," + csvField(card.id) + ","
            + card.weightsSha256.substr(0, 12) + ",Hilum " HILUM_VERSION "," + csvField(notForDiagnosis);
        const auto table
            = shiftTable(shifts[m], card.classes, ",experiment,model,weights,software,notice", tail);
        if (auto written
            = writeWhole(std::filesystem::path(request.folder) / ("shifts-" + card.id + ".csv"), table);
            !written)
            return written;
        Json network = provenance(request, card);
        network.update(Json::parse(shiftJson(shifts[m], card.classes)));
        networks.push_back(network);
    }
    const Json report{{"schemaVersion", 1},
                      {"films", request.films},
                      {"failed", failed},
                      {"experiment", Json::parse(experimentToJson(request.experiment))},
                      {"software", "Hilum " HILUM_VERSION},
                      {"notice", notForDiagnosis},
                      {"networks", networks}};
    return writeWhole(std::filesystem::path(request.folder) / "shifts.json", report.dump(2) + "\n");
}

using Networks = std::vector<std::unique_ptr<Classifier>>;

Result<Networks> loadAll(const Request &request)
{
    const auto module = openNnModule();
    if (!module)
        return tl::unexpected(module.error());
    Networks networks;
    for (const ModelPackage &package : request.packages) {
        auto classifier = (*module)->load(package, request.load);
        if (!classifier)
            return tl::unexpected(classifier.error());
        networks.push_back(std::move(*classifier));
    }
    return networks;
}

// Reads one film by every network; false where something went wrong, which has been said.
bool perturbFilm(const Request &request, const Sample &sample, const Networks &networks,
                 std::vector<std::vector<ShiftedFilm>> &shifts)
{
    const auto films = twoFilms(request, sample);
    if (!films) {
        reportFailure(sample.file.string(), films.error(), request.asJson);
        return false;
    }
    bool isDone = true;
    for (std::size_t m = 0; m < networks.size(); ++m) {
        const auto shifted = shiftOf(request, sample, *films, *networks[m]);
        if (!shifted) {
            reportFailure(sample.file.string(), shifted.error(), request.asJson);
            isDone = false;
            continue;
        }
        if (request.asJson)
            printJson(jsonOf(request, *shifted, networks[m]->card()));
        else if (!request.isDataset)
            print(*shifted, networks[m]->card());
        shifts[m].push_back(*shifted);
    }
    if (request.folder.empty() || request.isDataset)
        return isDone;
    if (const auto written = writePicture(request, sample, films->changed); !written) {
        reportFailure(sample.file.string(), written.error(), request.asJson);
        return false;
    }
    return isDone;
}

Result<int> perturb(const Request &request)
{
    const auto networks = loadAll(request);
    if (!networks)
        return tl::unexpected(networks.error());
    if (!request.folder.empty()) {
        if (auto made = makeFolder(request.folder); !made)
            return tl::unexpected(made.error());
    }
    std::vector<std::vector<ShiftedFilm>> shifts(networks->size());
    int failed = 0;
    const bool isWatched = request.isDataset && ::isatty(STDERR_FILENO) != 0;
    for (std::size_t i = 0; i < request.samples.size(); ++i) {
        failed += perturbFilm(request, request.samples[i], *networks, shifts) ? 0 : 1;
        if (isWatched)
            std::fprintf(stderr, "\r%zu of %zu films%s", i + 1, request.samples.size(),
                         i + 1 == request.samples.size() ? "\n" : "");
    }
    if (!request.isDataset)
        return failed;
    for (std::size_t m = 0; m < networks->size(); ++m) {
        if (shifts[m].empty())
            continue;
        const ModelCard &card = request.packages[m].card;
        if (request.asJson) {
            Json summary = provenance(request, card);
            summary["films"] = request.films;
            summary["failed"] = failed;
            summary.update(Json::parse(shiftJson(shifts[m], card.classes)));
            printJson(summary);
        } else {
            printSummary(request, shifts[m], card);
        }
    }
    if (!request.folder.empty()) {
        if (auto written = writeDataset(request, shifts, failed); !written)
            return tl::unexpected(written.error());
    }
    return failed;
}

} // namespace

int runPerturb(std::span<const std::string> args)
{
    if (answeredHelp(command, args))
        return exitDone;
    const auto request = parseRequest(args);
    if (!request)
        return usageError(command, request.error());
    const auto failed = perturb(*request);
    if (!failed) {
        reportFailure(request->isDataset ? request->films : request->experiment.name, failed.error(),
                      request->asJson);
        return exitSomeFailed;
    }
    return *failed == 0 ? exitDone : exitSomeFailed;
}

} // namespace hilum::cli
