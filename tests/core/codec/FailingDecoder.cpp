// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FailingDecoder: a hilum-decode that fails on cue: by the name of the film that it is asked for.

#include "core/codec/DecodeServer.h"
#include "core/codec/FilmReader.h"

#include <csignal>
#include <cstdlib>
#include <unistd.h>

int main()
{
    const auto film = [](const std::filesystem::path &file) -> hilum::Result<hilum::FilmPtr> {
        const std::string name = file.filename().string();
        if (name == "crash")
            std::raise(SIGSEGV);
        if (name == "leave")
            std::_Exit(0);
        if (name == "hang")
            ::pause();
        if (name == "lie") {
            hilum::Film lie;
            lie.columns = lie.rows = 1000;
            lie.samples = std::vector<std::uint8_t>(10);
            return std::make_shared<const hilum::Film>(std::move(lie));
        }
        return hilum::readFilm(file);
    };
    const auto records = [](const std::filesystem::path &file) -> hilum::Result<hilum::DirectoryListing> {
        if (file.filename() == "crash")
            std::raise(SIGSEGV);
        hilum::DirectoryListing listing;
        listing.films.resize(2);
        listing.films[0].file = "..\\..\\etc\\passwd";
        listing.films[1].file = "/etc/passwd";
        return listing;
    };
    return hilum::serveFilms(3, {film, records});
}
