// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// hilum-plot: draws what hilum-cli wrote, without a screen.
//
//     hilum-plot scatter comparison.csv --class covid -o scatter.svg -o scatter.png
//     hilum-plot comparison FOLDER -o FOLDER
//     hilum-plot film-report FOLDER -o FOLDER --paper letter
//
// Errors:  exit status 0: all is written; 1: data that can't be read, or a file that can't be written, which
//          stderr names; 2: wrong usage.

#include "app/plot/Reports.h"
#include "ui/plots/ComparisonPlots.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QLoggingCategory>

#include <cstdio>
#include <functional>
#include <optional>

using namespace hilum;
using namespace hilum::ui;

namespace {

constexpr int exitDone = 0;
constexpr int exitFailed = 1;
constexpr int exitWrongUsage = 2;
const QStringList endings{QStringLiteral("png"), QStringLiteral("svg"), QStringLiteral("pdf")};

struct Request {
    std::filesystem::path data;
    std::string label; // empty: the first class
};

using Plots = std::vector<NamedPlot>;

struct Kind {
    const char *name;
    const char *words;
    bool isMany; // files by their own names into a folder
    std::function<Result<Plots>(const Request &)> draw;
};

Result<int> labelOf(const FilmComparison &comparison, const Request &request)
{
    if (request.label.empty())
        return 0;
    const auto found = std::ranges::find(comparison.classes, request.label);
    if (found != comparison.classes.end())
        return static_cast<int>(found - comparison.classes.begin());
    std::string known;
    for (const std::string &label : comparison.classes)
        known += (known.empty() ? "" : ", ") + label;
    return fail(ErrorCode::UsageWrong,
                "--class: expected one of " + known + ", found \"" + request.label + "\"");
}

Plots one(NamedPlot plot)
{
    Plots plots;
    plots.push_back(std::move(plot));
    return plots;
}

std::function<Result<Plots>(const Request &)> pairs(PairPlot::View view)
{
    return [view](const Request &request) -> Result<Plots> {
        const auto comparison = readComparison(request.data);
        if (!comparison)
            return tl::unexpected(comparison.error());
        const auto label = labelOf(*comparison, request);
        if (!label)
            return tl::unexpected(label.error());
        return one(pairPlot(*comparison, *label, view));
    };
}

using Drawn = Plots (*)(const FilmComparison &, const ModelComparison &);

std::function<Result<Plots>(const Request &)> withStatistics(Drawn draw)
{
    return [draw](const Request &request) -> Result<Plots> {
        const auto comparison = readComparison(request.data);
        if (!comparison)
            return tl::unexpected(comparison.error());
        return draw(*comparison, compareModels(comparison->read, comparison->classes));
    };
}

const std::vector<Kind> &kinds()
{
    static const std::vector<Kind> all{
        {"scatter", "one network's probability of a class against the other's", false,
         pairs(PairPlot::View::Both)},
        {"difference", "the difference of both against their mean", false, pairs(PairPlot::View::Difference)},
        {"calls", "what one network called what the other called what", false,
         withStatistics(
             [](const FilmComparison &c, const ModelComparison &s) { return one(callsPlot(c, s)); })},
        {"sources", "how often they agree and are right, by source", false,
         withStatistics(
             [](const FilmComparison &c, const ModelComparison &s) { return one(sourcesPlot(c, s)); })},
        {"comparison", "all of these, as PNG, SVG and PDF, into the folder -o DIR", true,
         withStatistics(comparisonPlots)},
    };
    return all;
}

// Whole reports; they go into the folder -o DIR.
struct ReportKind {
    const char *name;
    const char *words;
    Result<void> (*write)(const QString &data, const QString &folder, QPageSize::PageSizeId paper);
};

constexpr ReportKind reportKinds[] = {
    {"film-report", "report.pdf, .png and .html of what hilum-cli report read", writeFilmReport},
    {"evaluation", "report.pdf and .png of what hilum-cli evaluate found, its plots as PDF and PNG",
     writeEvaluation},
};

QString helpText()
{
    QString text
        = QStringLiteral("Draws what hilum-cli wrote. For education, not for diagnosis.\n\n"
                         "DATA of these kinds is a comparison.csv or its folder (hilum-cli compare):\n");
    for (const Kind &kind : kinds())
        text += QStringLiteral("  %1 %2\n").arg(QLatin1String(kind.name), -12).arg(QLatin1String(kind.words));
    text += QStringLiteral("\nDATA of these is the report's folder, -o DIR where they go:\n");
    for (const ReportKind &kind : reportKinds)
        text += QStringLiteral("  %1 %2\n").arg(QLatin1String(kind.name), -12).arg(QLatin1String(kind.words));
    return text;
}

int wrongUsage(const QString &words)
{
    std::fprintf(stderr, "hilum-plot: %s (hilum-plot --help)\n", qPrintable(words));
    return exitWrongUsage;
}

// "760x640"; nothing where it is none.
std::optional<QSize> sizeIn(const QString &text)
{
    const QStringList sides = text.split(QLatin1Char('x'));
    bool isWidth = false;
    bool isHeight = false;
    const QSize size(sides.value(0).toInt(&isWidth), sides.value(1).toInt(&isHeight));
    const bool fits = sides.size() == 2 && isWidth && isHeight && size.width() >= 200 && size.height() >= 150
        && size.width() <= 8000 && size.height() <= 8000;
    return fits ? std::optional(size) : std::nullopt;
}

int save(Plots &plots, const QStringList &targets, const PlotTheme &theme, std::optional<QSize> size,
         bool isMany)
{
    int status = exitDone;
    for (NamedPlot &named : plots) {
        named.plot->setTheme(theme);
        if (size)
            named.plot->resize(*size);
        QStringList files = targets;
        if (isMany) {
            files.clear();
            for (const QString &ending : endings)
                files << QDir(targets.front()).filePath(named.name + QLatin1Char('.') + ending);
        }
        for (const QString &file : files) {
            if (savePlot(*named.plot, file))
                continue;
            std::fprintf(stderr, "hilum-plot: %s: can't be written\n", qPrintable(file));
            status = exitFailed;
        }
    }
    return status;
}

int writeReport(const ReportKind &kind, const QString &data, const QStringList &targets, const QString &paper)
{
    if (targets.size() != 1)
        return wrongUsage(QStringLiteral("expected one folder after -o"));
    if (paper != QLatin1String("a4") && paper != QLatin1String("letter"))
        return wrongUsage(QStringLiteral("--paper: expected a4 or letter, found \"%1\"").arg(paper));
    const auto written
        = kind.write(data, targets.front(), paper == QLatin1String("a4") ? QPageSize::A4 : QPageSize::Letter);
    if (written)
        return exitDone;
    std::fprintf(stderr, "hilum-plot: %s\n", written.error().detail.c_str());
    return exitFailed;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen"); // there may be no screen, and none is needed
    QLoggingCategory::setFilterRules(QStringLiteral("default.warning=false")); // Qt's own, about the session
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("hilum-plot"));
    QApplication::setApplicationVersion(QStringLiteral(HILUM_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(helpText());
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("KIND"), QStringLiteral("What to draw."));
    parser.addPositionalArgument(QStringLiteral("DATA"), QStringLiteral("The file or folder that it is of."));
    parser.addOptions(
        {{{QStringLiteral("o"), QStringLiteral("output")},
          QStringLiteral("File to write, by its ending PNG, SVG, PDF or CSV; may be given several times."),
          QStringLiteral("FILE")},
         {QStringLiteral("class"), QStringLiteral("Whose probability (default: the first)."),
          QStringLiteral("LABEL")},
         {QStringLiteral("size"),
          QStringLiteral("Of the plot in pixels, without title and stamp; PNG has twice as many."),
          QStringLiteral("WxH")},
         {QStringLiteral("dark"), QStringLiteral("Light on dark.")},
         {QStringLiteral("paper"), QStringLiteral("Of a report: a4 (default) or letter."),
          QStringLiteral("SIZE"), QStringLiteral("a4")}});
    parser.process(application);
    const QStringList words = parser.positionalArguments();
    const QStringList targets = parser.values(QStringLiteral("output"));
    if (words.size() != 2 || targets.isEmpty())
        return wrongUsage(QStringLiteral("expected KIND DATA -o FILE"));
    for (const ReportKind &report : reportKinds) {
        if (words[0] == QLatin1String(report.name))
            return writeReport(report, words[1], targets, parser.value(QStringLiteral("paper")));
    }
    const auto kind = std::ranges::find_if(
        kinds(), [&](const Kind &known) { return words[0] == QLatin1String(known.name); });
    if (kind == kinds().end())
        return wrongUsage(QStringLiteral("expected a kind of plot, found \"%1\"").arg(words[0]));
    const auto size = sizeIn(parser.value(QStringLiteral("size")));
    if (parser.isSet(QStringLiteral("size")) && !size)
        return wrongUsage(QStringLiteral("--size: expected WxH from 200x150 to 8000x8000, found \"%1\"")
                              .arg(parser.value(QStringLiteral("size"))));
    const Request request{words[1].toStdString(), parser.value(QStringLiteral("class")).toStdString()};
    auto plots = kind->draw(request);
    if (!plots) {
        std::fprintf(stderr, "hilum-plot: %s\n", plots.error().detail.c_str());
        return plots.error().code == ErrorCode::UsageWrong ? exitWrongUsage : exitFailed;
    }
    return save(*plots, targets, parser.isSet(QStringLiteral("dark")) ? PlotTheme() : paperTheme(), size,
                kind->isMany);
}
