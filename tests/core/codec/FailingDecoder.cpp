// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FailingDecoder: a hilum-decode that fails on cue, or does what a decoder may not: by what stands in the
// film that it is handed. It says by the error of its answer what the system said.

#include "core/codec/Confinement.h"
#include "core/codec/DecodeServer.h"
#include "core/codec/FilmReader.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace hilum;

std::string textOf(Bytes film) { return {reinterpret_cast<const char *>(film.data()), film.size()}; }

Result<Film> said(long outcome)
{
    return fail(ErrorCode::UsageWrong, outcome < 0 ? std::strerror(errno) : "allowed");
}

Result<Film> act(const std::string &cue, Bytes film)
{
    if (cue == "crash")
        std::raise(SIGSEGV);
    if (cue == "leave")
        std::_Exit(0);
    while (cue == "hang")
        ::sleep(1);
    if (cue == "read a file")
        return said(::open("/etc/passwd", O_RDONLY));
    if (cue.starts_with("write "))
        return said(::open(cue.substr(6).c_str(), O_WRONLY | O_CREAT, 0600));
    if (cue.starts_with("remove "))
        return said(::unlink(cue.substr(7).c_str()));
    if (cue == "map a program")
        return said(::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                            == MAP_FAILED
                        ? -1
                        : 0);
    if (cue == "socket")
        return said(::socket(AF_INET, SOCK_STREAM, 0));
    if (cue == "exec")
        return said(::execl("/bin/true", "true", nullptr));
    if (cue == "fork")
        return said(::fork());
    if (cue == "kill")
        return said(::kill(::getppid(), 0));
    if (cue == "lie") {
        Film lie;
        lie.columns = lie.rows = 1000;
        lie.samples = std::vector<std::uint8_t>(10);
        return lie;
    }
    return readFilmBytes(film);
}

} // namespace

int main()
{
    const auto records = [](Bytes) -> Result<DirectoryListing> {
        DirectoryListing listing;
        listing.films.resize(2);
        listing.films[0].file = "..\\..\\etc\\passwd";
        listing.films[1].file = "/etc/passwd";
        return listing;
    };
    constexpr int socket = 3;
    const int answers = ::memfd_create("film", MFD_CLOEXEC);
    prepareReaders();
    static_cast<void>(confine(socket, answers));
    return serveFilms(socket, answers, {[](Bytes film) { return act(textOf(film), film); }, records});
}
