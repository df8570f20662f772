// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Children that stand for hilum-cli train: shell scripts that report, hang, die or babble on cue.
#pragma once

#include "ui/train/RunStore.h"

#include <QDir>
#include <QFile>
#include <QImage>

#include <utility>

namespace hilum::ui::test {

// train MANIFEST --recipe FILE --output FOLDER --id NAME --json: $6 is the folder, $8 the name.
inline const char *const reports = R"(
echo '{"event":"start","recipe":"r","architecture":"tiny","classes":["sick","well"],"device":"cpu","folder":"f","films":{"train":6,"validation":2,"heldOut":4},"epochs":2,"steps":4,"size":64,"resumedAtStep":0}'
echo '{"film":"sick/broken.png","error":{"code":"data-corrupt","message":"expected 200 bytes, found 3"}}'
echo '{"event":"step","epoch":1,"epochs":2,"step":1,"stepsInEpoch":2,"size":64,"fraction":0.25,"loss":0.9,"accuracy":0.5,"learningRate":0.001,"filmsPerSecond":12.5,"secondsLeft":130}'
echo '{"event":"step","epoch":1,"epochs":2,"step":2,"stepsInEpoch":2,"size":64,"fraction":0.5,"loss":0.7,"accuracy":0.6,"learningRate":0.002,"filmsPerSecond":12.5,"secondsLeft":120}'
echo '{"event":"epoch","epoch":1,"epochs":2,"learningRate":0.002,"seconds":3,"secondsLeft":110,"train":{"loss":0.7,"accuracy":0.6},"validation":{"loss":0.6,"accuracy":0.75,"auc":null},"confusion":[[1,0],[1,2]],"classes":["sick","well"]}'
)";

inline const char *const finishes = R"(
printf '{"schemaVersion":1,"id":"%s","title":"%s","architecture":"tiny","classes":["sick","well"],"input":{"size":64},"temperature":1,"weightsSha256":"0"}' "$8" "$8" > "$6/card.json"
printf 'film,group,fold,truth,source,p_sick,p_well\na,a,0,sick,,0.9,0.1\nb,b,0,well,,0.2,0.8\nc,c,0,well,,0.3,0.7\nd,d,0,sick,,0.4,0.6\n' > "$6/predictions.csv"
echo '{"event":"done","folder":"f","id":"n","heldOutAccuracy":0.75,"heldOutFilms":4,"temperature":1,"selectedEpoch":2}'
)";

inline const char *const keepsACheckpoint = R"(
trap 'touch "$6/checkpoint.safetensors"; echo "{\"event\":\"error\",\"code\":\"cancelled\",\"message\":\"stopped\"}"; exit 1' TERM
while :; do sleep 0.05; done
)";

inline void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s can't be written", qPrintable(path));
}

inline QString child(const QDir &folder, const QString &script)
{
    const QString path = folder.filePath(QStringLiteral("child-%1").arg(qHash(script)));
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write("#!/bin/sh\n" + script.toUtf8());
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
}

// A grey picture is a film, too.
inline void writeFilms(const QString &folder, int count, int level = 100)
{
    QDir().mkpath(folder);
    for (int i = 0; i < count; ++i) {
        QImage film(32, 32, QImage::Format_Grayscale8);
        film.fill(level + i);
        film.save(QStringLiteral("%1/film%2.png").arg(folder).arg(i));
    }
}

inline RecipeOffer tinyRecipe()
{
    RecipeOffer offer;
    offer.name = QStringLiteral("tiny");
    offer.title = QStringLiteral("Tiny");
    offer.json = {{QStringLiteral("architecture"), QStringLiteral("densenet121")}};
    return offer;
}

inline TrainingSource twoClasses(const QString &folder)
{
    writeFilms(folder + "/sick", 10);
    writeFilms(folder + "/well", 10, 150);
    auto source = inspectSource(folder, {});
    Q_ASSERT(source);
    return std::move(*source);
}

} // namespace hilum::ui::test
