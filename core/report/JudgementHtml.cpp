// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/JudgementHtml.h"

#include "core/metrics/Threshold.h"
#include "core/report/EvaluationReport.h"
#include "core/report/SvgPlot.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace hilum {

namespace {

constexpr std::size_t mostFailed = 50; // in the page; the JSON has all

// The reader's own system chooses the theme; plots stay dark on white.
constexpr const char *style = R"css(
:root{color-scheme:light dark;--ground:#fff;--text:#1c1e21;--muted:#5a6068;--line:#c8ccd0;--warn:#8a5600}
@media (prefers-color-scheme:dark){:root{--ground:#16181b;--text:#e6e6e6;--muted:#9aa0a8;--line:#34383e;--warn:#f0c05a}}
body{background:var(--ground);color:var(--text);font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:72rem;
padding:1.5rem}
h1{font-size:1.6rem;margin:0 0 .25rem}h2{font-size:1.3rem;margin:2.5rem 0 .5rem;border-bottom:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.75rem 0 .25rem}.purpose{color:var(--warn);font-weight:600}
.muted,small{color:var(--muted)}.wide{overflow-x:auto}
table{border-collapse:collapse;margin:.5rem 0;font-variant-numeric:tabular-nums;font-size:.9rem}
th,td{border-bottom:1px solid var(--line);padding:.25rem .6rem;text-align:right;vertical-align:top}
th{color:var(--muted);font-weight:400}th:first-child,td:first-child,td.word,th.word{text-align:left}
td.number{white-space:nowrap}figure{display:inline-block;margin:.75rem 1rem .75rem 0;max-width:640px;
vertical-align:top}figure svg{max-width:100%;height:auto;border:1px solid var(--line)}
figcaption{font-size:.85rem;color:var(--muted)}code{font-size:.8rem;overflow-wrap:anywhere}
footer{margin-top:3rem;border-top:1px solid var(--line);color:var(--muted);font-size:.85rem}
@media print{figure{break-inside:avoid}}
)css";

template <class... Values>
std::string written(const char *format, Values... values)
{
    std::array<char, 200> text{};
    std::snprintf(text.data(), text.size(), format, values...);
    return text.data();
}

std::string wordsOf(IntervalMethod method)
{
    switch (method) {
    case IntervalMethod::Wilson:
        return "Wilson";
    case IntervalMethod::DeLong:
        return "DeLong";
    case IntervalMethod::LargeSample:
        return "large sample";
    case IntervalMethod::PatientsBca:
        return "by patient, BCa";
    case IntervalMethod::PatientsPercentile:
        return "by patient, percentile";
    case IntervalMethod::PatientsNormal:
        return "by patient, normal";
    case IntervalMethod::None:
        break;
    }
    return "";
}

std::string plain(double value) { return std::isfinite(value) ? written("%.3f", value) : "–"; }

std::string ranged(double value, const Interval &interval)
{
    if (!std::isfinite(value))
        return "–";
    return plain(value) + " <small>(" + plain(interval.low) + " to " + plain(interval.high) + ")</small>";
}

std::string cell(const Figure &figure)
{
    return "<td class=\"number\">" + ranged(figure.value, figure.interval) + "</td>";
}

std::string cell(const std::string &words, bool isWord = false)
{
    return (isWord ? "<td class=\"word\">" : "<td>") + words + "</td>";
}

std::string head(std::initializer_list<std::string> names)
{
    std::string out = "<div class=\"wide\"><table><tr>";
    for (const std::string &name : names)
        out += "<th>" + name + "</th>";
    return out + "</tr>\n";
}

constexpr const char *tableEnd = "</table></div>\n";

std::string row(const char *name, const Figure &figure, const char *meaning)
{
    // All draws alike: resampling can't see beyond the films at hand.
    const bool isFlat = figure.method != IntervalMethod::None && figure.interval.low == figure.interval.high;
    return "<tr>" + cell(name) + cell(figure) + cell(wordsOf(figure.method), true)
        + cell(std::string(meaning)
                   + (isFlat ? " <b>Drawing these films anew changes nothing, so the interval is empty: "
                               "look at the Wilson intervals.</b>"
                             : ""),
               true)
        + "</tr>\n";
}

std::string mainTable(const Assessment &a)
{
    std::string out = "<div class=\"wide\"><table><tr><th>number</th><th>value (95 % interval)</th>"
                      "<th class=\"word\">interval</th><th class=\"word\">what it means</th></tr>\n";
    out += row("accuracy", a.accuracy,
               "Of all films, how many were called right. Depends on the mix of classes.");
    out += row("balanced accuracy", a.balancedAccuracy,
               "The mean of the classes' sensitivities: as if every class had as many films.");
    out += row("Cohen's kappa", a.kappa,
               "Agreement of call and truth beyond chance: 0 is chance, 1 is perfect.");
    out += row("Matthews", a.matthews, "Correlation of call and truth: 0 is chance, 1 is perfect.");
    out += row("macro F1", a.macroF1, "The mean of the classes' F1.");
    out += row(
        "area, one v rest", a.macroAuc,
        "How often a film of a class gets a higher probability of it than another film; mean over classes.");
    out += row("area, Hand and Till", a.handTill,
               "The same, mean over pairs of classes: the mix doesn't matter.");
    out += row(
        "calibration error", a.calibrationError,
        "How far the network's certainty is from how often it is right, on average; 15 bins of equal width.");
    out += row("calibration error", a.calibrationErrorEqualMass, "The same, with as many films in each bin.");
    out += row(
        "Brier score", a.brier,
        "Squared distance of probabilities from the truth: 0 is perfect; two classes up to 1, more up to 2.");
    return out + tableEnd;
}

std::string classTables(const JudgedModel &model)
{
    std::string out = "<h3>Class by class</h3>\n"
        + head({"class", "films", "called", "sensitivity (recall)", "specificity", "precision",
                "negative value", "F1", "area", "average precision"});
    for (const ClassFigures &c : model.assessment.classes)
        out += "<tr>" + cell(xmlText(c.label)) + cell(std::to_string(c.films))
            + cell(std::to_string(c.called)) + cell(c.sensitivity) + cell(c.specificity) + cell(c.precision)
            + cell(c.negativeValue) + cell(c.f1) + cell(c.auc) + cell(c.averagePrecision) + "</tr>\n";
    out += tableEnd;
    out += "<p class=\"muted\">Sensitivity: of the films of the class, how many are found. Specificity: of "
           "the "
           "others, how many are spared. Precision: of those called so, how many are; it falls where the "
           "class is "
           "rarer than here, as the next table says. Intervals: Wilson; F1 and average precision by patient "
           "(BCa); area by DeLong.</p>\n<h3>Where the class is rarer</h3>\n"
        + head({"class", "1 in 2", "1 in 10", "1 in 100", "1 in 1000", "of 1000 people where 10 have it"});
    const int all = model.assessment.tables.films;
    for (const ClassFigures &c : model.assessment.classes) {
        const int others = all - c.films;
        const Share sensitivity = shareOf(c.truePositives, c.films);
        const Share specificity = shareOf(others - (c.called - c.truePositives), others);
        out += "<tr>" + cell(xmlText(c.label));
        for (const double prevalence : {0.5, 0.1, 0.01, 0.001}) {
            const Ranged value = atPrevalence(sensitivity, specificity, prevalence).positiveValue;
            out += "<td class=\"number\">" + ranged(value.value, value.interval) + "</td>";
        }
        const AtPrevalence rare = atPrevalence(sensitivity, specificity, 0.01);
        out += cell(std::isnan(rare.positiveValue.value) ? "–"
                                                         : written("%d found, %d missed, %d false alarms",
                                                                   rare.found, rare.missed, rare.falseAlarms),
                    true)
            + "</tr>\n";
    }
    return out + tableEnd
        + "<p class=\"muted\">How many of those called so would be so (positive predictive value, by Bayes; "
          "logit intervals), if sensitivity and specificity stayed as they are.</p>\n";
}

std::string sourceTables(const Evaluation &e)
{
    std::string out = "<h3>Source by source</h3>\n<div "
                      "class=\"wide\"><table><tr><th>source</th><th>films</th><th>right</th>";
    for (const std::string &label : e.labels)
        out += "<th>sensitivity, " + xmlText(label) + "</th>";
    out += "</tr>\n";
    for (const SourceResult &s : e.sources) {
        out += "<tr>" + cell(s.source.empty() ? "not stated" : xmlText(s.source))
            + cell(std::to_string(s.accuracy.films)) + cell(ranged(s.accuracy.share, s.accuracy.interval));
        for (const Share &recall : s.recalls)
            out += cell(ranged(recall.share, recall.interval));
        out += "</tr>\n";
    }
    out += tableEnd;
    out += "<h3>Two classes at a time</h3>\n"
        + head({"classes", "where", "films", "area (DeLong)", "sensitivity", "specificity"});
    for (const TwoClasses &c : e.comparisons)
        out += "<tr>" + cell(xmlText(c.positive + " v " + c.negative))
            + cell((c.source.empty() ? "all sources" : "inside " + xmlText(c.source))
                       + (c.isMixed ? " <small>(hospital and class are mixed)</small>" : ""),
                   true)
            + cell(written("%d v %d", c.area.positives, c.area.negatives))
            + cell(ranged(c.area.area, c.area.interval)) + cell(ranged(c.recall.share, c.recall.interval))
            + cell(ranged(c.specificity.share, c.specificity.interval)) + "</tr>\n";
    return out + tableEnd
        + "<p class=\"muted\">Where all films of a class come from one hospital, a network can be right by "
          "knowing the "
          "hospital. Only inside one source, which gave both classes, is that ruled out.</p>\n";
}

std::string pitfallList(const std::vector<Pitfall> &pitfalls)
{
    std::string out = "<ul>\n";
    for (const Pitfall &pitfall : pitfalls) {
        const bool isBad = pitfall.gravity == "grave" || pitfall.gravity == "warning";
        out += "<li>" + std::string(isBad ? "<b>" : "") + xmlText(pitfall.sentence) + (isBad ? "</b>" : "")
            + "</li>\n";
    }
    return out + "</ul>\n";
}

std::string fewerFilms(const Assessment &a)
{
    std::string out
        = "<h3>With fewer test films</h3>\n" + head({"test films", "what the accuracy's interval would be"});
    for (const int films : {10, 25, 72, 250, 1000}) {
        const Ranged with = withFilms(a.tables.accuracy, films);
        out += "<tr>" + cell(std::to_string(films))
            + cell(plain(with.interval.low) + " to " + plain(with.interval.high)) + "</tr>\n";
    }
    return out + tableEnd;
}

std::string fileLine(const std::string &what, const NamedFile &file)
{
    return file.file.empty()
        ? ""
        : "<li>" + what + ": " + xmlText(file.file) + " <code>" + file.sha256 + "</code></li>\n";
}

std::string modelSection(const JudgedModel &model, const std::vector<ReportPlot> &plots)
{
    const Assessment &a = model.assessment;
    std::string out = "<h2>" + xmlText(model.id) + "</h2>\n<p>";
    out += written("%d of %d films (%d patients, as far as they are known) were called right: ",
                   a.tables.accuracy.hits, a.tables.films, a.tables.groups)
        + percentText(a.tables.accuracy.share, a.tables.accuracy.interval)
        + ". Were the films others of the same kind, the share would lie in that interval 19 times in "
          "20.</p>\n";
    out += mainTable(a) + classTables(model);
    out += "<h3>Plots</h3>\n";
    for (const ReportPlot &plot : plots)
        out += "<figure>" + plot.svg + "<figcaption>" + xmlText(plot.meaning) + "</figcaption></figure>\n";
    out += "<h3>What this table could mislead by</h3>\n" + pitfallList(pitfallsOf(model.films, model.labels));
    out += sourceTables(a.tables) + fewerFilms(a);
    out += "<h3>Where it comes from</h3>\n<ul>\n";
    if (!model.weightsSha256.empty())
        out += "<li>weights <code>" + model.weightsSha256 + "</code></li>\n";
    if (!model.trainingData.empty())
        out += "<li>trained" + (model.version.empty() ? "" : " " + xmlText(model.version))
            + " on: " + xmlText(model.trainingData) + "</li>\n";
    return out + fileLine("predictions", model.predictions) + fileLine("read from", model.input) + "</ul>\n";
}

std::string pairSection(const ModelPair &pair)
{
    std::string out = "<h3>" + xmlText(pair.first) + " and " + xmlText(pair.second) + "</h3>\n";
    if (!pair.problem.empty())
        return out + "<p>Not compared: " + xmlText(pair.problem) + ".</p>\n";
    const ComparedFilms &all = pair.comparison.all;
    const BootstrapEstimate &difference = pair.comparison.difference;
    out += "<p>" + written("On %d films: ", all.labelled) + xmlText(pair.first) + " right on "
        + percentText(all.firstRight.share, all.firstRight.interval) + ", " + xmlText(pair.second) + " on "
        + percentText(all.secondRight.share, all.secondRight.interval)
        + written("; difference %+.3f (%+.3f to %+.3f, by patient, BCa). Only the first is right on %d, only "
                  "the "
                  "second on %d: McNemar p = %.3g%s. They agree on ",
                  difference.value, difference.bca.low, difference.bca.high, all.test.onlyFirst,
                  all.test.onlySecond, all.test.p, all.test.isExact ? " (exact)" : "")
        + percentText(all.agree.share, all.agree.interval)
        + written(" of the calls, kappa %.2f (%.2f to %.2f).</p>\n", all.kappa.value, all.kappa.interval.low,
                  all.kappa.interval.high);
    out += head({"class v rest", "area of the first", "of the second", "difference", "DeLong p"});
    for (const AreaComparison &area : all.areas)
        out += "<tr>" + cell(xmlText(area.label))
            + cell(ranged(area.areas.first.area, area.areas.first.interval))
            + cell(ranged(area.areas.second.area, area.areas.second.interval))
            + cell(ranged(area.areas.difference, area.areas.interval)) + cell(written("%.3g", area.areas.p))
            + "</tr>\n";
    return out + tableEnd;
}

std::string failedList(const std::vector<FailedFilm> &failed)
{
    if (failed.empty())
        return {};
    std::string out = "<h2>Films that could not be read</h2>\n<p>"
        + written("%zu films are in none of the numbers above.", failed.size()) + "</p>\n<ul>\n";
    for (std::size_t i = 0; i < failed.size() && i < mostFailed; ++i)
        out += "<li>" + xmlText(failed[i].message) + "</li>\n";
    if (failed.size() > mostFailed)
        out += written("<li>and %zu more, in report.json</li>\n", failed.size() - mostFailed);
    return out + "</ul>\n";
}

} // namespace

std::string judgementHtml(const Judgement &judgement, const std::vector<std::vector<ReportPlot>> &plots)
{
    const Resampling &resampling = judgement.models.front().assessment.resampling;
    std::string out
        = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
          "content=\"width=device-width\"><title>How good is it?</title><style>";
    out += style;
    out += "</style></head><body>\n<h1>How good is it?</h1>\n<p class=\"purpose\">"
        + xmlText(judgement.notice)
        + "</p>\n<p class=\"muted\">Every number stands with the interval in which it may well lie, given "
          "how few "
          "films were read.</p>\n<ul>\n"
        + fileLine("films", judgement.films)
        + (judgement.which.empty() ? "" : "<li>" + xmlText(judgement.which) + "</li>\n") + "</ul>\n";
    for (std::size_t i = 0; i < judgement.models.size(); ++i)
        out += modelSection(judgement.models[i], plots[i]);
    if (!judgement.pairs.empty())
        out += "<h2>Against each other</h2>\n";
    for (const ModelPair &pair : judgement.pairs)
        out += pairSection(pair);
    if (!judgement.audit.file.file.empty())
        out += "<h2>What the films themselves give away</h2>\n" + pitfallList(judgement.audit.findings)
            + "<ul>\n" + fileLine("audit", judgement.audit.file) + "</ul>\n";
    out += failedList(judgement.failed);
    out += "<footer><p>" + xmlText(judgement.software)
        + written("; %d draws of patients, seed %llu. report.json beside this page holds every number; "
                  "hilum-cli "
                  "verify works them out again.",
                  resampling.draws, static_cast<unsigned long long>(resampling.seed))
        + "</p><p class=\"purpose\">" + xmlText(judgement.notice) + "</p></footer>\n</body></html>\n";
    return out;
}

} // namespace hilum
