// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audit/Audit.h"
#include "core/audit/AuditPictures.h"
#include "core/audit/AuditWords.h"
#include "core/report/SvgPlot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace hilum {

namespace {

constexpr std::size_t mostPairs = 200; // of duplicates in the document; JSON has all
constexpr std::size_t mostGroups = 100;
constexpr std::size_t mostProperties = 6; // of a comparison

// The window's two themes, chosen by the reader's own system.
constexpr const char *style = R"css(
:root{color-scheme:light dark;--ground:#fff;--text:#1c1e21;--muted:#5a6068;--line:#c8ccd0;--surface:#f4f4f2;
--bad:#b02a1a;--warn:#8a5600;--good:#12624a;--bar:#0072b2;--accent:#1262a8}
@media (prefers-color-scheme:dark){:root{--ground:#16181b;--text:#e6e6e6;--muted:#9aa0a8;--line:#34383e;
--surface:#1c1f23;--bad:#f08070;--warn:#f0c05a;--good:#4fc3a1;--bar:#56b4e9;--accent:#6cb2eb}}
body{background:var(--ground);color:var(--text);font:16px/1.5 system-ui,sans-serif;margin:0 auto;
max-width:72rem;padding:1.5rem}
h1{font-size:1.6rem;margin:0 0 .25rem}h2{font-size:1.2rem;margin:2.5rem 0 .5rem;border-bottom:1px solid
var(--line);padding-bottom:.25rem}h3{font-size:1rem;margin:1.5rem 0 .25rem}
.purpose{color:var(--warn);font-weight:600}.muted{color:var(--muted)}small{color:var(--muted)}
ul.verdict{padding:0;list-style:none}ul.verdict li{border-left:4px solid var(--line);background:var(--surface);
margin:.5rem 0;padding:.5rem .75rem}ul.verdict li.grave{border-color:var(--bad)}
ul.verdict li.warning{border-color:var(--warn)}ul.verdict li.good{border-color:var(--good)}
table{border-collapse:collapse;margin:.5rem 0;font-variant-numeric:tabular-nums;font-size:.9rem}
.wide{overflow-x:auto}th,td{border-bottom:1px solid var(--line);padding:.25rem .6rem;text-align:right;
white-space:nowrap}th{color:var(--muted);font-weight:400;vertical-align:bottom}
th:first-child,td:first-child,td.word,th.word{text-align:left}td.bad{color:var(--bad);font-weight:600}
svg{display:block;max-width:100%;height:auto}svg text{fill:var(--text);font:13px system-ui,sans-serif}
svg .muted{fill:var(--muted)}.pair img{image-rendering:auto;width:128px;height:128px;background:#000}
.tag{border:1px solid var(--line);padding:0 .4rem;font-size:.85rem}.tag.strong{color:var(--bad);
border-color:var(--bad)}.tag.weak{color:var(--warn);border-color:var(--warn)}.tag.none{color:var(--good);
border-color:var(--good)}
footer{margin-top:3rem;border-top:1px solid var(--line);color:var(--muted);font-size:.85rem}
)css";

template <class... Values>
std::string written(const char *format, Values... values)
{
    std::array<char, 512> text{};
    std::snprintf(text.data(), text.size(), format, values...);
    return text.data();
}

std::string shortNumber(double value)
{
    if (!std::isfinite(value))
        return "–";
    if (value == std::round(value) && std::abs(value) >= 2)
        return written("%.0f", value);
    return written(std::abs(value) >= 100 ? "%.0f" : std::abs(value) >= 10 ? "%.1f" : "%.2f", value);
}

std::string cell(const std::string &content, const char *kind = "")
{
    return std::string("<td") + (*kind != '\0' ? std::string(" class=\"") + kind + "\"" : "") + ">" + content
        + "</td>";
}

const char *verdictWords(Confounding verdict)
{
    switch (verdict) {
    case Confounding::Strong:
        return "confounded";
    case Confounding::Weak:
        return "a little confounded";
    case Confounding::None:
        return "not given away";
    case Confounding::TooFew:
        return "too few films";
    }
    return "";
}

// A bar for each baseline from 0 to 1, its interval as a whisker, chance as a dashed line.
std::string barsOf(const AuditComparison &comparison)
{
    constexpr double left = 230;
    constexpr double width = 380;
    constexpr double step = 26;
    const auto x = [&](double share) { return left + width * std::clamp(share, 0.0, 1.0); };
    const double height = step * static_cast<double>(comparison.baselines.size()) + 30;
    std::string svg
        = written("<svg viewBox=\"0 0 780 %.0f\" width=\"780\" role=\"img\" aria-label=\"", height)
        + xmlText("Balanced accuracy without anatomy, " + comparisonTitle(comparison)) + "\">";
    double y = 4;
    for (const AuditBaseline &baseline : comparison.baselines) {
        const Estimate &value = baseline.balancedAccuracy;
        svg += written("<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"end\">", left - 10, y + 14)
            + xmlText(baselineTitle(baseline.kind)) + "</text>"
            + written("<rect x=\"%.1f\" y=\"%.0f\" width=\"%.1f\" height=\"16\" fill=\"var(--bar)\"/>", left,
                      y + 1, x(value.value) - left)
            + written("<path d=\"M%.1f %.0fH%.1fM%.1f %.0fv8M%.1f %.0fv8\" stroke=\"var(--text)\" "
                      "stroke-width=\"1.5\"/>",
                      x(value.interval.low), y + 9, x(value.interval.high), x(value.interval.low), y + 5,
                      x(value.interval.high), y + 5)
            + written("<text x=\"%.0f\" y=\"%.0f\">", left + width + 12, y + 14) + estimateText(value)
            + "</text>";
        y += step;
    }
    svg += written("<path d=\"M%.1f 0V%.0f\" stroke=\"var(--warn)\" stroke-dasharray=\"4 3\" "
                   "stroke-width=\"1.5\"/>",
                   x(comparison.chance), y)
        + written("<text class=\"muted\" x=\"%.1f\" y=\"%.0f\" text-anchor=\"middle\">a guess, "
                  "%.2f</text></svg>\n",
                  x(comparison.chance), y + 16, comparison.chance);
    return svg;
}

// 5 % to 95 % as a line, the median as a mark, one row a class, on one scale.
std::string quantilesOf(const AuditReport &report, const AuditComparison &comparison, AuditProperty property)
{
    struct Row {
        std::string title;
        AuditQuantiles quantiles;
    };
    std::vector<Row> rows;
    for (const AuditCell &found : report.cells) {
        const bool here = comparison.insideOneSource ? !found.allSources && found.source == comparison.source
                                                     : found.allSources;
        if (!here || std::ranges::find(comparison.classes, found.label) == comparison.classes.end())
            continue;
        for (const AuditSummary &summary : found.properties)
            if (summary.property == property)
                rows.push_back({auditClassTitle(found.label), summary.quantiles});
    }
    if (rows.empty() || isCategory(property))
        return {};
    double low = rows.front().quantiles.low;
    double high = rows.front().quantiles.high;
    for (const Row &row : rows) {
        low = std::min(low, row.quantiles.low);
        high = std::max(high, row.quantiles.high);
    }
    const double span = high > low ? high - low : 1;
    const auto x = [&](double value) { return 140 + 220 * (value - low) / span; };
    std::string svg = written("<svg viewBox=\"0 0 560 %.0f\" width=\"560\" role=\"img\" aria-label=\"",
                              20.0 * static_cast<double>(rows.size()) + 4)
        + xmlText(auditPropertyTitle(property)) + "\">";
    double y = 14;
    for (const Row &row : rows) {
        svg += written("<text x=\"130\" y=\"%.0f\" text-anchor=\"end\">", y) + xmlText(row.title) + "</text>"
            + written("<path d=\"M%.1f %.0fH%.1f\" stroke=\"var(--bar)\" stroke-width=\"3\"/>",
                      x(row.quantiles.low), y - 4, x(row.quantiles.high) + 0.5)
            + written("<circle cx=\"%.1f\" cy=\"%.0f\" r=\"5\" fill=\"var(--text)\"/>",
                      x(row.quantiles.median), y - 4)
            + written("<text class=\"muted\" x=\"372\" y=\"%.0f\">", y) + shortNumber(row.quantiles.low)
            + " / " + shortNumber(row.quantiles.median) + " / " + shortNumber(row.quantiles.high) + "</text>";
        y += 20;
    }
    return svg + "</svg>\n";
}

std::string recallTable(const AuditComparison &comparison)
{
    std::string html = "<div class=\"wide\"><table><tr><th>Given</th><th>Balanced accuracy</th>";
    for (const std::string &label : comparison.classes)
        html += "<th>" + xmlText(auditClassTitle(label)) + " found</th>";
    html += comparison.classes.size() == 2 ? "<th>ROC area</th></tr>" : "</tr>";
    for (std::size_t i = 0; i < comparison.baselines.size(); ++i) {
        const AuditBaseline &baseline = comparison.baselines[i];
        const bool toBeat = static_cast<int>(i) == comparison.toBeat;
        html += "<tr>" + cell(xmlText(baselineTitle(baseline.kind)) + (toBeat ? " <b>(to beat)</b>" : ""))
            + cell(estimateText(baseline.balancedAccuracy));
        for (const Estimate &recall : baseline.recalls)
            html += cell(estimateText(recall));
        html += (comparison.classes.size() == 2 ? cell(shortNumber(baseline.area)) : "") + "</tr>";
    }
    return html + "</table></div>\n";
}

std::string separationsOf(const AuditReport &report, const AuditComparison &comparison)
{
    std::string html
        = "<details><summary>What tells these classes apart by itself</summary>"
          "<p class=\"muted\">Share of the class that one property tells (0: nothing, 1: all), ROC "
          "area; then 5 % / median / 95 % of each class.</p>";
    for (std::size_t i = 0; i < std::min(mostProperties, comparison.separations.size()); ++i) {
        const PropertySeparation &separation = comparison.separations[i];
        if (separation.information < 0.01 && i > 0)
            break;
        html += "<h3>" + xmlText(auditPropertyTitle(separation.property)) + "</h3><p>tells "
            + shortNumber(separation.information)
            + (std::isfinite(separation.area) ? ", ROC area " + shortNumber(separation.area) : "") + "</p>"
            + quantilesOf(report, comparison, separation.property);
    }
    return html + "</details>\n";
}

std::string comparisonsOf(const AuditReport &report)
{
    std::string html
        = "<h2>Classifiers that see no anatomy</h2><p>Random forests, cross-validated by patient "
          "in "
        + std::to_string(report.folds)
        + " folds, classes weighing the same. A thumbnail shows coarse anatomy; the others show none. "
          "Intervals: "
          "95 %, patients drawn with replacement.</p>\n";
    for (const AuditComparison &comparison : report.comparisons) {
        html += "<h3>" + xmlText(comparisonTitle(comparison)) + " <span class=\"tag "
            + std::string(confoundingName(comparison.verdict)) + "\">" + verdictWords(comparison.verdict)
            + "</span></h3><p>" + std::to_string(comparison.films) + " films of "
            + std::to_string(comparison.groups) + " patients"
            + (comparison.insideOneSource ? ", one source" : ", all sources") + "</p>";
        if (!comparison.baselines.empty())
            html += barsOf(comparison) + recallTable(comparison) + separationsOf(report, comparison);
    }
    return html;
}

std::string cellsTable(const AuditReport &report)
{
    std::string html = "<h2>Classes and sources</h2><p class=\"muted\">5 % / median / 95 %</p><div "
                       "class=\"wide\"><table><tr><th>Source</th><th class=\"word\">Class</th><th>Films</th>"
                       "<th>Patients</th><th>With letters</th>";
    for (const AuditSummary &summary : report.cells.front().properties)
        html += "<th>" + xmlText(auditPropertyTitle(summary.property)) + "</th>";
    html += "</tr>";
    for (const AuditCell &found : report.cells) {
        html += "<tr>"
            + cell(found.allSources ? "<b>all</b>" : xmlText(found.source.empty() ? "unknown" : found.source))
            + cell(found.label.empty() ? "<b>all</b>" : xmlText(auditClassTitle(found.label)), "word")
            + cell(std::to_string(found.films)) + cell(std::to_string(found.groups))
            + cell(written("%.0f %%", 100.0 * found.withLetters / std::max(1, found.films)));
        for (const AuditSummary &all : report.cells.front().properties) {
            const auto here = std::ranges::find(found.properties, all.property, &AuditSummary::property);
            if (here == found.properties.end()) {
                html += cell("–");
            } else if (isCategory(all.property)) {
                std::string names;
                for (const AuditCategoryCount &category : here->categories)
                    names += (names.empty() ? "" : ", ") + xmlText(category.name) + " "
                        + std::to_string(category.films);
                html += cell(names);
            } else {
                html += cell(shortNumber(here->quantiles.low) + " / " + shortNumber(here->quantiles.median)
                             + " / " + shortNumber(here->quantiles.high));
            }
        }
        html += "</tr>\n";
    }
    return html + "</table></div>\n";
}

std::string filmCells(const AuditReport &report, int film, const Plane<std::uint8_t> &thumbnail)
{
    const AuditFilm &found = report.films[static_cast<std::size_t>(film)];
    std::string picture;
    if (!thumbnail.empty())
        picture = "<img alt=\"\" src=\"" + pictureAddress(thumbnail) + "\"><br>";
    return cell(picture + xmlText(found.sample.name), "word pair")
        + cell(xmlText(auditClassTitle(found.sample.label)), "word")
        + cell(xmlText(found.split.empty() ? "–" : found.split), "word");
}

std::string duplicatesTable(const AuditReport &report)
{
    std::string html = "<h2>One picture twice</h2>";
    if (report.duplicates.empty())
        return html
            + "<p>No duplicates were found: no same file, no same pixels, no picture or mirrored picture "
              "that is alike.</p>\n";
    html += "<div class=\"wide\"><table><tr><th>How</th><th class=\"word\">Film</th><th "
            "class=\"word\">Class</th>"
            "<th class=\"word\">Split</th><th class=\"word\">Film</th><th class=\"word\">Class</th><th "
            "class=\"word\">Split</th><th class=\"word\">Across</th></tr>\n";
    for (std::size_t i = 0; i < std::min(mostPairs, report.duplicates.size()); ++i) {
        const DuplicatePair &pair = report.duplicates[i];
        const char *how = pair.kind == DuplicateKind::SameFile ? "same file"
            : pair.kind == DuplicateKind::SamePixels           ? "same pixels"
            : pair.kind == DuplicateKind::Mirrored             ? "mirrored"
                                                               : "same picture";
        std::string across;
        for (const auto &[is, words] :
             {std::pair{pair.acrossClasses, "two classes"}, std::pair{pair.acrossSplits, "two splits"},
              std::pair{pair.acrossGroups && report.patientsKnown, "two patients"}})
            if (is)
                across += std::string(across.empty() ? "" : ", ") + words;
        html += "<tr>" + cell(std::string(how) + written("<br><small>%.2f</small>", pair.correlation))
            + filmCells(report, pair.first, pair.thumbnails[0])
            + filmCells(report, pair.second, pair.thumbnails[1])
            + cell(across.empty() ? "–" : across,
                   pair.acrossClasses || pair.acrossSplits ? "word bad" : "word")
            + "</tr>\n";
    }
    html += "</table></div>";
    if (report.duplicates.size() > mostPairs)
        html += "<p>" + std::to_string(report.duplicates.size() - mostPairs) + " more are in audit.json.</p>";
    return html + "\n";
}

std::string groupsTable(const AuditReport &report, const std::vector<DividedGroup> &groups, const char *title)
{
    if (groups.empty())
        return {};
    std::string html = std::string("<h2>") + title
        + "</h2><div class=\"wide\"><table><tr><th>Patient (group)</th><th class=\"word\">Classes</th><th "
          "class=\"word\">Splits</th><th class=\"word\">Films</th></tr>\n";
    const auto listed = [](const std::vector<std::string> &names) {
        std::string text;
        for (const std::string &name : names)
            text += (text.empty() ? "" : ", ") + xmlText(name);
        return text.empty() ? std::string("–") : text;
    };
    for (std::size_t i = 0; i < std::min(mostGroups, groups.size()); ++i) {
        std::vector<std::string> files;
        for (const int film : groups[i].films)
            files.push_back(report.films[static_cast<std::size_t>(film)].sample.name);
        html += "<tr>" + cell(xmlText(groups[i].group)) + cell(listed(groups[i].labels), "word")
            + cell(listed(groups[i].splits), "word") + cell(listed(files), "word") + "</tr>\n";
    }
    html += "</table></div>";
    if (groups.size() > mostGroups)
        html += "<p>" + std::to_string(groups.size() - mostGroups) + " more are in audit.json.</p>";
    return html + "\n";
}

std::string unreadableTable(const AuditReport &report)
{
    if (report.unreadable.empty())
        return {};
    std::string html = "<h2>Films that could not be read</h2><div class=\"wide\"><table>";
    for (const UnreadableFilm &film : report.unreadable)
        html += "<tr>" + cell(xmlText(film.name)) + cell(xmlText(film.error.detail), "word") + "</tr>\n";
    return html + "</table></div>\n";
}

} // namespace

std::string auditHtml(const AuditReport &report)
{
    std::string html
        = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
          "content=\"width=device-width\"><title>Audit of "
        + xmlText(report.dataset) + "</title><style>" + style + "</style></head><body>\n<h1>Audit of "
        + xmlText(report.dataset)
        + "</h1><p class=\"purpose\">For education, never for diagnosis.</p><p class=\"muted\">"
        + std::to_string(report.films.size()) + " films, " + std::to_string(report.classes.size())
        + " classes, " + std::to_string(report.sources.size())
        + (report.sources.size() == 1 ? " source" : " sources")
        + ". How could these films fool a network?</p>\n<ul class=\"verdict\">";
    for (const AuditFinding &finding : report.verdict)
        html += "<li class=\"" + std::string(gravityName(finding.gravity)) + "\">" + xmlText(finding.sentence)
            + "</li>\n";
    html += "</ul>\n" + comparisonsOf(report) + duplicatesTable(report)
        + groupsTable(report, report.groupsInSeveralSplits, "Patients in several splits")
        + groupsTable(report, report.groupsInSeveralClasses, "Patients in several classes")
        + cellsTable(report) + unreadableTable(report);
    html += "<footer><p>Hilum " HILUM_VERSION " · seed " + std::to_string(report.seed) + " · "
        + std::to_string(report.folds) + " folds by patient · forests of " + std::to_string(report.trees)
        + " trees · " + std::to_string(report.draws) + " bootstrap draws · sha256 of the list "
        + xmlText(report.datasetHash)
        + "</p><p>For education, never for diagnosis.</p></footer></body></html>\n";
    return html;
}

} // namespace hilum
