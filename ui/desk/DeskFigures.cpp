// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/DeskFigures.h"

#include "core/metrics/Threshold.h"
#include "ui/bridge/Convert.h"
#include "ui/plots/ClassNames.h"
#include "ui/plots/PlotCsv.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace hilum::ui {

namespace {

constexpr double leastRate = 0.001; // DET axes end there
constexpr double lowestBenefit = -0.1;

QString tr(const char *text) { return QCoreApplication::translate("DeskFigures", text); }

std::size_t at(int index) { return static_cast<std::size_t>(index); }

QString three(double value) { return QString::number(value, 'f', 3); }

QString range(const Interval &interval)
{
    return std::isnan(interval.low) ? QString()
                                    : tr("95 % %1\u2013%2").arg(three(interval.low), three(interval.high));
}

// The inverse of the normal distribution, by bisection.
double deviate(double share)
{
    double low = -9;
    double high = 9;
    share = std::clamp(share, leastRate, 1 - leastRate);
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (std::erfc(-middle / std::sqrt(2.0)) / 2 < share ? low : high) = middle;
    }
    return (low + high) / 2;
}

FigureCurve quiet(std::vector<double> x, std::vector<double> y, QString name = {})
{
    FigureCurve curve;
    curve.name = std::move(name);
    curve.colour = QColor(0x80, 0x86, 0x8e);
    curve.style = Qt::DashLine;
    curve.width = 1;
    curve.isQuiet = true;
    curve.x = std::move(x);
    curve.y = std::move(y);
    return curve;
}

class Builder {
public:
    Builder(DeskJudgementPtr judgement, DeskCurve kind, int label)
        : m_judgement(std::move(judgement))
        , m_kind(kind)
        , m_label(label)
    {
    }

    DeskFigure build()
    {
        frame();
        const bool isReliability = m_kind == DeskCurve::EqualWidth || m_kind == DeskCurve::EqualMass;
        for (int side = 0; side < static_cast<int>(m_judgement->sides.size()); ++side) {
            if (isReliability) {
                addBins(side);
                continue;
            }
            for (int label = 0; label < static_cast<int>(m_judgement->sides[at(side)].classes.size());
                 ++label)
                if (m_label < 0 || m_label == label)
                    addCurve(side, label);
        }
        const bool has = std::ranges::any_of(m_made.refs, [](const CurveRef &ref) { return ref.side >= 0; });
        if (!has)
            m_made.figure.curves.clear();
        m_made.figure.csv = m_csv;
        attachSentence();
        return std::move(m_made);
    }

private:
    const DeskSide &side(int number) const { return m_judgement->sides[at(number)]; }
    QString nameOf(int number) const { return toText(side(number).set->title); }
    QString ofClass() const
    {
        return m_label < 0
            ? tr("each class v the rest")
            : tr("%1 v the rest").arg(classTitle(m_judgement->first().set->labels[at(m_label)]));
    }

    void add(FigureCurve curve, CurveRef ref)
    {
        m_made.figure.curves.push_back(std::move(curve));
        m_made.refs.push_back(std::move(ref));
    }
    void addQuiet(FigureCurve curve) { add(std::move(curve), {-1, -1, {}}); }

