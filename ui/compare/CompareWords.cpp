// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/compare/CompareWords.h"

#include "ui/bridge/Convert.h"
#include "ui/plots/ClassNames.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace hilum::ui {

namespace {

constexpr double usual = 0.05;

QString tr(const char *text) { return QCoreApplication::translate("CompareWords", text); }

QString dash() { return QStringLiteral("\u2013"); }

QString fixed(double value, int decimals)
{
    return std::isfinite(value) ? QString::number(value, 'f', decimals) : dash();
}

QString percent(double share) { return fixed(100 * share, 1); }

QString withSign(double value, int decimals)
{
    if (!std::isfinite(value))
        return dash();
    const QString digits = QString::number(std::abs(value), 'f', decimals);
    return (value < 0 ? QStringLiteral("\u2212") : QStringLiteral("+")) + digits;
}

QString areaText(const AucEstimate &area)
{
    return tr("%1 (%2\u2013%3)")
        .arg(fixed(area.area, 3), fixed(area.interval.low, 3), fixed(area.interval.high, 3));
}

using Names = std::array<QString, 2>;

CompareStatistic sameCall(const ComparedFilms &all)
{
    return {tr("Same call"),
            tr("%1, %2 of %3 films").arg(shareText(all.agree)).arg(all.agree.hits).arg(all.films),
            tr("Of 100 such films the networks would call about %1 the same, right or wrong.")
                .arg(std::lround(100 * all.agree.share))};
}

CompareStatistic kappa(const ComparedFilms &all)
{
    if (!std::isfinite(all.kappa.value))
        return {
            tr("Cohen's kappa"), dash(),
            tr("Both give every film the same call, so that chance alone would, too: nothing can be said.")};
    const QString meaning = all.kappa.interval.low <= 0
        ? tr("Agreement beyond chance is not shown: its interval holds 0.")
        : tr("Of the agreement that chance would not give by itself, they reach %1 % (0: chance, 1: always).")
              .arg(std::lround(100 * all.kappa.value));
    return {tr("Cohen's kappa"),
            tr("%1 (%2 to %3)")
                .arg(fixed(all.kappa.value, 2), fixed(all.kappa.interval.low, 2),
                     fixed(all.kappa.interval.high, 2)),
            meaning};
}

CompareStatistic accuracy(const QString &name, const Share &right)
{
    return {tr("%1 right").arg(name),
            tr("%1, %2 of %3 films").arg(shareText(right)).arg(right.hits).arg(right.films),
            tr("The interval (Wilson) is where its accuracy on such films lies, as far as %1 films can tell.")
                .arg(right.films)};
}

CompareStatistic difference(const Names &names, const BootstrapEstimate &estimate)
{
    const Interval &interval = estimate.bca;
    QString meaning;
    if (!std::isfinite(interval.low) || !std::isfinite(interval.high))
        meaning = tr("Too few patients for an interval.");
    else if (interval.low <= 0 && interval.high >= 0)
        meaning = tr("The interval holds 0: these films do not show which network is right more often.");
    else
        meaning = tr("Also when other patients are drawn, %1 is right more often.")
                      .arg(estimate.value > 0 ? names[0] : names[1]);
    return {tr("Accuracy, %1 less %2").arg(names[0], names[1]),
            tr("%1 points (%2 to %3), %4 patients")
                .arg(withSign(100 * estimate.value, 1), withSign(100 * interval.low, 1),
                     withSign(100 * interval.high, 1))
                .arg(estimate.groups),
            meaning};
}

CompareStatistic mcNemar(const Names &names, const McNemar &test)
{
    const QString value = tr("only %1 right: b = %2, only %3 right: c = %4; p = %5")
                              .arg(names[0])
                              .arg(test.onlyFirst)
                              .arg(names[1])
                              .arg(test.onlySecond)
                              .arg(testText(test.p, test.isExact));
    const int alone = test.onlyFirst + test.onlySecond;
    if (alone == 0)
        return {tr("McNemar's test"), value, tr("They are right and wrong on the same films.")};
    return {
        tr("McNemar's test"), value,
        (test.p < usual ? tr(
             "Were both right equally often, the %1 films on which one alone is right would seldom fall so "
             "unevenly.")
                        : tr("Were both right equally often, the %1 films on which one alone is right could "
                             "well fall like "
                             "this."))
            .arg(alone)};
}

CompareStatistic deLong(const Names &names, const AreaComparison &area)
{
    const AucComparison &areas = area.areas;
    const QString meaning = !std::isfinite(areas.p) ? tr("Too few films of this class for a test.")
        : areas.p < usual
        ? tr("%1 ranks these films above all others better than the other does, beyond what chance explains.")
              .arg(areas.difference > 0 ? names[0] : names[1])
        : tr("Both rank these films above all others about as well, as far as these films can tell.");
    return {tr("Area of p(%1), DeLong").arg(classTitle(area.label)),
            tr("%1 %2, %3 %4; difference %5 (%6 to %7), p = %8")
                .arg(names[0], areaText(areas.first), names[1], areaText(areas.second),
                     withSign(areas.difference, 3), withSign(areas.interval.low, 3),
                     withSign(areas.interval.high, 3), testText(areas.p, false)),
            meaning};
}

} // namespace

