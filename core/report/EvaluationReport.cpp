// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/EvaluationReport.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace hilum {

namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json ends(const Interval &interval) { return {number(interval.low), number(interval.high)}; }

Json json(const Share &share)
{
    return {{"value", number(share.share)},
            {"hits", share.hits},
            {"films", share.films},
            {"wilson", ends(share.interval)}};
}

Json json(const AucEstimate &area)
{
    return {{"value", number(area.area)},
            {"delong", ends(area.interval)},
            {"positives", area.positives},
            {"negatives", area.negatives}};
}

Json json(const ComparedFilms &part)
{
    Json areas = Json::array();
    for (const AreaComparison &area : part.areas)
        areas.push_back({{"label", area.label},
                         {"first", json(area.areas.first)},
                         {"second", json(area.areas.second)},
                         {"difference", number(area.areas.difference)},
                         {"interval", ends(area.areas.interval)},
                         {"p", number(area.areas.p)}});
    return {{"films", part.films},
            {"agree", json(part.agree)},
            {"kappa", {{"value", number(part.kappa.value)}, {"interval", ends(part.kappa.interval)}}},
            {"labelled", part.labelled},
            {"firstRight", json(part.firstRight)},
            {"secondRight", json(part.secondRight)},
            {"mcnemar",
             {{"onlyFirst", part.test.onlyFirst},
              {"onlySecond", part.test.onlySecond},
              {"exact", part.test.isExact},
              {"p", number(part.test.p)}}},
            {"areas", areas}};
}

std::string fixed(double value, int digits)
{
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.*f", digits, value);
    return text.data();
}

std::string text(const Share &share)
{
    return percentText(share.share, share.interval)
        + (share.films > 0 ? ", " + std::to_string(share.hits) + " of " + std::to_string(share.films) : "");
}

std::string matrixMarkdown(const Evaluation &e)
{
    std::string out = "| truth \\ called |";
    std::string rule = "|---|";
    for (const std::string &label : e.labels) {
        out += " " + label + " |";
        rule += "---:|";
    }
    out += "\n" + rule + "\n";
    for (int t = 0; t < e.matrix.classes(); ++t) {
        out += "| " + e.labels[static_cast<std::size_t>(t)] + " |";
        for (int p = 0; p < e.matrix.classes(); ++p)
            out += " " + std::to_string(e.matrix.count(t, p)) + " |";
        out += "\n";
    }
    return out;
}

std::string comparisonRow(const TwoClasses &c)
{
    return "| " + c.positive + " v " + c.negative + " | "
        + (c.source.empty() ? "all sources" : "inside " + c.source)
        + (c.isMixed ? ": hospital and class are mixed | " : " | ") + std::to_string(c.area.positives) + " v "
        + std::to_string(c.area.negatives) + " | " + areaText(c.area) + " | " + areaText(c.ratioArea)
        + " |\n";
}

} // namespace

std::string percentText(double share, const Interval &interval)
{
    if (!std::isfinite(share))
        return "–";
    return fixed(100 * share, 1) + " % (" + fixed(100 * interval.low, 1) + "–" + fixed(100 * interval.high, 1)
        + ")";
}

std::string areaText(const AucEstimate &area)
{
    if (!std::isfinite(area.area))
        return "–";
    return fixed(area.area, 3) + " (" + fixed(area.interval.low, 3) + "–" + fixed(area.interval.high, 3)
        + ")";
}

std::string evaluationJson(const Evaluation &e)
{
    Json accuracy = json(e.accuracy);
    accuracy["patients"] = ends(e.byPatient.percentile);
    Json object{{"films", e.films},
                {"groups", e.groups},
                {"accuracy", accuracy},
                {"balancedAccuracy", number(e.balancedAccuracy)},
                {"calibrationError", number(e.calibrationError)},
                {"labels", e.labels},
                {"confusion", Json::array()},
                {"classes", Json::array()},
                {"sources", Json::array()},
                {"comparisons", Json::array()}};
    for (int t = 0; t < e.matrix.classes(); ++t) {
        Json row = Json::array();
        for (int p = 0; p < e.matrix.classes(); ++p)
            row.push_back(e.matrix.count(t, p));
        object["confusion"].push_back(row);
    }
    for (const ClassResult &c : e.classes)
        object["classes"].push_back({{"label", c.label},
                                     {"recall", json(c.recall)},
                                     {"precision", json(c.precision)},
                                     {"auc", json(c.area)}});
    for (const SourceResult &s : e.sources) {
        Json recall = Json::object();
        for (std::size_t c = 0; c < s.recalls.size(); ++c) {
            if (s.recalls[c].films > 0)
                recall[e.labels[c]] = json(s.recalls[c]);
        }
        object["sources"].push_back(
            {{"source", s.source}, {"accuracy", json(s.accuracy)}, {"recall", recall}});
    }
    for (const TwoClasses &c : e.comparisons)
        object["comparisons"].push_back({{"source", c.source.empty() ? Json(nullptr) : Json(c.source)},
                                         {"mixesHospitals", c.isMixed},
                                         {"positive", c.positive},
                                         {"negative", c.negative},
                                         {"auc", json(c.area)},
                                         {"ratioAuc", json(c.ratioArea)},
                                         {"recall", json(c.recall)},
                                         {"specificity", json(c.specificity)}});
    return object.dump(2);
}

