// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/FilmReading.h"

#include "app/cli/FilmPictures.h"
#include "app/cli/Output.h"
#include "core/base/Sha256.h"
#include "core/codec/FilmReader.h"
#include "core/codec/PngWriter.h"
#include "core/explain/OfferedMethods.h"
#include "core/film/Identifiers.h"
#include "core/gate/Band.h"
#include "core/gate/Gate.h"
#include "core/imaging/Stamp.h"
#include "core/metrics/Evaluation.h"
#include "core/nn/InputSteps.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>

namespace hilum::cli {

namespace {

constexpr int filmSide = 1000; // pixels of the pictures
constexpr int mapSide = 640;
constexpr int sawSide = 320;
constexpr double mapOpacity = 0.6;

std::string formatOf(const Film &film)
{
    switch (film.format) {
    case FilmFormat::Dicom:
        return "DICOM";
    case FilmFormat::Png:
        return "PNG";
    case FilmFormat::Jpeg:
        break;
    }
    return "JPEG";
}

std::string calibrationOf(const ModelCard &card)
{
    if (!card.calibrated)
        return "Softmax probability, not calibrated";
    std::array<char, 80> text{};
    std::snprintf(text.data(), text.size(), "Softmax probability, temperature-calibrated (T = %.2f)",
                  card.temperature);
    return text.data();
}

std::optional<ReportedHeldOut> heldOutOf(const ModelPackage &package)
{
    const auto predictions = readPredictions(package.folder / "predictions.csv", package.card.classes);
    if (!predictions || predictions->empty())
        return std::nullopt;
    ReportedHeldOut found;
    for (const HeldOutPrediction &film : *predictions) {
        const auto call = static_cast<std::size_t>(callOf(film.probabilities));
        ++found.films;
        found.right += package.card.classes[call] == film.truth ? 1 : 0;
    }
    return found;
}

std::string bandWords(const BandSpec &band)
{
    if (band.repeats == 0)
        return {};
    std::array<char, 200> text{};
    std::snprintf(
        text.data(), text.size(),
        "In brackets: where %.0f %% of readings lie when the film is taken a little differently (%d "
        "further readings)",
        100 * band.level, band.repeats);
    return text.data();
}

// A card's id as part of a file's name.
std::string stemOf(const std::string &id, std::size_t place)
{
    std::string stem = std::to_string(place + 1) + "-";
    for (const char letter : id)
        stem += std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '-' ? letter : '-';
    return stem;
}

// One film on its way into a report.
class Reporter {
public:
    Reporter(const FilmReadingRequest &request, const Film &film)
        : m_request(request)
        , m_film(film)
    {
    }

    Result<FilmReport> report()
    {
        describe();
        const GateVerdict verdict = judgeFilm(m_film, frame(), bundledGate(modelRoots()));
        const bool isAsked = std::ranges::any_of(
            m_request.packages, [](const ModelPackage &package) { return package.card.gate != "none"; });
        m_report.refusal = isAsked ? verdict.reason : std::string();
        m_report.isShownAnyway = !m_report.refusal.empty() && m_request.isShownAnyway;
        m_report.method = factsOf(m_request.method).name;
        const auto module = openNnModule();
        if (!module)
            return tl::unexpected(module.error());
        if (auto drawn = drawFilm(); !drawn)
            return tl::unexpected(drawn.error());
        for (std::size_t place = 0; place < m_request.packages.size(); ++place) {
            if (auto read = addNetwork(**module, place); !read)
                return tl::unexpected(read.error());
        }
        return std::move(m_report);
    }

private:
    int frame() const { return m_request.frame - 1; }
    bool drawsPictures() const { return !m_request.pictures.empty(); }

    void describe()
    {
        const auto identifiers
            = m_request.showsNames ? std::vector<std::string>() : identifiersOf(m_film.tags);
        const auto shown = [&](const std::string &text) { return withoutIdentifiers(text, identifiers); };
        m_report.software = "Hilum " HILUM_VERSION;
        m_report.notice = notForDiagnosis;
        m_report.name = shown(m_request.film.filename().string());
        std::error_code code;
        if (m_request.showsNames)
            m_report.file = std::filesystem::absolute(m_request.film, code).lexically_normal().string();
        m_report.format = formatOf(m_film);
        m_report.columns = m_film.columns;
        m_report.rows = m_film.rows;
        m_report.bits = m_film.bitsStored;
        m_report.frame = m_request.frame;
        m_report.frames = m_film.frames;
        m_report.modality = m_film.modality;
        for (const std::string &notice : m_film.notices)
            m_report.notices.push_back(shown(notice));
    }

    Result<void> drawFilm()
    {
        if (!drawsPictures())
            return {};
        m_picture = filmPicture(m_film, frame());
        m_report.picture = "film.png";
        return writePng(shrunk(m_picture, filmSide), m_request.pictures / m_report.picture);
    }

