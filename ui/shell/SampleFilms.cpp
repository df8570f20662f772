// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/SampleFilms.h"

#include <QCoreApplication>
#include <QDir>

namespace hilum::ui {

QStringList sampleFilms()
{
    // Beside the program, as installed, or above it when it stands in a build folder.
    const QString program = QCoreApplication::applicationDirPath();
    QStringList folders{program + QStringLiteral("/../share/hilum/films")};
    QDir above(program);
    for (int level = 0; level < 4; ++level) {
        folders << above.filePath(QStringLiteral("resources/films"));
        if (!above.cdUp())
            break;
    }
    folders << QStringLiteral(HILUM_SOURCE_DIR "/resources/films");
    for (const QString &folder : folders) {
        const QFileInfoList films = QDir(folder).entryInfoList(
            {QStringLiteral("*.dcm"), QStringLiteral("*.png"), QStringLiteral("*.jpg")}, QDir::Files,
            QDir::Name);
        if (films.isEmpty())
            continue;
        QStringList paths;
        for (const QFileInfo &film : films)
            paths << film.canonicalFilePath();
        return paths;
    }
    return {};
}

} // namespace hilum::ui
