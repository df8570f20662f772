// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// serveFilms: the other end of DecodeClient: answers requests for films and lists of films until the client
// is gone.
//
// Errors:  none of its own; a film that cannot be read is answered with its error.
// Threads: one; the caller is a process of its own (app/decode).
#pragma once

#include "core/base/Result.h"
#include "core/film/DirectoryListing.h"
#include "core/film/Film.h"

#include <filesystem>
#include <functional>

namespace hilum {

struct DecodeSources {
    std::function<Result<FilmPtr>(const std::filesystem::path &)> film;
    std::function<Result<DirectoryListing>(const std::filesystem::path &)> records;
};

// Gives the exit code of the process.
[[nodiscard]] int serveFilms(int socket, const DecodeSources &sources);

} // namespace hilum
