// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/StudentProject.h"

#include "core/report/Csv.h"
#include "ui/bridge/Convert.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace hilum::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("StudentProject", text); }

QString percent(double share) { return QString::number(std::lround(100 * share)); }

} // namespace

QString PublishedFigure::text() const
{
    const Interval ends = interval();
    return tr("%1 of %2: %3 %, interval %4\u2013%5 %")
        .arg(QString::number(hits), QString::number(films), percent(share()), percent(ends.low),
             percent(ends.high));
}

std::vector<StudentProject> projectsOf(const Recipe &recipe)
{
    const QJsonObject history = QJsonDocument::fromJson(QByteArray::fromStdString(recipe.history)).object();
    std::vector<StudentProject> projects;
    for (const QJsonValue value : history[QLatin1String("projects")].toArray()) {
        const QJsonObject from = value.toObject();
        StudentProject project;
        project.project = from[QLatin1String("project")].toString();
        project.year = history[QLatin1String("year")].toInt();
        project.recipe = toText(recipe.name);
        project.title = toText(recipe.title);
        project.network = from[QLatin1String("network")].toString();
        project.films = from[QLatin1String("films")].toString();
        project.training = from[QLatin1String("training")].toString();
        for (const QJsonValue figure : from[QLatin1String("figures")].toArray()) {
            const QJsonObject numbers = figure.toObject();
            const int hits = numbers[QLatin1String("hits")].toInt(-1);
            const int films = numbers[QLatin1String("films")].toInt();
            if (hits >= 0 && films > 0 && hits <= films)
                project.figures.push_back({numbers[QLatin1String("what")].toString(), hits, films});
        }
        for (const QJsonValue sentence : from[QLatin1String("wentWrong")].toArray())
            project.wentWrong << sentence.toString();
        projects.push_back(std::move(project));
    }
    return projects;
}

QString csvOf(const std::vector<StudentProject> &projects)
{
    QString text = QStringLiteral("project,recipe,figure,hits,films,share,low,high\n");
    const auto field = [](const QString &value) { return toText(csvField(value.toStdString())); };
    for (const StudentProject &project : projects) {
        for (const PublishedFigure &figure : project.figures) {
            const Interval ends = figure.interval();
            text += QStringList{field(project.project),
                                field(project.recipe),
                                field(figure.what),
                                QString::number(figure.hits),
                                QString::number(figure.films),
                                toText(csvNumber(figure.share())),
                                toText(csvNumber(ends.low)),
                                toText(csvNumber(ends.high))}
                        .join(QLatin1Char(','))
                + QLatin1Char('\n');
        }
    }
    return text;
}

} // namespace hilum::ui
