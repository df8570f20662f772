// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/report/EvaluationPage.h"

#include "ui/plots/ClassNames.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgRenderer>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace hilum::ui {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t mostNetworks = 4; // with plots
constexpr std::size_t mostClasses = 12; // rows
constexpr std::size_t mostFindings = 6;
constexpr double plotHeight = 0.24; // of the sheet

QString tr(const char *text) { return QCoreApplication::translate("EvaluationPage", text); }

struct Model {
    std::string id;
    const Json *json;
};

QString escaped(const std::string &utf8) { return QString::fromStdString(utf8).toHtmlEscaped(); }

QString paragraph(const QString &words, const char *role = nullptr)
{
    return role ? QStringLiteral("<p class=\"%1\">%2</p>").arg(QLatin1String(role), words)
                : QStringLiteral("<p>%1</p>").arg(words);
}

QString heading(const QString &words) { return QStringLiteral("<h2>%1</h2>").arg(words.toHtmlEscaped()); }

QString cell(const QString &words) { return QStringLiteral("<td>%1</td>").arg(words); }
QString head(const QString &words) { return QStringLiteral("<th>%1</th>").arg(words); }

QString tableOf(const QString &rows)
{
    return QStringLiteral("<table width=\"100%\" cellspacing=\"0\" cellpadding=\"2\">%1</table>").arg(rows);
}

QString number(const Json &value, char format = 'f', int digits = 3)
{
    return value.is_number() ? QString::number(value.get<double>(), format, digits)
                             : QStringLiteral("\u2013");
}

// {"value","low","high"} as "0.812 (0.790 to 0.834)".
QString figure(const Json &json, int digits = 3)
{
    if (!json.is_object() || !json.at("value").is_number())
        return QStringLiteral("\u2013");
    if (!json.at("low").is_number())
        return number(json.at("value"), 'f', digits);
    return tr("%1 <span class=\"muted\">(%2 to %3)</span>")
        .arg(number(json.at("value"), 'f', digits), number(json.at("low"), 'f', digits),
             number(json.at("high"), 'f', digits));
}

// {"value", and the ends of its interval under `ends`}.
QString between(const Json &json, const char *ends, int digits)
{
    const Json &interval = json.at(ends);
    if (!interval.is_array() || interval.size() != 2)
        return number(json.at("value"), 'f', digits);
    return figure({{"value", json.at("value")}, {"low", interval[0]}, {"high", interval[1]}}, digits);
}

QString textAt(const Json &json, const char *key)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? escaped(found->get<std::string>()) : QString();
}

std::vector<Model> modelsOf(const Json &report)
{
    std::vector<Model> models;
    if (!report.contains("models"))
        return {{report.at("model").at("id").get<std::string>(), &report}};
    for (const auto &[id, model] : report.at("models").items())
        models.push_back({id, &model});
    return models;
}

QString headOf(const Json &report, const std::vector<Model> &models)
{
    const Json &first = *models.front().json;
    QString of;
    if (report.contains("films"))
        of = textAt(report["films"], "file") + QStringLiteral(": ") + textAt(report["films"], "which");
    else if (first.contains("input"))
        of = textAt(first["input"], "file");
    QStringList names;
    for (const Model &model : models)
        names << escaped(model.id);
    QString html = QStringLiteral("<h1>%1</h1>").arg(tr("How good is it? %1").arg(names.join(tr(", "))))
        + paragraph(QStringLiteral("<b>%1</b>").arg(textAt(report, "notice")), "warning");
    html += paragraph(tr("%1 films of %2 patients, as far as they are known. %3")
                          .arg(first.at("filmCount").get<int>())
                          .arg(first.at("patientCount").get<int>())
                          .arg(of));
    return html
        + paragraph(tr("In brackets: the interval in which a number may well lie (95 %), given how few films "
                       "were read."),
                    "muted");
}

QString numbersTable(const std::vector<Model> &models)
{
    const std::pair<const char *, QString> rows[] = {
        {"accuracy", tr("accuracy")},     {"balancedAccuracy", tr("balanced accuracy")},
        {"macroF1", tr("macro F1")},      {"aucMacro", tr("area, one v rest")},
        {"kappa", tr("Cohen's kappa")},   {"matthews", tr("Matthews")},
        {"ece", tr("calibration error")}, {"brier", tr("Brier score")},
    };
    QString html = QStringLiteral("<tr><th></th>");
    for (const Model &model : models)
        html += head(escaped(model.id));
    html += QStringLiteral("</tr>");
    for (const auto &[key, title] : rows) {
        html += QStringLiteral("<tr>") + cell(title);
        for (const Model &model : models)
            html += cell(figure(model.json->at(key)));
        html += QStringLiteral("</tr>");
    }
    return tableOf(html);
}

