// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/JudgementReport.h"

#include "core/metrics/Distribution.h"
#include "core/metrics/Threshold.h"
#include "core/report/EvaluationReport.h"

#include <array>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

namespace hilum {

namespace {

using Json = nlohmann::ordered_json;

constexpr int scoreBarCount = 20;
constexpr std::array prevalences{0.5, 0.2, 0.1, 0.05, 0.01, 0.001};
// The student projects tested on 10 to 72.
constexpr std::array testSizes{10, 25, 50, 72, 100, 250, 500, 1000, 10000};

Json orNull(const std::string &text) { return text.empty() ? Json(nullptr) : Json(text); }

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json json(const Figure &figure)
{
    Json others = Json::array();
    for (const OtherInterval &other : figure.others)
        others.push_back({{"method", methodName(other.method)},
                          {"low", number(other.interval.low)},
                          {"high", number(other.interval.high)}});
    return {{"value", number(figure.value)},
            {"low", number(figure.interval.low)},
            {"high", number(figure.interval.high)},
            {"method", methodName(figure.method)},
            {"others", others}};
}

Json json(const Share &share)
{
    return {{"value", number(share.share)},
            {"low", number(share.films > 0 ? share.interval.low : NAN)},
            {"high", number(share.films > 0 ? share.interval.high : NAN)},
            {"method", methodName(share.films > 0 ? IntervalMethod::Wilson : IntervalMethod::None)},
            {"hits", share.hits},
            {"of", share.films}};
}

Json json(const Ranged &ranged, const char *method)
{
    const bool is = !std::isnan(ranged.value);
    return {{"value", number(ranged.value)},
            {"low", number(is ? ranged.interval.low : NAN)},
            {"high", number(is ? ranged.interval.high : NAN)},
            {"method", is ? method : "none"}};
}

Json json(const NamedFile &file) { return {{"file", file.file}, {"sha256", file.sha256}}; }

template <class Points, class Value>
Json column(const Points &points, const Value &value)
{
    Json list = Json::array();
    for (const auto &point : points)
        list.push_back(number(value(point)));
    return list;
}

Json bandJson(const std::vector<BandPoint> &band, const char *x, const char *y)
{
    return {{x, column(band, [](const BandPoint &p) { return p.x; })},
            {y, column(band, [](const BandPoint &p) { return p.y; })},
            {"low", column(band, [](const BandPoint &p) { return p.interval.low; })},
            {"high", column(band, [](const BandPoint &p) { return p.interval.high; })},
            {"method", methodName(IntervalMethod::PatientsPercentile)}};
}

Json curvesJson(const ClassCurves &curves)
{
    using Point = const DecisionPoint &;
    return {{"roc", bandJson(curves.roc, "falsePositiveRate", "sensitivity")},
            {"precisionRecall", bandJson(curves.precisionRecall, "recall", "precision")},
            {"decision",
             {{"threshold", column(curves.decision, [](Point p) { return p.threshold; })},
              {"netBenefit", column(curves.decision, [](Point p) { return p.netBenefit; })},
              {"low", column(curves.decision, [](Point p) { return p.interval.low; })},
              {"high", column(curves.decision, [](Point p) { return p.interval.high; })},
              {"callAll", column(curves.decision, [](Point p) { return p.callAll; })},
              {"method", methodName(IntervalMethod::PatientsPercentile)}}}};
}

Json boxJson(const std::string &truth, const std::string &source, const std::vector<double> &scores)
{
    const BoxFigures box = boxFigures(scores);
    return {{"truth", truth},
            {"source", source},
            {"films", box.films},
            {"mean", number(box.mean)},
            {"least", number(box.least)},
            {"lowWhisker", number(box.lowWhisker)},
            {"lowQuartile", number(box.lowQuartile)},
            {"median", number(box.median)},
            {"highQuartile", number(box.highQuartile)},
            {"highWhisker", number(box.highWhisker)},
            {"most", number(box.most)},
            {"outside", box.outside}};
}

// How p(label) lies among films of each class, and of each class in each source.
Json scoresJson(const JudgedModel &model, std::size_t label)
{
    std::map<std::pair<int, std::string>, std::vector<double>> bySource;
    std::vector<std::vector<double>> byClass(model.labels.size());
    for (const ScoredFilm &film : model.films) {
        byClass[static_cast<std::size_t>(film.truth)].push_back(film.probabilities[label]);
        bySource[{film.truth, film.source}].push_back(film.probabilities[label]);
    }
    Json bars = Json::object();
    Json boxes = Json::array();
    for (std::size_t c = 0; c < model.labels.size(); ++c)
        bars[model.labels[c]] = scoreBars(byClass[c], scoreBarCount);
    for (const auto &[group, scores] : bySource)
        boxes.push_back(boxJson(model.labels[static_cast<std::size_t>(group.first)], group.second, scores));
    return {{"bars", bars}, {"boxes", boxes}};
}

Json classJson(const JudgedModel &model, std::size_t label)
{
    const ClassFigures &figures = model.assessment.classes[label];
    Json object{{"films", figures.films},
                {"called", figures.called},
                {"truePositives", figures.truePositives},
                {"sensitivity", json(figures.sensitivity)},
                {"specificity", json(figures.specificity)},
                {"precision", json(figures.precision)},
                {"npv", json(figures.negativeValue)},
                {"f1", json(figures.f1)},
                {"auc", json(figures.auc)},
                {"averagePrecision", json(figures.averagePrecision)},
                {"brier", json(figures.brier)}};
    const ClassScores scores = scoresOf(model.films, static_cast<int>(label));
    const auto points = Ranking(scores.scores, scores.positive).points();
    const OperatingPoint youden = youdenPoint(points);
    const Rates rates = ratesAt(youden, points.back());
    object["youden"] = {{"threshold", number(youden.threshold)},
                        {"sensitivity", json(rates.sensitivity)},
                        {"specificity", json(rates.specificity)},
                        {"precision", json(rates.precision)},
                        {"npv", json(rates.negativeValue)}};
    const int others = model.assessment.tables.films - figures.films;
    const Share sensitivity = shareOf(figures.truePositives, figures.films);
    const Share specificity = shareOf(others - (figures.called - figures.truePositives), others);
    object["atPrevalence"] = Json::array();
    for (const double prevalence : prevalences) {
        const AtPrevalence at = atPrevalence(sensitivity, specificity, prevalence);
        object["atPrevalence"].push_back({{"prevalence", prevalence},
                                          {"ppv", json(at.positiveValue, "logit")},
                                          {"npv", json(at.negativeValue, "logit")},
                                          {"ofThousand",
                                           {{"found", at.found},
                                            {"missed", at.missed},
                                            {"spared", at.spared},
                                            {"falseAlarms", at.falseAlarms}}}});
    }
    object["curves"] = curvesJson(model.curves[label]);
    object["scores"] = scoresJson(model, label);
    return object;
}

Json binsJson(const std::vector<ReliabilityBin> &bins)
{
    Json list = Json::array();
    for (const ReliabilityBin &bin : bins)
        list.push_back({{"low", bin.low},
                        {"high", bin.high},
                        {"films", bin.films},
                        {"right", bin.positives},
                        {"meanProbability", number(bin.meanProbability)},
                        {"rateLow", bin.films > 0 ? number(bin.rate.low) : Json(nullptr)},
                        {"rateHigh", bin.films > 0 ? number(bin.rate.high) : Json(nullptr)}});
    return list;
}

void addMatrix(const ConfusionMatrix &matrix, Json &object)
{
    Json counts = Json::array();
    Json rows = Json::array();
    Json columns = Json::array();
    Json totals = Json::array();
    for (int truth = 0; truth < matrix.classes(); ++truth) {
        Json count = Json::array();
        Json row = Json::array();
        Json column = Json::array();
        Json total = Json::array();
        for (int call = 0; call < matrix.classes(); ++call) {
            count.push_back(matrix.count(truth, call));
            row.push_back(matrix.rowShare(truth, call));
            column.push_back(matrix.columnShare(truth, call));
            total.push_back(matrix.totalShare(truth, call));
        }
        counts.push_back(count);
        rows.push_back(row);
        columns.push_back(column);
        totals.push_back(total);
    }
    object["confusion"] = counts;
    object["confusionShares"] = {{"row", rows}, {"column", columns}, {"total", totals}};
}

Json json(const std::vector<Pitfall> &pitfalls)
{
    Json list = Json::array();
    for (const Pitfall &pitfall : pitfalls)
        list.push_back({{"gravity", pitfall.gravity}, {"sentence", pitfall.sentence}});
    return list;
}

Json modelJson(const JudgedModel &model)
{
    const Assessment &a = model.assessment;
    Json object;
    object["model"] = {{"id", model.id},
                       {"weightsSha256", orNull(model.weightsSha256)},
                       {"version", orNull(model.version)},
                       {"trainingData", orNull(model.trainingData)}};
    object["predictions"] = json(model.predictions);
    if (!model.input.file.empty())
        object["input"] = json(model.input);
    object["filmCount"] = a.tables.films;
    object["patientCount"] = a.tables.groups;
    object["classes"] = model.labels;
    object["accuracy"] = json(a.accuracy);
    object["balancedAccuracy"] = json(a.balancedAccuracy);
    object["kappa"] = json(a.kappa);
    object["matthews"] = json(a.matthews);
    object["macroF1"] = json(a.macroF1);
    object["aucMacro"] = json(a.macroAuc);
    object["aucHandTill"] = json(a.handTill);
    object["ece"] = json(a.calibrationError);
    object["eceEqualMass"] = json(a.calibrationErrorEqualMass);
    object["brier"] = json(a.brier);
    addMatrix(a.tables.matrix, object);
    object["perClass"] = Json::object();
    for (std::size_t c = 0; c < model.labels.size(); ++c)
        object["perClass"][model.labels[c]] = classJson(model, c);
    object["brierParts"] = {{"reliability", number(a.brierParts.reliability)},
                            {"resolution", number(a.brierParts.resolution)},
                            {"uncertainty", number(a.brierParts.uncertainty)},
                            {"within", number(a.brierParts.within)}};
    object["reliability"]
        = {{"equalWidth", binsJson(a.reliability)}, {"equalMass", binsJson(a.reliabilityEqualMass)}};
    object["ifTestFilms"] = Json::array();
    for (const int films : testSizes) {
        const Ranged with = withFilms(a.tables.accuracy, films);
        object["ifTestFilms"].push_back(
            {{"films", films}, {"low", number(with.interval.low)}, {"high", number(with.interval.high)}});
    }
    object["audit"] = json(pitfallsOf(model.films, model.labels));
    const Json tables = Json::parse(evaluationJson(a.tables));
    object["sources"] = tables["sources"];
    object["comparisons"] = tables["comparisons"];
    return object;
}

Json pairJson(const ModelPair &pair, const std::vector<std::string> &labels)
{
    Json object{{"first", pair.first}, {"second", pair.second}};
    if (!pair.problem.empty())
        object["problem"] = pair.problem;
    else
        object.update(Json::parse(comparisonJson(pair.comparison, labels)));
    return object;
}

// Lists without lists, objects or texts in them on one line.
std::string compact(const std::string &text)
{
    std::string out;
    bool isText = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isText) {
            out += c;
            if (c == '\\')
                out += text[++i];
            isText = c != '"';
            continue;
        }
        isText = c == '"';
        const std::size_t end = c == '[' ? text.find_first_of("[]{\"", i + 1) : std::string::npos;
        if (end == std::string::npos || text[end] != ']') {
            out += c;
            continue;
        }
        for (; i < end; ++i) {
            if (text[i] != ' ' && text[i] != '\n')
                out += text[i];
            if (text[i] == ',')
                out += ' ';
        }
        out += ']';
    }
    return out;
}

} // namespace

