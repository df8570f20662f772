// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// findFilms: the films that a person means by the files and folders they opened or dropped.
//
// A file is taken as it is named, so that a wrong one gets its error shown; a DICOMDIR gives the films that
// it lists, in its order, those that are missing with an error. A folder is walked down and gives what
// looks like a film by its first bytes; where it holds a DICOMDIR, what that lists comes first. Hidden files,
// links out and masks of lungs (core/film/MaskName.h) are left alone.
//
// Errors:  none; what can't be listed is left out. A DICOMDIR that can't be read is taken as a film, so
//          that its error is shown; in a folder it is a notice of the films found without it.
// Threads: pure; decode lane, a folder may be large. Stops early when asked to.
#pragma once

#include "core/base/Result.h"
#include "core/film/DirectoryListing.h"

#include <QStringList>

#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace hilum::ui {

inline constexpr int mostFilmsAtOnce = 20000;

// `path` is a DICOMDIR, or a folder that holds one.
using DirectorySource = std::function<Result<DirectoryListing>(const QString &path, std::stop_token stop)>;

struct FoundFilm {
    QString path;
    QString title; // study and series, where a DICOMDIR says them
    QString from; // the DICOMDIR and whom it says the film is of
    QStringList notices;
    QStringList identifiers; // of the patient
    std::optional<Error> error; // missing
};

struct FoundDirectory {
    QString name;
    int films = 0;
    int missing = 0;
    QStringList notices;
};

struct FoundFilms {
    std::vector<FoundFilm> films;
    std::vector<FoundDirectory> directories;
};

[[nodiscard]] FoundFilms findFilms(const QStringList &paths, const DirectorySource &directory,
                                   std::stop_token stop);

// Of a DICOMDIR, whatever its name; none when it can't be read.
[[nodiscard]] FoundFilms filmsListedIn(const QString &path, const DirectorySource &directory,
                                       std::stop_token stop);

} // namespace hilum::ui
