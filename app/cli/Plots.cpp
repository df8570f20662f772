// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/Plots.h"

#include <cerrno>
#include <cstring>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hilum::cli {

Result<void> drawPlots(const std::vector<std::string> &words)
{
    std::error_code code;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", code).parent_path() / "hilum-plot";
    if (!std::filesystem::exists(program, code))
        return fail(ErrorCode::FileUnreadable,
                    program.string()
                        + ": expected the program that draws, found none (it is built with the window)");
    std::vector<std::string> line{program.string()};
    line.insert(line.end(), words.begin(), words.end());
    std::vector<char *> arguments;
    for (std::string &word : line)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    if (const int problem
        = ::posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments.data(), environ);
        problem != 0)
        return fail(ErrorCode::Internal, program.string() + ": can't be started: " + std::strerror(problem));
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            return fail(ErrorCode::Internal, program.string() + ": " + std::strerror(errno));
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return fail(ErrorCode::Internal, program.string() + ": the plots could not be drawn");
    return {};
}

} // namespace hilum::cli
