// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/JudgementPlots.h"

#include "core/report/Csv.h"
#include "core/report/SvgPlot.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <map>

namespace hilum {

namespace {

constexpr int barCount = 20;

// The inverse of the normal distribution, by bisection: DET curves are drawn on it.
double normalQuantile(double share)
{
    double low = -9;
    double high = 9;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (std::erfc(-middle / std::sqrt(2.0)) / 2 < share ? low : high) = middle;
    }
    return (low + high) / 2;
}

class Table {
public:
    Table(std::string head, const std::string &notice)
        : m_text(std::move(head) + ",notice\n")
        , m_notice(csvField(notice))
    {
    }
    void add(const std::string &words, std::initializer_list<double> numbers)
    {
        m_text += words;
        for (const double value : numbers)
            m_text += "," + csvNumber(value);
        m_text += "," + m_notice + "\n";
    }
    const std::string &text() const { return m_text; }

private:
    std::string m_text;
    std::string m_notice;
};

std::string fileName(const std::string &label)
{
    std::string name;
    for (const char letter : label)
        name += std::isalnum(static_cast<unsigned char>(letter)) != 0 ? letter : '-';
    return name;
}

std::string areaText(const Figure &figure)
{
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), " %.3f", figure.value);
    return text.data();
}

template <class Curve>
std::vector<std::pair<std::size_t, std::vector<CurvePoint>>> curvesOf(const JudgedModel &model,
                                                                      const Curve &curve)
{
    std::vector<std::pair<std::size_t, std::vector<CurvePoint>>> found;
    for (std::size_t c = 0; c < model.labels.size(); ++c) {
        const ClassScores scores = scoresOf(model.films, static_cast<int>(c));
        auto points = curve(Ranking(scores.scores, scores.positive));
        if (!points.empty())
            found.emplace_back(c, std::move(points));
    }
    return found;
}

PlotSeries seriesOf(const std::vector<CurvePoint> &points, std::string name, std::size_t colour)
{
    PlotSeries series{std::move(name), static_cast<int>(colour), false, false, {}, {}, {}, {}, {}};
    for (const CurvePoint &point : points) {
        series.x.push_back(point.x);
        series.y.push_back(point.y);
    }
    return series;
}

PlotSeries bandSeries(const std::vector<BandPoint> &band, std::size_t colour)
{
    PlotSeries series{{}, static_cast<int>(colour), false, false, {}, {}, {}, {}, {}};
    for (const BandPoint &point : band) {
        series.x.push_back(point.x);
        series.y.push_back(NAN); // the band alone: the curve has all its points
        series.low.push_back(point.interval.low);
        series.high.push_back(point.interval.high);
    }
    return series;
}

ReportPlot matrixPlot(const JudgedModel &model, const std::string &notice)
{
    const ConfusionMatrix &matrix = model.assessment.tables.matrix;
    Table table("truth,called,films,row_share,column_share,total_share", notice);
    for (int t = 0; t < matrix.classes(); ++t) {
        for (int p = 0; p < matrix.classes(); ++p)
            table.add(csvField(model.labels[static_cast<std::size_t>(t)]) + ","
                          + csvField(model.labels[static_cast<std::size_t>(p)]),
                      {static_cast<double>(matrix.count(t, p)), matrix.rowShare(t, p),
                       matrix.columnShare(t, p), matrix.totalShare(t, p)});
    }
    return {"confusion",
            "Each row holds the films of one true class; the share says how many of the row were called so.",
            svgMatrix({model.id + ": what each film was called", {}, {}, 0, 1, 0, 1, notice}, model.labels,
                      matrix),
            table.text()};
}

ReportPlot rocPlot(const JudgedModel &model, const std::string &notice)
{
    Table table("class,threshold,false_positive_rate,sensitivity", notice);
    std::vector<PlotSeries> series{{{}, -1, true, false, {0, 1}, {0, 1}, {}, {}, {}}};
    for (const auto &[c, points] : curvesOf(model, rocCurve)) {
        series.push_back(bandSeries(model.curves[c].roc, c));
        series.push_back(seriesOf(points, model.labels[c] + areaText(model.assessment.classes[c].auc), c));
        for (const CurvePoint &point : points)
            table.add(csvField(model.labels[c]), {point.threshold, point.x, point.y});
    }
    return {"roc",
            "Every threshold at once: how many films of the class are found, against how many others are "
            "called so, too. The dashed line is guessing; bands are 95 % intervals by patient; the number is "
            "the area below the curve.",
            svgCurves({model.id + ": ROC, each class against the rest", "1 - specificity", "sensitivity", 0,
                       1, 0, 1, notice},
                      series),
            table.text()};
}