QString shareText(const Share &share)
{
    if (share.films == 0)
        return dash();
    return tr("%1 % (%2\u2013%3)")
        .arg(percent(share.share), percent(share.interval.low), percent(share.interval.high));
}

QString testText(double p, bool isExact)
{
    if (!std::isfinite(p))
        return dash();
    const QString number = p < 0.001 ? tr("< 0.001") : QString::number(p, 'f', p < 0.1 ? 3 : 2);
    return isExact ? tr("%1 (exact)").arg(number) : number;
}

std::vector<CompareStatistic> compareStatistics(const FilmComparison &comparison,
                                                const ModelComparison &statistics)
{
    const auto raw = comparison.names();
    const Names names{toText(raw[0]), toText(raw[1])};
    const ComparedFilms &all = statistics.all;
    std::vector<CompareStatistic> said{sameCall(all), kappa(all)};
    if (all.labelled == 0) {
        said.push_back({tr("Who is right"), dash(),
                        tr("No film has a known class, so that only agreement can be measured.")});
        return said;
    }
    said.push_back(accuracy(names[0], all.firstRight));
    said.push_back(accuracy(names[1], all.secondRight));
    said.push_back(difference(names, statistics.difference));
    said.push_back(mcNemar(names, all.test));
    for (const AreaComparison &area : all.areas)
        said.push_back(deLong(names, area));
    return said;
}

QString statisticsHtml(const std::vector<CompareStatistic> &statistics, const QString &muted)
{
    QString html;
    for (const CompareStatistic &one : statistics)
        html += QStringLiteral("<p style='margin:0 0 10px 0'><b>%1</b>&nbsp;&nbsp;%2<br>"
                               "<span style='color:%3'>%4</span></p>")
                    .arg(one.title.toHtmlEscaped(), one.value.toHtmlEscaped(), muted,
                         one.meaning.toHtmlEscaped());
    return html;
}

QString progressText(const TwiceProgress &progress)
{
    if (progress.films == 0)
        return tr("Looking for the films\u2026");
    QStringList parts{tr("%1 of %2 films").arg(progress.done).arg(progress.films)};
    if (progress.filmsPerSecond > 0)
        parts << tr("%1 a second").arg(fixed(progress.filmsPerSecond, progress.filmsPerSecond < 10 ? 1 : 0));
    if (progress.secondsLeft >= 90)
        parts << tr("about %1 min left").arg(std::lround(progress.secondsLeft / 60));
    else if (progress.secondsLeft >= 0)
        parts << tr("about %1 s left").arg(std::lround(progress.secondsLeft));
    if (progress.failed > 0)
        parts << tr("%1 could not be read").arg(progress.failed);
    return parts.join(QStringLiteral(", "));
}

} // namespace hilum::ui
