// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/FilmFinder.h"

#include <QCollator>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>

namespace hilum::ui {

namespace {

bool looksLikeAFilm(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray head = file.read(132);
    return head.startsWith("\xff\xd8\xff") || head.startsWith("\x89PNG\r\n") || head.mid(128) == "DICM"
        || path.endsWith(QLatin1String(".dcm"), Qt::CaseInsensitive);
}

} // namespace

QStringList findFilms(const QStringList &paths, std::stop_token stop)
{
    // The C locale would put film 10 before film 2, whatever the mode says.
    QCollator order{QLocale(QLocale::English)};
    order.setNumericMode(true);
    QStringList found;
    for (const QString &path : paths) {
        if (!QFileInfo(path).isDir()) {
            found << path;
            continue;
        }
        QStringList below;
        QDirIterator files(path, QDir::Files | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
        while (files.hasNext() && !stop.stop_requested() && found.size() + below.size() < mostFilmsAtOnce) {
            const QString file = files.next();
            // A DICOMDIR is an index of the films that lie beside it.
            if (files.fileName() != QLatin1String("DICOMDIR") && looksLikeAFilm(file))
                below << file;
        }
        std::sort(below.begin(), below.end(), order);
        found << below;
    }
    return found;
}

} // namespace hilum::ui
