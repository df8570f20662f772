// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// GuestProcess: an imported network, in a process of its own: hilum-model.
//
// A TorchScript file is a program. hilum-model is handed it as an open file, with a limit on memory, and may
// then open no file, no connection and no program (codec/Confinement.h); Hilum sends it tensors and takes
// tensors back. A network that crashes, hangs, wants all memory or is killed yields an Error, and the next
// request starts a fresh process.
//
// Errors:  FileUnreadable; ModelMismatch when a file is no TorchScript or the network refused what it was
//          fed, with its words; LimitExceeded for time and memory; Cancelled; Internal when the helper can't
//          be started.
// Threads: one at a time.
#pragma once

#include "core/base/Result.h"
#include "core/guest/GuestWire.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <stop_token>

namespace hilum {

// In the words of an error when the network itself said no to an input.
inline constexpr const char *guestRefused = "refused an input of ";

struct GuestFiles {
    std::filesystem::path model; // of a split network its features
    std::filesystem::path head; // empty: in one piece
};

struct GuestOptions {
    std::filesystem::path helper = {}; // hilum-model beside this program when empty
    std::chrono::milliseconds timeLimit = std::chrono::seconds(20); // for one request
    int threads = 0; // 0: every core
    std::stop_token stop = {}; // a request that waits gives up
};

class GuestProcess {
public:
    explicit GuestProcess(GuestFiles files, GuestOptions options = {});
    ~GuestProcess();
    GuestProcess(const GuestProcess &) = delete;
    GuestProcess &operator=(const GuestProcess &) = delete;

    // Starts the process and loads the files, unless that is done.
    [[nodiscard]] Result<void> prepare();
    [[nodiscard]] Result<GuestTensor> run(GuestPart part, const GuestTensor &input);
    // The gradient of the input, for a gradient of the output.
    [[nodiscard]] Result<GuestTensor> pull(GuestPart part, const GuestTensor &input,
                                           const GuestTensor &gradient);

    // What follows gives up, and the process is ended, once this is asked to; instead of the options' own.
    void heed(std::stop_token stop);

    int processId() const; // -1 while there is none

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace hilum
