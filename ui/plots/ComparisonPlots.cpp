// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/ComparisonPlots.h"

#include "ui/plots/ClassNames.h"
#include "ui/plots/ConfusionView.h"
#include "ui/plots/SharesPlot.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

constexpr QSize squarish{760, 640};

QString tr(const char *text) { return QCoreApplication::translate("ComparisonPlots", text); }

std::array<QString, 2> namesOf(const FilmComparison &comparison)
{
    const auto names = comparison.names();
    return {QString::fromStdString(names[0]), QString::fromStdString(names[1])};
}

QString fileWord(const std::string &label)
{
    QString word;
    for (const QChar letter : QString::fromStdString(label))
        word += letter.isLetterOrNumber() ? letter.toLower() : QLatin1Char('-');
    return word;
}

template <class Plot>
NamedPlot named(const QString &name, std::unique_ptr<Plot> plot, const FilmComparison &comparison, QSize size)
{
    plot->setProvenance(QString::fromStdString(comparison.provenance()));
    plot->resize(size);
    return {name, std::move(plot)};
}

} // namespace

Pairs pairsOf(const FilmComparison &comparison, int label)
{
    const auto at = static_cast<std::size_t>(label);
    Pairs pairs;
    pairs.of = classTitle(comparison.classes[at]);
    pairs.names = namesOf(comparison);
    pairs.classes = comparison.classes;
    pairs.points.reserve(comparison.read.size());
    for (const TwiceReadFilm &film : comparison.read)
        pairs.points.push_back(
            {film.first[at], film.second[at], film.truth, film.firstCall() == film.secondCall()});
    if (label == 0)
        pairs.thresholds = {comparison.models[0].operatingPoint, comparison.models[1].operatingPoint};
    pairs.provenance = QString::fromStdString(comparison.provenance());
    return pairs;
}

NamedPlot pairPlot(const FilmComparison &comparison, int label, PairPlot::View view)
{
    auto plot = std::make_unique<PairPlot>();
    Pairs pairs = pairsOf(comparison, label);
    std::vector<QString> films;
    for (const TwiceReadFilm &film : comparison.read)
        films.push_back(QString::fromStdString(film.film));
    pairs.nameOf = [films = std::move(films)](int point) { return films[static_cast<std::size_t>(point)]; };
    plot->setPairs(std::move(pairs));
    plot->setView(view);
    const QString kind
        = view == PairPlot::View::Both ? QStringLiteral("scatter-") : QStringLiteral("difference-");
    return named(kind + fileWord(comparison.classes[static_cast<std::size_t>(label)]), std::move(plot),
                 comparison, squarish);
}

NamedPlot callsPlot(const FilmComparison &comparison, const ModelComparison &statistics)
{
    const auto names = namesOf(comparison);
    auto plot = std::make_unique<ConfusionView>();
    plot->setCalls(tr("What %1 and %2 call the same films").arg(names[0], names[1]), comparison.classes,
                   statistics.calls, names[0], names[1], QString::fromStdString(comparison.provenance()));
    return named(QStringLiteral("calls"), std::move(plot), comparison, QSize(680, 560));
}

NamedPlot sourcesPlot(const FilmComparison &comparison, const ModelComparison &statistics)
{
    const auto names = namesOf(comparison);
    const auto rowOf = [](const QString &name, const ComparedFilms &part) {
        return SharesRow{name, {part.agree, part.firstRight, part.secondRight}};
    };
    std::vector<SharesRow> rows{rowOf(tr("all films"), statistics.all)};
    for (const ComparedFilms &part : statistics.sources)
        rows.push_back(
            rowOf(part.source.empty() ? tr("source not named") : QString::fromStdString(part.source), part));
    auto plot = std::make_unique<SharesPlot>();
    plot->setRows(tr("How often %1 and %2 agree and are right, by source").arg(names[0], names[1]),
                  {tr("same call"), tr("%1 right").arg(names[0]), tr("%1 right").arg(names[1])},
                  std::move(rows), QString::fromStdString(comparison.provenance()));
    const QSize size = plot->sizeHint();
    return named(QStringLiteral("sources"), std::move(plot), comparison, {860, size.height()});
}

std::vector<NamedPlot> comparisonPlots(const FilmComparison &comparison, const ModelComparison &statistics)
{
    std::vector<NamedPlot> plots;
    for (const PairPlot::View view : {PairPlot::View::Both, PairPlot::View::Difference}) {
        for (int label = 0; label < static_cast<int>(comparison.classes.size()); ++label)
            plots.push_back(pairPlot(comparison, label, view));
    }
    plots.push_back(callsPlot(comparison, statistics));
    plots.push_back(sourcesPlot(comparison, statistics));
    return plots;
}

bool savePlot(PlotSurface &plot, const QString &path)
{
    const QString ending = path.section(QLatin1Char('.'), -1).toLower();
    if (ending == QLatin1String("png"))
        return plot.exportPng(path);
    if (ending == QLatin1String("svg"))
        return plot.exportSvg(path);
    if (ending == QLatin1String("pdf"))
        return plot.exportPdf(path);
    return ending == QLatin1String("csv") && plot.exportCsv(path);
}

PlotTheme paperTheme()
{
    return {QColor(0xff, 0xff, 0xff), QColor(0xf4, 0xf4, 0xf2), QColor(0xd4, 0xd8, 0xdc),
            QColor(0x1c, 0x1e, 0x21), QColor(0x5a, 0x60, 0x68), QColor(0x12, 0x62, 0xa8)};
}

} // namespace hilum::ui
