// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/codec/HelperProcess.h"

#include "core/codec/PathText.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

extern char **environ;

namespace hilum {

namespace {

constexpr int exitPatienceMs = 10;
constexpr int exitTries = 100;

std::filesystem::path besideThisProgram(const std::string &name)
{
    std::error_code error;
    return std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / name;
}

} // namespace

HelperProcess::HelperProcess(std::filesystem::path program, const std::string &name)
    : m_program(program.empty() ? besideThisProgram(name) : std::move(program))
{
}

std::string HelperProcess::program() const { return pathText(m_program); }

Result<void> HelperProcess::start()
{
    if (m_process > 0)
        return {};
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return fail(ErrorCode::Internal, "no socket for " + program() + ": " + std::strerror(errno));
    Descriptor ours(ends[0]);
    // Away from 3, the number the helper expects: dup2 onto itself would keep close-on-exec.
    const Descriptor theirs(::fcntl(ends[1], F_DUPFD_CLOEXEC, 10));
    ::close(ends[1]);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, theirs.get(), 3);
    std::string name = m_program.string();
    const std::array<char *, 2> arguments{name.data(), nullptr};
    const int error = ::posix_spawn(&m_process, name.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        m_process = -1;
        return fail(ErrorCode::Internal, program() + " cannot be started: " + std::strerror(error));
    }
    m_socket = std::move(ours);
    return {};
}

bool HelperProcess::hasGone()
{
    int status = 0;
    if (m_process <= 0 || ::waitpid(m_process, &status, WNOHANG) != m_process)
        return false;
    m_process = -1;
    m_socket = Descriptor();
    return true;
}

int HelperProcess::kill()
{
    m_socket = Descriptor();
    if (m_process <= 0)
        return 0;
    int status = 0;
    ::kill(m_process, SIGKILL);
    while (::waitpid(m_process, &status, 0) < 0 && errno == EINTR) { }
    m_process = -1;
    return status;
}

HelperEnd HelperProcess::end()
{
    int status = 0;
    for (int i = 0; i < exitTries && m_process > 0; ++i) {
        if (::waitpid(m_process, &status, WNOHANG) == m_process)
            m_process = -1;
        else
            ::poll(nullptr, 0, exitPatienceMs);
    }
    if (m_process > 0)
        status = kill();
    m_socket = Descriptor();
    const auto diedOf = [status](int signal) { return WIFSIGNALED(status) && WTERMSIG(status) == signal; };
    return {diedOf(SIGXCPU), diedOf(SIGSYS), diedOf(SIGKILL), WIFEXITED(status) && WEXITSTATUS(status) == 127,
            WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status))
                                : "exit code " + std::to_string(WEXITSTATUS(status))};
}

} // namespace hilum
