// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// serveFilms: the other end of DecodeClient: answers requests for films and lists of films until the client
// is gone.
//
// Errors:  none of its own; a film that cannot be read is answered with its error.
// Threads: one; the caller is a process of its own (app/decode).
#pragma once

#include "core/base/Result.h"
#include "core/codec/MappedFile.h"
#include "core/film/DirectoryListing.h"
#include "core/film/Film.h"

#include <functional>

namespace hilum {

struct DecodeSources {
    std::function<Result<Film>(Bytes)> film;
    std::function<Result<DirectoryListing>(Bytes)> records;
};

// Gives the exit code of the process. `answers` is a memory file, one for all films: its pages are there
// already when the second one comes, and the client has read it when it asks again.
[[nodiscard]] int serveFilms(int socket, int answers, const DecodeSources &sources);

} // namespace hilum