QString classesTable(const std::vector<Model> &models)
{
    QString html = QStringLiteral("<tr>") + head(tr("class")) + head(tr("films")) + head(tr("sensitivity"))
        + head(tr("specificity")) + head(tr("precision")) + head(tr("F1")) + head(tr("area"))
        + QStringLiteral("</tr>");
    std::size_t left = mostClasses;
    std::size_t all = 0;
    for (const Model &model : models) {
        for (const auto &[label, one] : model.json->at("perClass").items()) {
            ++all;
            if (left == 0)
                continue;
            --left;
            const QString name = classTitle(label).toHtmlEscaped()
                + (models.size() == 1
                       ? QString()
                       : QStringLiteral(" <span class=\"muted\">%1</span>").arg(escaped(model.id)));
            html += QStringLiteral("<tr>") + cell(name) + cell(QString::number(one.at("films").get<int>()))
                + cell(figure(one.at("sensitivity"), 2)) + cell(figure(one.at("specificity"), 2))
                + cell(figure(one.at("precision"), 2)) + cell(figure(one.at("f1"), 2))
                + cell(figure(one.at("auc"), 2)) + QStringLiteral("</tr>");
        }
    }
    return tableOf(html)
        + (all > mostClasses ? paragraph(tr("and %1 more in report.html").arg(all - mostClasses), "muted")
                             : QString());
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Two and two.
void addPlots(const std::vector<QString> &files, ReportPage &page)
{
    std::vector<PageColumn> row;
    for (const QString &file : files) {
        const QByteArray svg = bytesOf(file);
        if (svg.isEmpty())
            continue;
        row.push_back({0.5, {plotBlock(svg, {}, plotHeight)}});
        if (row.size() == 2)
            page.add(columnBlock(std::exchange(row, {})));
    }
    if (!row.empty())
        page.add(columnBlock(std::move(row)));
}

std::vector<QString> plotsOf(const std::vector<Model> &models, const QDir &folder)
{
    std::vector<QString> files;
    const auto add = [&](const QString &place, const char *name) {
        files.push_back(folder.filePath(QStringLiteral("plots/%1%2.svg").arg(place, QLatin1String(name))));
    };
    if (models.size() == 1) {
        for (const char *name : {"roc", "precision-recall", "reliability", "decision"})
            add({}, name);
        return files;
    }
    for (const char *name : {"roc", "confusion"}) {
        for (std::size_t i = 0; i < std::min(models.size(), mostNetworks); ++i)
            add(QString::fromStdString(models[i].id) + QLatin1Char('/'), name);
        if (models.size() > 2)
            break; // the matrices are in report.html
    }
    return files;
}

QString pairsTable(const Json &report)
{
    QString html = QStringLiteral("<tr>") + head(tr("against each other")) + head(tr("films"))
        + head(tr("difference of accuracy, by patient")) + head(tr("McNemar p")) + head(tr("kappa"))
        + QStringLiteral("</tr>");
    for (const Json &pair : report.at("pairs")) {
        html += QStringLiteral("<tr>")
            + cell(tr("%1 less %2").arg(textAt(pair, "first"), textAt(pair, "second")));
        if (pair.contains("problem")) {
            html += QStringLiteral("<td colspan=\"4\">%1</td></tr>")
                        .arg(tr("not compared: %1").arg(textAt(pair, "problem")));
            continue;
        }
        const Json &all = pair.at("all");
        const Json &difference = pair.at("difference");
        html += cell(QString::number(all.at("films").get<int>())) + cell(between(difference, "patients", 3))
            + cell(number(all.at("mcnemar").at("p"), 'g', 3)) + cell(between(all.at("kappa"), "interval", 2))
            + QStringLiteral("</tr>");
    }
    return tableOf(html);
}

QString findings(const Json &report, const Model &model)
{
    QStringList sentences;
    for (const Json *list :
         {model.json->contains("audit") ? &model.json->at("audit") : nullptr,
          report.contains("filmAudit") ? &report.at("filmAudit").at("findings") : nullptr}) {
        for (std::size_t i = 0; list && i < list->size(); ++i)
            sentences << textAt((*list)[i], "sentence");
    }
    QString html = heading(tr("What these films could mislead by"));
    for (qsizetype i = 0; i < std::min<qsizetype>(sentences.size(), mostFindings); ++i)
        html += paragraph(sentences[i]);
    if (sentences.size() > qsizetype(mostFindings))
        html += paragraph(tr("and %1 more in report.html").arg(sentences.size() - qsizetype(mostFindings)),
                          "muted");
    return html;
}

QString provenance(const Json &report, const std::vector<Model> &models)
{
    QStringList lines;
    const qsizetype digits = models.size() == 1 ? 64 : 16; // of hashes; report.json has them whole
    const auto addFile = [&](const QString &what, const Json &owner, const char *key) {
        if (owner.contains(key))
            lines << tr("%1: %2 <span class=\"muted\">%3</span>")
                         .arg(what, textAt(owner[key], "file"), textAt(owner[key], "sha256").left(digits));
    };
    addFile(tr("films"), report, "films");
    addFile(tr("audit"), report, "filmAudit");
    for (const Model &one : models) {
        const Json &model = one.json->at("model");
        QString words = tr("network %1").arg(escaped(one.id));
        for (const char *key : {"version", "weightsSha256"}) {
            if (const QString more = textAt(model, key); !more.isEmpty())
                words += QStringLiteral(", ") + (*key == 'w' ? tr("weights %1").arg(more) : more);
        }
        if (const QString data = textAt(model, "trainingData"); !data.isEmpty())
            words += QStringLiteral(". ") + tr("Trained on: %1").arg(data);
        lines << words;
        addFile(tr("predictions"), *one.json, "predictions");
        addFile(tr("read from"), *one.json, "input");
    }
    QString html = heading(tr("Where it comes from"));
    for (const QString &line : lines)
        html += paragraph(line);
    if (!report.at("failed").empty())
        html += paragraph(
            tr("%1 films could not be read and are in no number.").arg(report.at("failed").size()),
            "warning");
    return html;
}

ReportPage pageOf(const Json &report, const QDir &folder)
{
    const std::vector<Model> models = modelsOf(report);
    QStringList names;
    for (const Model &model : models)
        names << QString::fromStdString(model.id);
    ReportPage page(tr("How good is it? %1").arg(names.join(tr(", "))));
    page.add(textBlock(headOf(report, models)));
    const QByteArray matrix = bytesOf(folder.filePath(QStringLiteral("plots/confusion.svg")));
    if (models.size() == 1 && !matrix.isEmpty())
        page.add(columnBlock(
            {{0.5, {textBlock(numbersTable(models))}}, {0.5, {plotBlock(matrix, {}, plotHeight)}}}));
    else
        page.add(textBlock(numbersTable(models)));
    page.add(textBlock(classesTable(models)));
    addPlots(plotsOf(models, folder), page);
    if (models.size() > 1)
        page.add(textBlock(pairsTable(report)));
    page.add(textBlock(findings(report, models.front())));
    page.add(textBlock(provenance(report, models)));
    const Json &settings = report.at("settings");
    page.setFooter(paragraph(
        tr("%1 \u00b7 %2 draws of patients, seed %3 \u00b7 report.json beside this page holds every number, "
           "report.html every plot; hilum-cli verify works them out again. <b>%4</b>")
            .arg(textAt(report, "software"), QString::number(settings.at("draws").get<int>()),
                 QString::number(settings.at("seed").get<std::uint64_t>()), textAt(report, "notice")),
        "muted"));
    return page;
}

} // namespace

