// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// HelperProcess: a program of Hilum's own that is started when needed, spoken with through a socket (its
// descriptor 3), and killed when it does not answer or is no longer wanted.
//
// Errors:  start: Internal when it can't be started.
// Threads: one at a time.
#pragma once

#include "core/base/Result.h"
#include "core/codec/Descriptor.h"

#include <filesystem>
#include <string>
#include <sys/types.h>

namespace hilum {

// How a process came to its end, by what Hilum's helpers do.
struct HelperEnd {
    bool isOutOfTime = false; // of the processor
    bool isForbidden = false; // it did what its confinement does not allow
    bool isKilled = false; // by somebody else, perhaps for want of memory
    bool isMissing = false; // the program could not be run
    std::string words; // "signal 11", "exit code 1"
};

class HelperProcess {
public:
    // The program of that name beside this one when `program` is empty.
    HelperProcess(std::filesystem::path program, const std::string &name);
    ~HelperProcess() { kill(); }
    HelperProcess(const HelperProcess &) = delete;
    HelperProcess &operator=(const HelperProcess &) = delete;

    [[nodiscard]] Result<void> start(); // unless it runs
    bool isRunning() const { return m_process > 0; }
    int processId() const { return m_process; } // -1 while there is none
    int socket() const { return m_socket.get(); }
    std::string program() const;

    // It ended by itself since it was spoken with last.
    bool hasGone();
    int kill(); // gives its status
    // It is gone or about to be: lets it say how before it is killed.
    HelperEnd end();

private:
    std::filesystem::path m_program;
    pid_t m_process = -1;
    Descriptor m_socket;
};

} // namespace hilum