    void frame()
    {
        CurveFigure &f = m_made.figure;
        const QString films = m_judgement->films() == 0 ? tr("No film passes the filter.") : QString();
        f.nothing = films.isEmpty()
            ? tr("A curve needs films of this class and films of others; these are of one class only.")
            : films;
        switch (m_kind) {
        case DeskCurve::Roc:
            f.title = tr("ROC, %1").arg(ofClass());
            f.meaning
                = tr("Every threshold at once: how many films of the class are found, against how many "
                     "others are called so, too. The dashed line is guessing; bands are 95 % intervals, "
                     "patients drawn with replacement.");
            f.x = tr("1 \u2212 specificity");
            f.y = tr("sensitivity");
            addQuiet(quiet({0, 1}, {0, 1}));
            m_csv = QStringLiteral(
                "network,class,threshold,false_positive_rate,sensitivity,who,software,notice\n");
            break;
        case DeskCurve::PrecisionRecall:
            f.title = tr("Precision and recall, %1").arg(ofClass());
            f.meaning = tr("Of the films called so, how many are (precision), against how many of the class "
                           "are found (recall). Dashed: the share of the class among these films, which "
                           "guessing reaches.");
            f.x = tr("recall");
            f.y = tr("precision");
            m_csv = QStringLiteral("network,class,threshold,recall,precision,who,software,notice\n");
            break;
        case DeskCurve::Det:
            f.title = tr("Detection error trade-off, %1").arg(ofClass());
            f.meaning = tr("Misses against false alarms, both on the scale of the normal distribution: "
                           "straighter and nearer to the lower left is better.");
            f.x = tr("false alarms");
            f.y = tr("misses");
            f.xLow = f.yLow = deviate(leastRate);
            f.xHigh = f.yHigh = deviate(1 - leastRate);
            for (const double share : {0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99})
                f.xTicks.emplace_back(deviate(share), QStringLiteral("%1 %").arg(share * 100));
            f.yTicks = f.xTicks;
            m_csv = QStringLiteral(
                "network,class,threshold,false_positive_rate,miss_rate,who,software,notice\n");
            break;
        case DeskCurve::Decision:
            f.title = tr("Net benefit, %1").arg(ofClass());
            f.meaning = tr("Is calling by the network worth more than calling everybody (dashed) or nobody "
                           "(0), for somebody who acts from this probability on? True calls a film, less "
                           "false ones weighed by the odds.");
            f.nothing
                = !m_judgement->isComplete() && films.isEmpty() ? tr("Being worked out\u2026") : f.nothing;
            f.x = tr("probability from which one acts");
            f.y = tr("net benefit");
            f.yLow = lowestBenefit;
            f.yHigh = 0.1;
            addQuiet(quiet({0, 1}, {0, 0}));
            m_csv = QStringLiteral(
                "network,class,threshold,net_benefit,low95,high95,call_all,who,software,notice\n");
            break;
        case DeskCurve::EqualWidth:
        case DeskCurve::EqualMass:
            f.title = m_kind == DeskCurve::EqualWidth ? tr("Reliability, bins of equal width")
                                                      : tr("Reliability, bins of equally many films");
            f.meaning = tr("Films by how sure the network was of its call: on the dashed line it is right as "
                           "often as it says; below it, it is too sure of itself. Whiskers are 95 % Wilson "
                           "intervals; the bars below count the films.");
            f.nothing = tr("No film passes the filter.");
            f.x = tr("probability of the called class");
            f.y = tr("share right");
            f.barTitle = tr("films");
            addQuiet(quiet({0, 1}, {0, 1}));
            m_csv = QStringLiteral(
                "network,low,high,films,right,mean_probability,rate,low95,high95,who,software,notice\n");
            break;
        }
    }

    void addCurve(int number, int label)
    {
        const DeskSide &one = side(number);
        const DeskClass &made = one.classes[at(label)];
        if (!made.hasCurves() || (m_kind == DeskCurve::Decision && made.decision.empty()))
            return;
        const std::string &name = one.set->labels[at(label)];
        FigureCurve curve;
        CurveRef ref{number, label, {}};
        curve.colour = classColour(name, label);
        curve.style = number == 0 ? Qt::SolidLine : Qt::DashLine;
        const QString who = m_label < 0 ? classTitle(name) : nameOf(number);
        const QString head = csvField(nameOf(number)) + QLatin1Char(',') + csvField(toText(name));
        const QString tail = csvTail(toText(one.set->provenance));
        if (m_kind == DeskCurve::Decision) {
            addDecision(made, curve, ref, head, tail, number);
            curve.name = who;
            add(std::move(curve), std::move(ref));
            return;
        }
        const bool isPrecision = m_kind == DeskCurve::PrecisionRecall;
        const bool isDet = m_kind == DeskCurve::Det;
        for (const CurvePoint &point : isPrecision ? made.precisionRecall : made.roc) {
            const double y = isDet ? 1 - point.y : point.y;
            curve.x.push_back(isDet ? deviate(point.x) : point.x);
            curve.y.push_back(isDet ? deviate(y) : y);
            ref.thresholds.push_back(point.threshold);
            m_csv += QStringList{head, csvValue(point.threshold), csvValue(point.x), csvValue(y)}.join(
                         QLatin1Char(','))
                + tail;
        }
        for (const BandPoint &point : isDet ? std::vector<BandPoint>()
                 : isPrecision              ? made.precisionRecallBand
                                            : made.rocBand) {
            if (std::isnan(point.interval.low))
                continue;
            curve.bandX.push_back(point.x);
            curve.bandLow.push_back(point.interval.low);
            curve.bandHigh.push_back(point.interval.high);
        }
        const double number2 = isPrecision ? made.averagePrecision : made.area.area;
        curve.name
            = (isPrecision ? tr("%1, average precision %2") : tr("%1, area %2")).arg(who, three(number2));
        if (isDet)
            curve.name = who;
        if (isPrecision && number == 0) {
            const double share = static_cast<double>(made.area.positives)
                / std::max(1, made.area.positives + made.area.negatives);
            FigureCurve guess = quiet({0, 1}, {share, share});
            guess.colour = curve.colour;
            addQuiet(std::move(guess));
        }
        add(std::move(curve), std::move(ref));
    }