ReportPlot precisionPlot(const JudgedModel &model, const std::string &notice)
{
    Table table("class,threshold,recall,precision", notice);
    std::vector<PlotSeries> series;
    for (const auto &[c, points] : curvesOf(model, precisionRecallCurve)) {
        const double share
            = static_cast<double>(model.assessment.classes[c].films) / model.assessment.tables.films;
        series.push_back({{}, static_cast<int>(c), true, false, {0, 1}, {share, share}, {}, {}, {}});
        series.push_back(bandSeries(model.curves[c].precisionRecall, c));
        series.push_back(
            seriesOf(points, model.labels[c] + areaText(model.assessment.classes[c].averagePrecision), c));
        for (const CurvePoint &point : points)
            table.add(csvField(model.labels[c]), {point.threshold, point.x, point.y});
    }
    return {
        "precision-recall",
        "Of the films called so, how many are (precision), against how many of the class are found "
        "(recall). Dashed: the share of the class among these films, which guessing reaches; the number "
        "is the average precision.",
        svgCurves({model.id + ": precision and recall", "recall", "precision", 0, 1, 0, 1, notice}, series),
        table.text()};
}

ReportPlot detPlot(const JudgedModel &model, const std::string &notice)
{
    constexpr double least = 0.001;
    Table table("class,threshold,false_positive_rate,miss_rate", notice);
    std::vector<PlotSeries> series;
    for (const auto &[c, points] : curvesOf(model, detCurve)) {
        PlotSeries one{model.labels[c], static_cast<int>(c), false, false, {}, {}, {}, {}, {}};
        for (const CurvePoint &point : points) {
            table.add(csvField(model.labels[c]), {point.threshold, point.x, point.y});
            one.x.push_back(normalQuantile(std::clamp(point.x, least, 1 - least)));
            one.y.push_back(normalQuantile(std::clamp(point.y, least, 1 - least)));
        }
        series.push_back(std::move(one));
    }
    const double end = normalQuantile(1 - least);
    return {"det",
            "Misses against false alarms, both on the scale of the normal distribution (-2 is 2.3 %, -1 is "
            "16 %, 0 is half): straighter and nearer to the lower left is better.",
            svgCurves({model.id + ": detection error trade-off", "false alarms, normal deviate",
                       "misses, normal deviate", -end, end, -end, end, notice},
                      series),
            table.text()};
}

ReportPlot reliabilityPlot(const JudgedModel &model, const std::string &notice)
{
    Table table("low,high,films,right,mean_probability,rate,rate_low,rate_high", notice);
    PlotSeries series{"films of a bin, 95 % interval", 0, false, false, {}, {}, {}, {}, {}};
    for (const ReliabilityBin &bin : model.assessment.reliability) {
        if (bin.films == 0)
            continue;
        const double rate = static_cast<double>(bin.positives) / bin.films;
        table.add(csvNumber(bin.low),
                  {bin.high, static_cast<double>(bin.films), static_cast<double>(bin.positives),
                   bin.meanProbability, rate, bin.rate.low, bin.rate.high});
        series.x.push_back(bin.meanProbability);
        series.y.push_back(rate);
        series.low.push_back(bin.rate.low);
        series.high.push_back(bin.rate.high);
        series.marks.push_back(std::to_string(bin.positives) + " of " + std::to_string(bin.films)
                               + " films right");
    }
    return {"reliability",
            "Films by how sure the network was of its call: on the dashed line it is right as often as it "
            "says. Below it, it is too sure of itself.",
            svgCurves({model.id + ": is it right as often as it says?", "probability of the called class",
                       "share that is right", 0, 1, 0, 1, notice},
                      {{{}, -1, true, false, {0, 1}, {0, 1}, {}, {}, {}}, series}),
            table.text()};
}

