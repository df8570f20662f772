// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// hilum-model: runs an imported network for GuestProcess, in a process that may crash and may do nothing but
// compute.
//
// Started by Hilum with a socket as descriptor 3; not meant to be started by hand.

#include "core/codec/Confinement.h"
#include "core/guest/GuestServer.h"

#include <cstdio>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr rlim_t grantedMemory = rlim_t{4} << 30; // of address space, on top of LibTorch's own
constexpr rlim_t secondsPerRequest = 60; // of processor time, for each thread

#if defined(__SANITIZE_ADDRESS__)
constexpr bool limitsMemory = false;
#else
constexpr bool limitsMemory = true;
#endif

rlim_t memoryNow()
{
    unsigned long pages = 0;
    if (std::FILE *file = std::fopen("/proc/self/statm", "re"); file != nullptr) {
        if (std::fscanf(file, "%lu", &pages) != 1)
            pages = 0;
        std::fclose(file);
    }
    return static_cast<rlim_t>(pages) * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

void limitProcess()
{
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none); // a core file would hold a patient's film
    const rlimit memory{memoryNow() + grantedMemory, memoryNow() + grantedMemory};
    if (limitsMemory)
        ::setrlimit(RLIMIT_AS, &memory);
    // Where memory runs out, the system takes this process first.
    if (const int file = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC); file >= 0) {
        static_cast<void>(::write(file, "1000", 4) == 4);
        ::close(file);
    }
}

// A network that never ends must not outlive a window that is gone.
void limitRequest(unsigned threads)
{
    rusage used = {};
    ::getrusage(RUSAGE_SELF, &used);
    rlimit processor = {};
    ::getrlimit(RLIMIT_CPU, &processor);
    processor.rlim_cur = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec)
        + secondsPerRequest * (threads > 0 ? threads : 1);
    ::setrlimit(RLIMIT_CPU, &processor);
}

} // namespace

int main()
{
    constexpr int socket = 3;
    struct stat status = {};
    if (::fstat(socket, &status) != 0 || !S_ISSOCK(status.st_mode)) {
        std::fputs("hilum-model is started by Hilum itself; hilum-cli reads films from the command line.\n",
                   stderr);
        return 2;
    }
    if (const int nothing = ::open("/dev/null", O_RDWR); nothing >= 0) {
        ::dup2(nothing, STDIN_FILENO);
        ::dup2(nothing, STDOUT_FILENO);
    }
    // The terminal and whatever else the window has open are none of the network's business.
    ::close_range(socket + 1, ~0U, 0);
    hilum::warmUpGuest();
    limitProcess();
    constexpr int noFile = -1;
    if (hilum::confine(socket, noFile, hilum::Generated::Code) == hilum::Confinement::Unavailable
        && limitsMemory)
        std::fputs("hilum-model: no seccomp filter here; the network runs without it.\n", stderr);
    return hilum::serveGuest(socket, limitRequest);
}