std::string evaluationMarkdown(const Evaluation &e)
{
    std::string out = std::to_string(e.films) + " films of " + std::to_string(e.groups)
        + " patients (or film families, where patients are not known). Accuracy " + text(e.accuracy)
        + " (95 % Wilson); patients drawn with replacement: "
        + percentText(e.byPatient.value, e.byPatient.percentile) + ". Balanced accuracy "
        + fixed(100 * e.balancedAccuracy, 1) + " %. Expected calibration error "
        + fixed(e.calibrationError, 3) + ".\n\n";
    out += matrixMarkdown(e);
    out += "\n| class | recall (Wilson) | precision (Wilson) | area v the rest (DeLong) "
           "|\n|---|---|---|---|\n";
    for (const ClassResult &c : e.classes)
        out += "| " + c.label + " | " + text(c.recall) + " | " + text(c.precision) + " | " + areaText(c.area)
            + " |\n";
    out += "\n| source | accuracy |";
    std::string rule = "|---|---|";
    for (const std::string &label : e.labels) {
        out += " recall of " + label + " |";
        rule += "---|";
    }
    out += "\n" + rule + "\n";
    for (const SourceResult &s : e.sources) {
        out += "| " + (s.source.empty() ? std::string("not stated") : s.source) + " | " + text(s.accuracy)
            + " |";
        for (const Share &recall : s.recalls)
            out += " " + text(recall) + " |";
        out += "\n";
    }
    out += "\n| comparison | where | films | area of p(first) | area of p(first) / (p(first) + p(second)) |\n"
           "|---|---|---:|---|---|\n";
    for (const TwoClasses &c : e.comparisons)
        out += comparisonRow(c);
    return out;
}

std::string summaryRow(const Evaluation &e, const std::string &title, const std::string &heldOut)
{
    const Interval &patients = e.byPatient.percentile;
    std::string out = "| " + title + " | " + heldOut + " | " + std::to_string(e.films) + " | "
        + percentText(e.accuracy.share, e.accuracy.interval) + " | " + fixed(100 * patients.low, 1) + "–"
        + fixed(100 * patients.high, 1) + " |";
    for (const ClassResult &c : e.classes)
        out += " " + c.label + ": recall " + percentText(c.recall.share, c.recall.interval) + ", precision "
            + percentText(c.precision.share, c.precision.interval) + ", area " + areaText(c.area) + " |";
    return out + "\n";
}

std::string comparisonRows(const Evaluation &e, const std::string &title, const std::string &heldOut)
{
    std::string out;
    for (const TwoClasses &c : e.comparisons)
        out += "| " + title + " | " + heldOut + " " + comparisonRow(c);
    return out;
}

std::string comparisonJson(const ModelComparison &comparison, const std::vector<std::string> &labels)
{
    Json object{{"labels", labels},
                {"calls", Json::array()},
                {"difference",
                 {{"value", number(comparison.difference.value)},
                  {"patients", ends(comparison.difference.bca)},
                  {"groups", comparison.difference.groups}}},
                {"all", json(comparison.all)},
                {"sources", Json::array()}};
    for (int first = 0; first < comparison.calls.classes(); ++first) {
        Json row = Json::array();
        for (int second = 0; second < comparison.calls.classes(); ++second)
            row.push_back(comparison.calls.count(first, second));
        object["calls"].push_back(row);
    }
    for (const ComparedFilms &part : comparison.sources) {
        Json one{{"source", part.source}};
        one.update(json(part));
        object["sources"].push_back(one);
    }
    return object.dump(2);
}

std::string gapJson(const Gap &gap)
{
    return Json{
        {"films", gap.films},
        {"first", number(gap.first)},
        {"second", number(gap.second)},
        {"difference", number(gap.difference.value)},
        {"patients", ends(gap.difference.percentile)},
        {"mcNemar",
         {{"onlyFirst", gap.test.onlyFirst}, {"onlySecond", gap.test.onlySecond}, {"p", number(gap.test.p)}}}}
        .dump(2);
}

std::string gapMarkdown(const Gap &gap, const std::string &first, const std::string &second)
{
    if (gap.films == 0)
        return "No film stands in both.\n";
    return "On the " + std::to_string(gap.films) + " films in both: " + first + " "
        + fixed(100 * gap.first, 1) + " %, " + second + " " + fixed(100 * gap.second, 1) + " %, difference "
        + fixed(100 * gap.difference.value, 1) + " points (" + fixed(100 * gap.difference.percentile.low, 1)
        + " to " + fixed(100 * gap.difference.percentile.high, 1)
        + ", patients drawn with replacement; McNemar p = " + fixed(gap.test.p, 3) + ").\n";
}

} // namespace hilum