    Result<void> addNetwork(NnModule &module, std::size_t place)
    {
        const ModelPackage &package = m_request.packages[place];
        const ModelCard &card = package.card;
        ReportedNetwork network;
        network.id = card.id;
        network.title = card.title;
        network.version = card.version;
        network.weightsSha256 = card.weightsSha256;
        network.trainingData = card.trainingData;
        network.limits = card.limits;
        network.heldOut = heldOutOf(package);
        network.calibration = calibrationOf(card);
        network.band = bandWords(card.band);
        const bool isWithheld = card.gate != "none" && !m_report.refusal.empty() && !m_request.isShownAnyway;
        if (isWithheld)
            network.noMap = "the gate refused this picture";
        else if (auto read = readBy(module, package, place, network); !read)
            network.error = read.error().detail;
        m_report.networks.push_back(std::move(network));
        return drawSaw(card, place, m_report.networks.back());
    }

    Result<void> readBy(NnModule &module, const ModelPackage &package, std::size_t place,
                        ReportedNetwork &network)
    {
        const ModelCard &card = package.card;
        const auto input = prepare(m_film, frame(), card.input);
        if (!input)
            return tl::unexpected(input.error());
        const auto classifier = module.load(package, m_request.load);
        if (!classifier)
            return tl::unexpected(classifier.error());
        const auto prediction = (*classifier)->predict(*input);
        if (!prediction)
            return tl::unexpected(prediction.error());
        Bands bands;
        if (card.band.repeats > 0) {
            auto found = readBand(m_film, frame(), card, *prediction,
                                  [&](const ModelInput &one) { return (*classifier)->predict(one); }, {});
            if (!found)
                return tl::unexpected(found.error());
            bands = std::move(*found);
        }
        for (std::size_t c = 0; c < prediction->scores.size(); ++c)
            network.classes.push_back({prediction->scores[c].label, prediction->scores[c].probability,
                                       bands.empty() ? std::optional<Interval>() : std::optional(bands[c])});
        if (m_report.label.empty())
            m_report.label = m_request.label.empty() ? network.call()->label : m_request.label;
        return drawsPictures() ? drawMap(**classifier, *input, place, network) : Result<void>();
    }

    Result<ActivationMap> mapOf(Classifier &classifier, const ModelInput &input, int label)
    {
        const bool isAsked = isOffered(classifier.card(), m_request.method);
        if (isAsked && m_request.method == MapMethod::GradCam) {
            auto reading = classifier.read(input, label); // the window's own way
            if (!reading)
                return tl::unexpected(reading.error());
            if (reading->map)
                return std::move(*reading->map);
        }
        ExplainRequest asked;
        asked.method = isAsked ? m_request.method : MapMethod::Occlusion;
        asked.classIndex = label;
        auto explanation = classifier.explain(input, asked, {}, {});
        if (!explanation)
            return tl::unexpected(explanation.error());
        return std::move(explanation->map);
    }

    Result<void> drawMap(Classifier &classifier, const ModelInput &input, std::size_t place,
                         ReportedNetwork &network)
    {
        const ModelCard &card = classifier.card();
        const auto label = std::ranges::find(card.classes, m_report.label);
        if (label == card.classes.end()) {
            network.noMap = "does not know " + m_report.label;
            return {};
        }
        const auto made = mapOf(classifier, input, static_cast<int>(label - card.classes.begin()));
        if (!made) {
            network.noMap = made.error().detail;
            return {};
        }
        const ActivationMap &map = *made;
        network.mapTitle = factsOf(map.method).title + (map.stage.empty() ? "" : " at " + map.stage);
        if (!map.hasEvidence()) {
            network.noMap = "no evidence for " + m_report.label + " was found";
            return {};
        }
        RgbImage picture = m_picture;
        layOver(picture, spread(map), mapOpacity);
        network.mapPicture = stemOf(card.id, place) + "-map.png";
        return writePng(shrunk(picture, mapSide), m_request.pictures / network.mapPicture);
    }

    // What goes in: the last step that is a picture.
    Result<void> drawSaw(const ModelCard &card, std::size_t place, ReportedNetwork &network)
    {
        if (!drawsPictures())
            return {};
        std::optional<GreyImage> seen;
        const auto visited = visitInputSteps(m_film, frame(), card.input, {}, [&](const InputStep &step) {
            if (step.kind == InputStepKind::Crop || step.kind == InputStepKind::Resampled)
                network.saw += (network.saw.empty() ? "" : " ") + step.what;
            if (step.kind != InputStepKind::Channels)
                seen = step.kind >= InputStepKind::Resampled ? std::optional(stepPicture(step, sawSide))
                                                             : std::nullopt;
            return true;
        });
        if (!visited || !seen)
            return {}; // why it can't be prepared is the network's error
        network.sawPicture = stemOf(card.id, place) + "-saw.png";
        return writePng(*seen, m_request.pictures / network.sawPicture);
    }

    const FilmReadingRequest &m_request;
    const Film &m_film;
    FilmReport m_report;
    RgbImage m_picture; // the film as it opens, where pictures are drawn
};

} // namespace

Result<FilmReport> readForReport(const FilmReadingRequest &request)
{
    const auto hash = sha256OfFile(request.film);
    if (!hash)
        return tl::unexpected(hash.error());
    const auto film = readFilm(request.film);
    if (!film)
        return tl::unexpected(film.error());
    if (request.frame > (*film)->frames)
        return fail(ErrorCode::UsageWrong,
                    "--frame: expected 1 to " + std::to_string((*film)->frames) + ", found "
                        + std::to_string(request.frame));
    auto report = Reporter(request, **film).report();
    if (report)
        report->sha256 = *hash;
    return report;
}

} // namespace hilum::cli
