// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/report/FilmPage.h"

#include "core/metrics/Evaluation.h"
#include "ui/plots/ClassNames.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>
#include <set>

namespace hilum::ui {

namespace {

constexpr double filmHeight = 0.34; // of the sheet
constexpr double mapHeight = 0.22;
constexpr double sawHeight = 0.11;

QString tr(const char *text) { return QCoreApplication::translate("FilmPage", text); }

QString text(const std::string &utf8) { return QString::fromStdString(utf8); }
QString escaped(const std::string &utf8) { return text(utf8).toHtmlEscaped(); }

QString paragraph(const QString &words, const char *role = nullptr)
{
    return role ? QStringLiteral("<p class=\"%1\">%2</p>").arg(QLatin1String(role), words)
                : QStringLiteral("<p>%1</p>").arg(words);
}

QString heading(const QString &words) { return QStringLiteral("<h2>%1</h2>").arg(words.toHtmlEscaped()); }

// Never a certainty.
QString probability(double value)
{
    return value >= 0.995 ? QStringLiteral("&gt; 0.99")
        : value < 0.005   ? QStringLiteral("&lt; 0.01")
                          : QString::number(value, 'f', 2);
}

QString reading(const ReportedClass &one)
{
    QString words = probability(one.probability);
    if (one.band)
        words += tr(" <span class=\"muted\">(%1 to %2)</span>")
                     .arg(probability(one.band->low), probability(one.band->high));
    return words;
}

bool isWithheld(const FilmReport &report) { return !report.refusal.empty() && !report.isShownAnyway; }

QString headOf(const FilmReport &report)
{
    QStringList facts{text(report.format), tr("%1 x %2 pixels").arg(report.columns).arg(report.rows),
                      tr("%1 bits").arg(report.bits)};
    if (!report.modality.empty())
        facts.insert(1, text(report.modality));
    if (report.frames > 1)
        facts << tr("frame %1 of %2").arg(report.frame).arg(report.frames);
    QString html = QStringLiteral("<h1>%1</h1>").arg(tr("What the networks read from one film"))
        + paragraph(QStringLiteral("<b>%1</b>").arg(escaped(report.notice)), "warning")
        + paragraph(QStringLiteral("<b>%1</b> \u00b7 %2")
                        .arg(escaped(report.name), facts.join(QStringLiteral(" \u00b7 ")).toHtmlEscaped()));
    if (!report.refusal.empty())
        html += paragraph(
            tr("<b>The gate refuses this picture:</b> it %1.").arg(escaped(report.refusal)) + QLatin1Char(' ')
                + (report.isShownAnyway ? tr("The readings were asked for all the same: don't trust them.")
                                        : tr("Its readings are withheld.")),
            "warning");
    for (const std::string &notice : report.notices)
        html += paragraph(escaped(notice), "muted");
    return html;
}

QString agreement(const FilmReport &report)
{
    std::set<std::string> calls;
    QStringList parts;
    for (const ReportedNetwork &network : report.networks) {
        if (const ReportedClass *call = network.call()) {
            calls.insert(call->label);
            parts << tr("%1 calls it %2").arg(text(network.title), classTitle(call->label));
        }
    }
    if (parts.size() < 2)
        return {};
    return calls.size() == 1
        ? tr("All %1 networks call this film %2.").arg(parts.size()).arg(classTitle(*calls.begin()))
        : tr("The networks disagree: %1.").arg(parts.join(tr(", ")));
}

// Classes down, networks across.
QString readingsTable(const FilmReport &report)
{
    std::vector<std::string> labels;
    for (const ReportedNetwork &network : report.networks) {
        for (const ReportedClass &one : network.classes) {
            if (std::ranges::find(labels, one.label) == labels.end())
                labels.push_back(one.label);
        }
    }
    QString html = QStringLiteral("<table width=\"100%\" cellspacing=\"0\" cellpadding=\"2\"><tr><th></th>");
    for (const ReportedNetwork &network : report.networks)
        html += QStringLiteral("<th>%1</th>").arg(escaped(network.title));
    html += QStringLiteral("</tr>");
    for (const std::string &label : labels) {
        html += QStringLiteral("<tr><td>%1</td>").arg(classTitle(label).toHtmlEscaped());
        for (const ReportedNetwork &network : report.networks) {
            const auto one = std::ranges::find(network.classes, label, &ReportedClass::label);
            const QString words = one == network.classes.end() ? QStringLiteral("\u2013") : reading(*one);
            const bool isCall = network.call() && network.call()->label == label;
            html += isCall ? QStringLiteral("<td><b>%1</b></td>").arg(words)
                           : QStringLiteral("<td>%1</td>").arg(words);
        }
        html += QStringLiteral("</tr>");
    }
    return html + QStringLiteral("</table>");
}

QString readingsText(const FilmReport &report)
{
    if (isWithheld(report))
        return heading(tr("Readings")) + paragraph(tr("Withheld, because the gate refuses this picture."));
    QString html
        = heading(tr("Readings")) + readingsTable(report) + paragraph(agreement(report).toHtmlEscaped());
    for (const ReportedNetwork &network : report.networks) {
        if (!network.error.empty())
            html += paragraph(
                tr("%1 could not read it: %2").arg(escaped(network.title), escaped(network.error)),
                "warning");
    }
    // What all have in common is said once.
    std::set<std::string> bands;
    for (const ReportedNetwork &network : report.networks)
        bands.insert(network.band);
    for (const ReportedNetwork &network : report.networks) {
        if (!network.classes.empty())
            html += paragraph(
                QStringLiteral("%1: %2.").arg(escaped(network.title), escaped(network.calibration)), "muted");
    }
    for (const std::string &band : bands) {
        if (!band.empty())
            html += paragraph(escaped(band) + QLatin1Char('.'), "muted");
    }
    return html;
}

template <class Make>
PageBlock rowOf(const FilmReport &report, const Make &make)
{
    // One or two networks must not fill the width.
    const double share = 1.0 / static_cast<double>(std::max<std::size_t>(report.networks.size(), 3));
    std::vector<PageColumn> columns;
    for (const ReportedNetwork &network : report.networks)
        columns.push_back({share, make(network)});
    return columnBlock(std::move(columns));
}

PageBlock mapsOf(const FilmReport &report, const QDir &folder)
{
    return rowOf(report, [&](const ReportedNetwork &network) -> std::vector<PageBlock> {
        const QImage map(folder.filePath(text(network.mapPicture)));
        const QString name = QStringLiteral("<b>%1</b>").arg(escaped(network.title));
        if (network.mapPicture.empty() || map.isNull())
            return {
                textBlock(paragraph(name)
                          + paragraph(network.noMap.empty() ? tr("No map.")
                                                            : tr("No map: %1.").arg(escaped(network.noMap)),
                                      "muted"))};
        return {textBlock(paragraph(name)), pictureBlock(map, text(network.mapTitle), mapHeight)};
    });
}

PageBlock sawOf(const FilmReport &report, const QDir &folder)
{
    return rowOf(report, [&](const ReportedNetwork &network) -> std::vector<PageBlock> {
        const QImage saw(folder.filePath(text(network.sawPicture)));
        const QString name = QStringLiteral("<b>%1</b>").arg(escaped(network.title));
        if (network.sawPicture.empty() || saw.isNull())
            return {
                textBlock(paragraph(name) + paragraph(tr("Nothing: it could not be prepared."), "muted"))};
        return {textBlock(paragraph(name)), pictureBlock(saw, text(network.saw), sawHeight)};
    });
}

QString cardsTable(const FilmReport &report)
{
    QString html = heading(tr("The networks"))
        + QStringLiteral(
              "<table width=\"100%\" cellspacing=\"0\" cellpadding=\"2\"><tr><th width=\"14%\">%1</th>"
              "<th width=\"17%\">%2</th><th>%3</th></tr>")
              .arg(tr("network"), tr("held-out films"), tr("trained on"));
    for (const ReportedNetwork &network : report.networks) {
        QString heldOut = tr("none known");
        if (network.heldOut) {
            const Share share = shareOf(network.heldOut->right, network.heldOut->films);
            heldOut = tr("%1 of %2 right: %3 (%4 to %5)")
                          .arg(network.heldOut->right)
                          .arg(network.heldOut->films)
                          .arg(share.share, 0, 'f', 2)
                          .arg(share.interval.low, 0, 'f', 2)
                          .arg(share.interval.high, 0, 'f', 2);
        }
        const auto same = std::ranges::find_if(report.networks, [&](const ReportedNetwork &other) {
            return other.trainingData == network.trainingData && other.limits == network.limits;
        });
        const QString training = network.trainingData.empty() ? tr("not told")
            : &*same != &network ? tr("the same films as %1").arg(escaped(same->title))
                                 : escaped(network.trainingData)
                + (network.limits.empty()
                       ? QString()
                       : QStringLiteral(" <span class=\"muted\">%1</span>").arg(escaped(network.limits)));
        html += QStringLiteral("<tr><td><b>%1</b><br>%2 %3<br><span class=\"muted\">%4</span></td><td>%5</td>"
                               "<td>%6</td></tr>")
                    .arg(escaped(network.title), escaped(network.id), escaped(network.version),
                         escaped(network.weightsSha256.substr(0, 12)), heldOut, training);
    }
    return html + QStringLiteral("</table>");
}

} // namespace

ReportPage filmPage(const FilmReport &report, const QString &folder)
{
    const QDir place(folder);
    ReportPage page(tr("%1: what the networks read").arg(text(report.name)));
    page.add(textBlock(headOf(report)));
    const QImage film(place.filePath(text(report.picture)));
    std::vector<PageColumn> top;
    if (!film.isNull())
        top.push_back({0.4, {pictureBlock(film, tr("The film as it opens"), filmHeight)}});
    top.push_back({film.isNull() ? 1 : 0.6, {textBlock(readingsText(report))}});
    page.add(columnBlock(std::move(top)));
    if (!isWithheld(report) && !report.label.empty()) {
        page.add(
            textBlock(heading(tr("Where they looked: evidence for %1").arg(classTitle(report.label)))
                      + paragraph(tr("Bright is each network's own strongest evidence; where nothing was "
                                     "found the film stays bare. A map shows where, not what, and not "
                                     "whether it is right."),
                                  "muted")));
        page.add(mapsOf(report, place));
    }
    page.add(textBlock(heading(tr("What each network saw"))));
    page.add(sawOf(report, place));
    page.add(textBlock(cardsTable(report)));
    page.setFooter(
        paragraph(tr("%1 \u00b7 film sha256 %2 \u00b7 report.json beside this page holds every number; "
                     "hilum-cli verify works them out again. <b>%3</b>")
                      .arg(escaped(report.software), escaped(report.sha256), escaped(report.notice)),
                  "muted"));
    return page;
}

} // namespace hilum::ui