    void addDecision(const DeskClass &made, FigureCurve &curve, CurveRef &ref, const QString &head,
                     const QString &tail, int number)
    {
        FigureCurve all = quiet({}, {});
        all.colour = curve.colour;
        for (const DecisionPoint &point : made.decision) {
            curve.x.push_back(point.threshold);
            curve.y.push_back(std::max(lowestBenefit, point.netBenefit));
            curve.bandX.push_back(point.threshold);
            curve.bandLow.push_back(std::max(lowestBenefit, point.interval.low));
            curve.bandHigh.push_back(std::max(lowestBenefit, point.interval.high));
            ref.thresholds.push_back(point.threshold);
            if (point.callAll >= lowestBenefit) {
                all.x.push_back(point.threshold);
                all.y.push_back(point.callAll);
            }
            m_made.figure.yHigh = std::max({m_made.figure.yHigh, point.netBenefit, point.interval.high});
            m_csv += QStringList{head,
                                 csvValue(point.threshold),
                                 csvValue(point.netBenefit),
                                 csvValue(point.interval.low),
                                 csvValue(point.interval.high),
                                 csvValue(point.callAll)}
                         .join(QLatin1Char(','))
                + tail;
        }
        if (number == 0)
            addQuiet(std::move(all));
    }

    void addBins(int number)
    {
        const DeskSide &one = side(number);
        const auto &bins = m_kind == DeskCurve::EqualWidth ? one.equalWidth : one.equalMass;
        FigureCurve curve;
        CurveRef ref{number, -1, {}};
        // Networks differ by place and shape here, not by a class's colour.
        curve.colour = number == 0 ? QColor(0x4f, 0x9d, 0xde) : QColor(0xe0, 0xa0, 0x3c);
        curve.isDots = true;
        curve.name = nameOf(number);
        for (std::size_t i = 0; i < bins.size(); ++i) {
            const ReliabilityBin &bin = bins[i];
            if (bin.films == 0)
                continue;
            const double rate = static_cast<double>(bin.positives) / bin.films;
            curve.x.push_back(bin.meanProbability);
            curve.y.push_back(rate);
            curve.low.push_back(bin.rate.low);
            curve.high.push_back(bin.rate.high);
            if (number == 0)
                m_made.figure.bars.push_back({bin.low, bin.high, static_cast<double>(bin.films),
                                              static_cast<int>(ref.thresholds.size())});
            ref.thresholds.push_back(static_cast<double>(i));
            m_csv += QStringList{csvField(nameOf(number)),
                                 csvValue(bin.low),
                                 csvValue(bin.high),
                                 QString::number(bin.films),
                                 QString::number(bin.positives),
                                 csvValue(bin.meanProbability),
                                 csvValue(rate),
                                 csvValue(bin.rate.low),
                                 csvValue(bin.rate.high)}
                         .join(QLatin1Char(','))
                + csvTail(toText(one.set->provenance));
        }
        if (!ref.thresholds.empty())
            add(std::move(curve), std::move(ref));
    }

    // What a point says: made when it is asked for, of values that it keeps.
    void attachSentence()
    {
        const DeskJudgementPtr judgement = m_judgement;
        m_made.figure.sentence = [judgement, refs = m_made.refs, kind = m_kind](int curve, int point) {
            const CurveRef &ref = refs[at(curve)];
            if (ref.side < 0)
                return QString();
            const DeskSide &one = judgement->sides[at(ref.side)];
            const double where = ref.thresholds[at(point)];
            const QString who = toText(one.set->title);
            if (kind == DeskCurve::EqualWidth || kind == DeskCurve::EqualMass) {
                const ReliabilityBin &bin
                    = (kind == DeskCurve::EqualWidth ? one.equalWidth
                                                     : one.equalMass)[static_cast<std::size_t>(where)];
                return tr("%1: %2 of %3 films right, %4 %5\nsaid with probability %6 to %7, on average %8")
                    .arg(who)
                    .arg(bin.positives)
                    .arg(bin.films)
                    .arg(three(static_cast<double>(bin.positives) / bin.films), range(bin.rate),
                         three(bin.low), three(bin.high), three(bin.meanProbability));
            }
            const DeskClass &made = one.classes[at(ref.label)];
            const QString of = classTitle(one.set->labels[at(ref.label)]);
            if (kind == DeskCurve::Decision) {
                const DecisionPoint &decision = made.decision[at(point)];
                return tr("%1, %2, acting from %3 on: net benefit %4 %5; calling everybody %6")
                    .arg(who, of, three(decision.threshold), three(decision.netBenefit),
                         range(decision.interval), three(decision.callAll));
            }
            const OperatingPoint found = pointAt(made.points, where);
            const Rates rates = ratesAt(found, made.points.back());
            const QString threshold
                = std::isinf(where) ? tr("calling nothing") : tr("called from p = %1 on").arg(three(where));
            return tr("%1, %2, %3\nsensitivity %4 (%5 of %6) %7\nspecificity %8 (%9 of %10) %11\nprecision "
                      "%12")
                .arg(who, of, threshold, three(rates.sensitivity.share))
                .arg(rates.sensitivity.hits)
                .arg(rates.sensitivity.films)
                .arg(range(rates.sensitivity.interval), three(rates.specificity.share))
                .arg(rates.specificity.hits)
                .arg(rates.specificity.films)
                .arg(range(rates.specificity.interval),
                     rates.precision.films > 0 ? three(rates.precision.share) : tr("not defined"));
        };
    }