Result<ReportPage> evaluationPage(const std::filesystem::path &folder)
{
    const auto file = folder / "report.json";
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be opened for reading");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const Json report = Json::parse(text, nullptr, false);
    if (report.is_discarded() || !report.is_object() || report.value("kind", Json()) != "hilum-evaluation")
        return fail(ErrorCode::DataCorrupt, file.string() + ": expected a report of hilum-cli evaluate");
    try {
        return pageOf(report, QDir(QString::fromStdString(folder.string())));
    } catch (const Json::exception &exception) {
        return fail(ErrorCode::DataCorrupt, file.string() + ": " + exception.what());
    }
}

bool drawSvg(const QString &svg, const QString &pdf, const QString &png)
{
    QSvgRenderer renderer(svg);
    if (!renderer.isValid())
        return false;
    const QSize size = renderer.defaultSize();
    QImage image(size * 2, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter);
    painter.end();
    QPdfWriter writer(pdf);
    constexpr int dpi = 1200;
    constexpr double pixel = 72.0 / 96; // points
    writer.setResolution(dpi);
    writer.setPageSize(QPageSize(QSizeF(size) * pixel, QPageSize::Point, {}, QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    QPainter page;
    if (!page.begin(&writer))
        return false;
    renderer.render(&page, QRectF(0, 0, writer.width(), writer.height()));
    return page.end() && image.save(png, "PNG");
}

} // namespace hilum::ui