std::string judgedModelJson(const JudgedModel &model)
{
    return modelJson(model).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string modelPairJson(const ModelPair &pair, const std::vector<std::string> &labels)
{
    return pairJson(pair, labels).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string judgementJson(const Judgement &judgement)
{
    const Resampling &resampling = judgement.models.front().assessment.resampling;
    Json object{{"kind", "hilum-evaluation"},
                {"schemaVersion", 1},
                {"software", judgement.software},
                {"notice", judgement.notice},
                {"settings",
                 {{"draws", resampling.draws},
                  {"seed", resampling.seed},
                  {"level", 0.95},
                  {"calibrationBins", calibrationBins}}}};
    if (!judgement.films.file.empty()) {
        object["films"] = json(judgement.films);
        object["films"]["which"] = judgement.which;
    }
    if (!judgement.audit.file.file.empty()) {
        object["filmAudit"] = json(judgement.audit.file);
        object["filmAudit"]["findings"] = json(judgement.audit.findings);
    }
    object["failed"] = Json::array();
    for (const FailedFilm &film : judgement.failed)
        object["failed"].push_back({{"film", film.film}, {"code", film.code}, {"message", film.message}});
    if (judgement.models.size() == 1) {
        object.update(modelJson(judgement.models.front()));
    } else {
        object["models"] = Json::object();
        for (const JudgedModel &model : judgement.models)
            object["models"][model.id] = modelJson(model);
        object["pairs"] = Json::array();
        for (const ModelPair &pair : judgement.pairs)
            object["pairs"].push_back(pairJson(pair, judgement.models.front().labels));
    }
    return compact(object.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

} // namespace hilum