    DeskJudgementPtr m_judgement;
    DeskCurve m_kind;
    int m_label;
    DeskFigure m_made;
    QString m_csv;
};

// Between the thresholds of a decision curve; beyond them, that of the nearest.
double benefitAt(const std::vector<DecisionPoint> &curve, double threshold)
{
    const auto after = std::ranges::lower_bound(curve, threshold, {}, &DecisionPoint::threshold);
    if (after == curve.begin())
        return curve.front().netBenefit;
    if (after == curve.end())
        return curve.back().netBenefit;
    const DecisionPoint &before = *std::prev(after);
    const double share = (threshold - before.threshold) / (after->threshold - before.threshold);
    return before.netBenefit + share * (after->netBenefit - before.netBenefit);
}

} // namespace

QString sideNames(const DeskJudgement &judgement)
{
    QStringList names;
    for (const DeskSide &side : judgement.sides)
        names << toText(side.set->title);
    return names.join(tr(" and "));
}

QString provenanceOf(const DeskJudgement &judgement)
{
    QStringList all;
    for (const DeskSide &side : judgement.sides)
        all << toText(side.set->provenance);
    const int films = judgement.films();
    return tr("%1 \u00b7 n = %2 films%3")
        .arg(all.join(QStringLiteral(", ")))
        .arg(films)
        .arg(films < judgement.filmsInAll ? tr(" of %1, filtered").arg(judgement.filmsInAll) : QString());
}

DeskFigure deskFigure(const DeskJudgementPtr &judgement, DeskCurve kind, int label)
{
    return Builder(judgement, kind, label).build();
}

ScoreFigure scoreFigure(const DeskJudgement &judgement, int side, int label)
{
    const DeskSide &one = judgement.sides[at(side)];
    ScoreFigure figure;
    figure.classes = one.set->labels;
    figure.of = classTitle(figure.classes[at(label)]);
    figure.title = tr("p(%1) by %2, by true class%3")
                       .arg(figure.of, toText(one.set->title),
                            one.set->column("source") ? tr(" and source") : QString());
    figure.provenance = toText(one.set->provenance);
    std::vector<std::vector<double>> byClass(figure.classes.size());
    std::map<std::pair<int, std::string>, std::vector<double>> bySource;
    for (const ScoredFilm &film : one.films) {
        byClass[at(film.truth)].push_back(film.probabilities[at(label)]);
        bySource[{film.truth, film.source}].push_back(film.probabilities[at(label)]);
    }
    for (const auto &scores : byClass)
        figure.bars.push_back(scoreBars(scores, scoreBarCount));
    for (const auto &[group, scores] : bySource)
        figure.boxes.push_back({group.first, group.second, boxFigures(scores)});
    return figure;
}

std::optional<FigureMark> markAt(const DeskJudgement &judgement, DeskCurve kind, int side, int label,
                                 double probability)
{
    if (side >= static_cast<int>(judgement.sides.size()))
        return std::nullopt;
    const DeskSide &one = judgement.sides[at(side)];
    if (kind == DeskCurve::EqualWidth || kind == DeskCurve::EqualMass)
        return FigureMark{probability, 0, {}, true, {}};
    const DeskClass &made = one.classes[at(label)];
    if (kind == DeskCurve::Decision && !made.decision.empty())
        return FigureMark{
            probability, std::max(lowestBenefit, benefitAt(made.decision, probability)), {}, false, {}};
    if (!made.hasCurves() || kind == DeskCurve::Decision)
        return std::nullopt;
    const Rates rates = ratesAt(pointAt(made.points, probability), made.points.back());
    const double alarms = 1 - rates.specificity.share;
    if (kind == DeskCurve::Roc)
        return FigureMark{alarms, rates.sensitivity.share, {}, false, {}};
    if (kind == DeskCurve::Det)
        return FigureMark{deviate(alarms), deviate(1 - rates.sensitivity.share), {}, false, {}};
    return FigureMark{
        rates.sensitivity.share, rates.precision.films > 0 ? rates.precision.share : 1.0, {}, false, {}};
}

} // namespace hilum::ui
