// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// hilum-decode: reads films for DecodeClient, in a process that may crash.
//
// Started by the window with a socket as descriptor 3; not meant to be started by hand.

#include "core/codec/Confinement.h"
#include "core/codec/DecodeServer.h"
#include "core/codec/DicomDirectory.h"
#include "core/codec/FilmReader.h"
#include "core/codec/SharedHeap.h"

#include <cstdio>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr rlim_t memoryLimit = (rlim_t{2} << 30) + hilum::sharedHeapBytes; // of address space
constexpr rlim_t secondsPerFilm = 30; // of processor time, all threads together

// AddressSanitizer reserves terabytes of address space.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool limitsMemory = false;
#else
constexpr bool limitsMemory = true;
#endif

void limitProcess()
{
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none); // a core file would hold a patient's film
    const rlimit memory{memoryLimit, memoryLimit};
    if (limitsMemory)
        ::setrlimit(RLIMIT_AS, &memory);
}

// Memory that one film gave back serves the next without page faults: 15 MB have 3,600 of them.
void keepMemory()
{
    constexpr int mebibyte = 1 << 20;
    ::mallopt(M_MMAP_THRESHOLD, 32 * mebibyte);
    ::mallopt(M_TRIM_THRESHOLD, 64 * mebibyte);
}

// The limit counts from the start of the process: each film gets its share on top of what was used.
void limitFilm()
{
    rusage used = {};
    ::getrusage(RUSAGE_SELF, &used);
    rlimit processor = {};
    ::getrlimit(RLIMIT_CPU, &processor);
    processor.rlim_cur = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + secondsPerFilm;
    ::setrlimit(RLIMIT_CPU, &processor);
}

} // namespace

int main()
{
    constexpr int socket = 3;
    struct stat status = {};
    if (::fstat(socket, &status) != 0 || !S_ISSOCK(status.st_mode)) {
        std::fputs("hilum-decode is started by Hilum itself; hilum-cli reads films from the command line.\n",
                   stderr);
        return 2;
    }
    // Whatever else the window has open is none of the decoder's business.
    ::close_range(socket + 1, ~0U, 0);
    const int answers = ::memfd_create("film", MFD_CLOEXEC);
    if (answers < 0)
        return 1;
    keepMemory();
    limitProcess();
    hilum::startSharedHeap(answers);
    hilum::prepareReaders();
    if (hilum::confine(socket, answers) == hilum::Confinement::Unavailable && limitsMemory)
        std::fputs("hilum-decode: no seccomp filter here; films are decoded without it.\n", stderr);
    return hilum::serveFilms(socket, answers,
                             {[](hilum::Bytes film) {
                                  limitFilm();
                                  return hilum::readFilmBytes(film);
                              },
                              [](hilum::Bytes directory) {
                                  limitFilm();
                                  return hilum::readRecords(directory);
                              }});
}