ReportPlot decisionPlot(const JudgedModel &model, const std::string &notice)
{
    Table table("class,threshold,net_benefit,low,high,call_all", notice);
    std::vector<PlotSeries> series{{"call none", -1, true, false, {0, 1}, {0, 0}, {}, {}, {}}};
    double highest = 0.05;
    for (std::size_t c = 0; c < model.labels.size(); ++c) {
        PlotSeries one{model.labels[c], static_cast<int>(c), false, false, {}, {}, {}, {}, {}};
        PlotSeries all{{}, static_cast<int>(c), true, false, {}, {}, {}, {}, {}};
        for (const DecisionPoint &point : model.curves[c].decision) {
            table.add(
                csvField(model.labels[c]),
                {point.threshold, point.netBenefit, point.interval.low, point.interval.high, point.callAll});
            highest = std::max({highest, point.netBenefit, point.interval.high});
            one.x.push_back(point.threshold);
            one.y.push_back(std::max(-0.1, point.netBenefit));
            one.low.push_back(std::max(-0.1, point.interval.low));
            one.high.push_back(std::max(-0.1, point.interval.high));
            if (point.callAll >= -0.1) {
                all.x.push_back(point.threshold);
                all.y.push_back(point.callAll);
            }
        }
        series.push_back(std::move(all));
        series.push_back(std::move(one));
    }
    return {
        "decision",
        "Is calling by the network worth more than calling everybody (dashed) or nobody (0), for somebody "
        "who acts from this probability on? True calls a film, less false ones weighed by the odds.",
        svgCurves({model.id + ": net benefit", "threshold probability", "net benefit", 0, 1, -0.1,
                   std::ceil(highest * 20) / 20, notice},
                  series),
        table.text()};
}

void addScores(const JudgedModel &model, std::size_t label, const std::string &notice,
               std::vector<ReportPlot> &plots)
{
    std::vector<PlotSeries> series;
    std::map<std::pair<std::size_t, std::string>, std::vector<double>> bySource;
    std::vector<std::vector<double>> byClass(model.labels.size());
    for (const ScoredFilm &film : model.films) {
        const auto truth = static_cast<std::size_t>(film.truth);
        byClass[truth].push_back(film.probabilities[label]);
        bySource[{truth, film.source}].push_back(film.probabilities[label]);
    }
    Table bars("truth,low,high,films", notice);
    double highest = 1;
    for (std::size_t c = 0; c < model.labels.size(); ++c) {
        PlotSeries one{model.labels[c], static_cast<int>(c), false, false, {}, {}, {}, {}, {}};
        const std::vector<int> counts = scoreBars(byClass[c], barCount);
        for (std::size_t i = 0; i < counts.size(); ++i) {
            bars.add(csvField(model.labels[c]),
                     {static_cast<double>(i) / barCount, static_cast<double>(i + 1) / barCount,
                      static_cast<double>(counts[i])});
            one.y.push_back(counts[i]);
            highest = std::max<double>(highest, counts[i]);
        }
        series.push_back(std::move(one));
    }
    const std::string of = "probability of " + model.labels[label];
    const std::string file = std::to_string(label + 1) + "-" + fileName(model.labels[label]);
    plots.push_back(
        {"scores-" + file, "How many films of each true class got each " + of + ".",
         svgBars({model.id + ": " + of + ", by true class", of, "films", 0, 1, 0, highest * 1.05, notice},
                 series),
         bars.text()});
    Table boxes(
        "truth,source,films,mean,least,low_whisker,low_quartile,median,high_quartile,high_whisker,most,"
        "outside",
        notice);
    std::vector<NamedBox> named;
    for (const auto &[group, scores] : bySource) {
        const BoxFigures box = boxFigures(scores);
        named.push_back({model.labels[group.first] + (group.second.empty() ? "" : ", " + group.second),
                         static_cast<int>(group.first), box});
        boxes.add(csvField(model.labels[group.first]) + "," + csvField(group.second),
                  {static_cast<double>(box.films), box.mean, box.least, box.lowWhisker, box.lowQuartile,
                   box.median, box.highQuartile, box.highWhisker, box.most,
                   static_cast<double>(box.outside)});
    }
    plots.push_back({"boxes-" + file,
                     "The same by true class and source: half of the films lie in the box, the line is their "
                     "middle, the dot their mean. Sources of one class that differ show what else a network "
                     "may have learnt.",
                     svgBoxes({model.id + ": " + of + ", by source", of, {}, 0, 1, 0, 1, notice}, named),
                     boxes.text()});
}

} // namespace

std::vector<ReportPlot> plotsOf(const JudgedModel &model, const std::string &notice)
{
    std::vector<ReportPlot> plots{matrixPlot(model, notice),      rocPlot(model, notice),
                                  precisionPlot(model, notice),   detPlot(model, notice),
                                  reliabilityPlot(model, notice), decisionPlot(model, notice)};
    for (std::size_t c = 0; c < model.labels.size(); ++c)
        addScores(model, c, notice, plots);
    return plots;
}

} // namespace hilum
