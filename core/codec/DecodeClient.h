// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DecodeClient: readFilm and readDirectory, done by the helper process hilum-decode, so that a crafted film
// can take down the helper and never the window.
//
// The helper may open no file, no connection and no program (Confinement.h): it is handed each film as an
// open file. It is kept warm between films; samples come back through shared memory. A helper that
// crashes, hangs or is killed yields an Error, and the next film gets a fresh one.
//
// Errors:  those of readFilm and readDirectory; DataCorrupt when the helper crashed on the film;
// LimitExceeded when it
//          took too long; Cancelled when the stop token fired; Internal when the helper can't be started.
// Threads: any; one client runs one film at a time, further calls wait their turn.
#pragma once

#include "core/base/Result.h"
#include "core/film/DirectoryListing.h"
#include "core/film/Film.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <stop_token>

namespace hilum {

class DecodeClient {
public:
    // The program to run; hilum-decode beside this executable when empty.
    explicit DecodeClient(std::filesystem::path helper = {},
                          std::chrono::milliseconds timeLimit = std::chrono::seconds(30));
    ~DecodeClient();
    DecodeClient(const DecodeClient &) = delete;
    DecodeClient &operator=(const DecodeClient &) = delete;

    // Starts the helper ahead of the first film, which then need not wait for it.
    void prepare();

    // `path` is a DICOMDIR or a folder that holds one.
    [[nodiscard]] Result<DirectoryListing> list(const std::filesystem::path &path, std::stop_token stop = {});
    [[nodiscard]] Result<FilmPtr> read(const std::filesystem::path &file, std::stop_token stop = {});

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace hilum
