// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/RunEvent.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>

namespace hilum::ui {

namespace {

constexpr int mostClasses = 1000;
constexpr int mostFilms = 100'000'000;

double number(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toDouble(std::numeric_limits<double>::quiet_NaN());
}

int whole(const QJsonObject &object, const char *key) { return object.value(QLatin1String(key)).toInt(); }

QString text(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString();
}

std::vector<std::string> names(const QJsonObject &object)
{
    std::vector<std::string> found;
    for (const QJsonValue &name : object.value(QLatin1String("classes")).toArray())
        found.push_back(name.toString().toStdString());
    return found;
}

std::optional<ConfusionMatrix> matrixOf(const QJsonArray &rows, std::size_t classes)
{
    const int count = static_cast<int>(rows.size());
    if (count < 1 || count > mostClasses || static_cast<std::size_t>(count) != classes)
        return std::nullopt;
    ConfusionMatrix matrix(count);
    for (int truth = 0; truth < count; ++truth) {
        const QJsonArray row = rows[truth].toArray();
        if (row.size() != count)
            return std::nullopt;
        for (int predicted = 0; predicted < count; ++predicted) {
            const int films = row[predicted].toInt(-1);
            if (films < 0 || films > mostFilms)
                return std::nullopt;
            matrix.add(truth, predicted, films);
        }
    }
    return matrix;
}

RunEvent started(const QJsonObject &object)
{
    const QJsonObject films = object.value(QLatin1String("films")).toObject();
    return RunStarted{
        text(object, "architecture"), text(object, "device"),     names(object),
        whole(films, "train"),        whole(films, "validation"), whole(films, "heldOut"),
        whole(object, "epochs"),      whole(object, "steps"),     whole(object, "resumedAtStep")};
}

RunEvent step(const QJsonObject &object)
{
    return RunStep{
        whole(object, "epoch"),           whole(object, "epochs"),      whole(object, "step"),
        whole(object, "stepsInEpoch"),    whole(object, "size"),        number(object, "fraction"),
        number(object, "loss"),           number(object, "accuracy"),   number(object, "learningRate"),
        number(object, "filmsPerSecond"), number(object, "secondsLeft")};
}

RunEvent epoch(const QJsonObject &object)
{
    RunEpoch told;
    const auto record = [&](const char *split) {
        const QJsonObject part = object.value(QLatin1String(split)).toObject();
        return EpochRecord{whole(object, "epoch"),   split,
                           number(part, "loss"),     number(part, "accuracy"),
                           number(part, "auc"),      number(object, "learningRate"),
                           number(object, "seconds")};
    };
    told.train = record("train");
    told.validation = record("validation");
    told.epochs = whole(object, "epochs");
    told.secondsLeft = number(object, "secondsLeft");
    told.classes = names(object);
    told.confusion = matrixOf(object.value(QLatin1String("confusion")).toArray(), told.classes.size());
    return told;
}

} // namespace

std::optional<RunEvent> runEvent(const QByteArray &line)
{
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (!document.isObject())
        return std::nullopt;
    const QJsonObject object = document.object();
    const QString event = text(object, "event");
    if (event == QLatin1String("start"))
        return started(object);
    if (event == QLatin1String("step"))
        return step(object);
    if (event == QLatin1String("epoch"))
        return epoch(object);
    if (event == QLatin1String("note"))
        return RunNote{text(object, "message")};
    if (event == QLatin1String("done"))
        return RunDone{text(object, "folder"), number(object, "heldOutAccuracy"),
                       whole(object, "heldOutFilms"), whole(object, "selectedEpoch")};
    if (event == QLatin1String("error"))
        return RunError{text(object, "code").toStdString(), text(object, "message")};
    if (object.contains(QLatin1String("film")) && object.contains(QLatin1String("error")))
        return RunUnreadable{text(object, "film"),
                             text(object.value(QLatin1String("error")).toObject(), "message")};
    return std::nullopt;
}

} // namespace hilum::ui
