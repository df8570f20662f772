// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audit/Audit.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace hilum {

namespace {

using Json = nlohmann::ordered_json;

Json numberOf(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json jsonOf(const Estimate &estimate)
{
    return {{"value", numberOf(estimate.value)},
            {"low", numberOf(estimate.interval.low)},
            {"high", numberOf(estimate.interval.high)}};
}

Json jsonOf(const AuditCell &cell)
{
    Json properties = Json::object();
    for (const AuditSummary &summary : cell.properties) {
        Json value = Json::object();
        if (isCategory(summary.property))
            for (const AuditCategoryCount &category : summary.categories)
                value[category.name] = category.films;
        else
            value = {{"p5", summary.quantiles.low},
                     {"median", summary.quantiles.median},
                     {"p95", summary.quantiles.high}};
        properties[std::string(auditPropertyName(summary.property))] = std::move(value);
    }
    return {{"class", cell.label.empty() ? Json(nullptr) : Json(cell.label)},
            {"source", cell.allSources ? Json(nullptr) : Json(cell.source)},
            {"films", cell.films},
            {"patients", cell.groups},
            {"withLetters", cell.withLetters},
            {"properties", std::move(properties)}};
}

Json filmJson(const AuditReport &report, int film)
{
    const AuditFilm &found = report.films[static_cast<std::size_t>(film)];
    return {{"file", found.sample.name},
            {"class", found.sample.label},
            {"source", found.sample.source},
            {"group", found.sample.group},
            {"split", found.split}};
}

Json jsonOf(const AuditReport &report, const DuplicatePair &pair)
{
    return {{"kind", duplicateKindName(pair.kind)},
            {"correlation", pair.correlation},
            {"acrossClasses", pair.acrossClasses},
            {"acrossSplits", pair.acrossSplits},
            {"acrossPatients", pair.acrossGroups},
            {"films", {filmJson(report, pair.first), filmJson(report, pair.second)}}};
}

Json jsonOf(const AuditReport &report, const std::vector<DividedGroup> &groups)
{
    Json list = Json::array();
    for (const DividedGroup &group : groups) {
        Json files = Json::array();
        for (const int film : group.films)
            files.push_back(report.films[static_cast<std::size_t>(film)].sample.name);
        list.push_back({{"group", group.group},
                        {"classes", group.labels},
                        {"splits", group.splits},
                        {"files", std::move(files)}});
    }
    return list;
}

Json jsonOf(const AuditComparison &comparison, const AuditBaseline &baseline)
{
    Json recalls = Json::object();
    Json matrix = Json::array();
    for (std::size_t i = 0; i < comparison.classes.size(); ++i) {
        recalls[comparison.classes[i]] = jsonOf(baseline.recalls[i]);
        Json row = Json::array();
        for (std::size_t k = 0; k < comparison.classes.size(); ++k)
            row.push_back(baseline.matrix.count(static_cast<int>(i), static_cast<int>(k)));
        matrix.push_back(std::move(row));
    }
    return {{"name", baselineName(baseline.kind)},
            {"balancedAccuracy", jsonOf(baseline.balancedAccuracy)},
            {"auc", numberOf(baseline.area)},
            {"recall", std::move(recalls)},
            {"matrix", std::move(matrix)}};
}

Json jsonOf(const AuditComparison &comparison)
{
    Json films = Json::object();
    for (std::size_t i = 0; i < comparison.classes.size(); ++i)
        films[comparison.classes[i]] = comparison.filmsOfClass[i];
    Json baselines = Json::array();
    for (const AuditBaseline &baseline : comparison.baselines)
        baselines.push_back(jsonOf(comparison, baseline));
    Json separations = Json::array();
    for (const PropertySeparation &separation : comparison.separations)
        separations.push_back({{"property", auditPropertyName(separation.property)},
                               {"auc", numberOf(separation.area)},
                               {"information", separation.information}});
    const auto nameAt = [&](int place) {
        return place < 0 ? Json(nullptr)
                         : Json(baselineName(comparison.baselines[static_cast<std::size_t>(place)].kind));
    };
    return {{"classes", comparison.classes},
            {"source", comparison.insideOneSource ? Json(comparison.source) : Json(nullptr)},
            {"insideOneSource", comparison.insideOneSource},
            {"films", comparison.films},
            {"patients", comparison.groups},
            {"filmsOfClass", std::move(films)},
            {"chance", comparison.chance},
            {"confounding", confoundingName(comparison.verdict)},
            {"baselineToBeat", nameAt(comparison.toBeat)},
            {"givesAway", nameAt(comparison.givesAway)},
            {"sentence", comparison.sentence},
            {"baselines", std::move(baselines)},
            {"properties", std::move(separations)}};
}

} // namespace

std::string auditJson(const AuditReport &report)
{
    Json unreadable = Json::array();
    for (const UnreadableFilm &film : report.unreadable)
        unreadable.push_back(
            {{"file", film.name},
             {"error", {{"code", errorName(film.error.code)}, {"message", film.error.detail}}}});
    Json cells = Json::array();
    for (const AuditCell &cell : report.cells)
        cells.push_back(jsonOf(cell));
    Json duplicates = Json::array();
    for (const DuplicatePair &pair : report.duplicates)
        duplicates.push_back(jsonOf(report, pair));
    Json comparisons = Json::array();
    for (const AuditComparison &comparison : report.comparisons)
        comparisons.push_back(jsonOf(comparison));
    Json verdict = Json::array();
    for (const AuditFinding &finding : report.verdict)
        verdict.push_back({{"gravity", gravityName(finding.gravity)}, {"sentence", finding.sentence}});
    const Json document{{"schemaVersion", 1},
                        {"program", "Hilum " HILUM_VERSION},
                        {"purpose", "for education, never for diagnosis"},
                        {"dataset", report.dataset},
                        {"datasetSha256", report.datasetHash},
                        {"seed", report.seed},
                        {"folds", report.folds},
                        {"trees", report.trees},
                        {"bootstrapDraws", report.draws},
                        {"patientsKnown", report.patientsKnown},
                        {"splitsKnown", report.splitsKnown},
                        {"films", report.films.size()},
                        {"classes", report.classes},
                        {"sources", report.sources},
                        {"verdict", std::move(verdict)},
                        {"comparisons", std::move(comparisons)},
                        {"cells", std::move(cells)},
                        {"duplicates", std::move(duplicates)},
                        {"patientsInSeveralClasses", jsonOf(report, report.groupsInSeveralClasses)},
                        {"patientsInSeveralSplits", jsonOf(report, report.groupsInSeveralSplits)},
                        {"unreadable", std::move(unreadable)}};
    return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace hilum
