// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/FilmFinder.h"

#include "core/film/MaskName.h"
#include "ui/bridge/Convert.h"
#include "ui/session/NameGuard.h"

#include <QCollator>
#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>
#include <utility>

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

bool isDirectoryFile(const QString &path)
{
    return QFileInfo(path).fileName().compare(QLatin1String("DICOMDIR"), Qt::CaseInsensitive) == 0;
}

// The DICOMDIR of a folder; nothing when it has none.
QString directoryFileOf(const QString &folder)
{
    for (const QFileInfo &file : QDir(folder).entryInfoList(QDir::Files, QDir::Name)) {
        if (isDirectoryFile(file.filePath()))
            return file.filePath();
    }
    return {};
}

QString joined(const QStringList &parts)
{
    QStringList said;
    for (const QString &part : parts) {
        if (!part.trimmed().isEmpty() && !said.contains(part.trimmed()))
            said << part.trimmed();
    }
    return said.join(QStringLiteral(" \u00b7 "));
}

QString tr(const char *text) { return QCoreApplication::translate("FilmFinder", text); }

FoundFilm filmOf(const DirectoryFilm &film, const QString &directory, const QStringList &notices)
{
    FoundFilm found;
    found.path = toText(film.file);
    found.title = joined({toText(film.studyDescription), toText(film.seriesDescription)});
    if (found.title.isEmpty())
        found.title = film.modality.empty()
            ? tr("series %1, image %2").arg(film.seriesNumber).arg(film.instanceNumber)
            : tr("%1, series %2, image %3")
                  .arg(toText(film.modality))
                  .arg(film.seriesNumber)
                  .arg(film.instanceNumber);
    found.from
        = joined({directory, toText(film.patientName), toText(film.patientId), toText(film.studyDate)});
    found.notices = notices;
    found.identifiers = NameGuard::namesIn(toText(film.patientName)) << toText(film.patientId);
    if (!film.exists)
        found.error = Error{ErrorCode::FileUnreadable,
                            "expected the file that the DICOMDIR names, found that it is not there"};
    return found;
}

// True when the DICOMDIR could be read; else `why` says why not.
bool addListed(const QString &path, const DirectorySource &directory, const std::stop_token &stop,
               FoundFilms &found, Error &why)
{
    const Result<DirectoryListing> listing = directory(path, stop);
    if (!listing) {
        why = listing.error();
        return false;
    }
    FoundDirectory summary;
    summary.name = QFileInfo(path).fileName();
    for (const std::string &notice : listing->notices)
        summary.notices << toText(notice);
    for (const DirectoryFilm &film : listing->films) {
        found.films.push_back(filmOf(film, summary.name, summary.notices));
        ++summary.films;
        summary.missing += film.exists ? 0 : 1;
    }
    found.directories.push_back(std::move(summary));
    return true;
}

void addFolder(const QString &path, const DirectorySource &directory, const std::stop_token &stop,
               FoundFilms &found)
{
    QStringList listed;
    const std::size_t before = found.films.size();
    if (const QString file = directoryFileOf(path); directory && !file.isEmpty()) {
        Error why;
        if (!addListed(file, directory, stop, found, why))
            found.directories.push_back(
                {QFileInfo(file).fileName(), 0, 0, {tr("It can't be read: %1").arg(toText(why.detail))}});
        for (std::size_t i = before; i < found.films.size(); ++i)
            listed << QFileInfo(found.films[i].path).canonicalFilePath();
    }
    QStringList below;
    QDirIterator files(path, QDir::Files | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (files.hasNext() && !stop.stop_requested()
           && static_cast<qsizetype>(found.films.size()) + below.size() < mostFilmsAtOnce) {
        const QString file = files.next();
        // A DICOMDIR is an index of the films that lie beside it.
        if (!isDirectoryFile(file) && !isLungMaskName(toPath(file)) && looksLikeAFilm(file)
            && (listed.isEmpty() || !listed.contains(QFileInfo(file).canonicalFilePath())))
            below << file;
    }
    // The C locale would put film 10 before film 2, whatever the mode says.
    QCollator order{QLocale(QLocale::English)};
    order.setNumericMode(true);
    std::sort(below.begin(), below.end(), order);
    for (const QString &file : std::as_const(below))
        found.films.push_back({file, {}, {}, {}, {}, {}});
}

} // namespace

FoundFilms findFilms(const QStringList &paths, const DirectorySource &directory, std::stop_token stop)
{
    FoundFilms found;
    for (const QString &path : paths) {
        Error why;
        if (QFileInfo(path).isDir())
            addFolder(path, directory, stop, found);
        else if (!directory || !isDirectoryFile(path) || !addListed(path, directory, stop, found, why))
            found.films.push_back({path, {}, {}, {}, {}, {}});
    }
    return found;
}

FoundFilms filmsListedIn(const QString &path, const DirectorySource &directory, std::stop_token stop)
{
    FoundFilms found;
    Error why;
    addListed(path, directory, stop, found, why);
    return found;
}

} // namespace hilum::ui
