// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// confine: from here on this process can decode, or run a network, and nothing else.
//
// What that needs goes on: memory, threads, the clock, messages on `socket`, writing to `answers` (-1: to no
// file). A process that writes machine code as it runs (LibTorch's convolutions) says so.
// What no decoder ever asks for (a program, a process, a connection, another process's memory) ends the
// process by SIGSYS: whoever asks is no decoder any more. All the rest, opening files above all, is
// refused with EPERM, because libraries probe such things and live with a no.
//
// Errors:  Unavailable where the kernel has no filters, and under sanitizers, which need far more.
// Threads: call before the first thread is started; threads inherit the filter.
// Source:  seccomp(2), Linux Documentation/userspace-api/seccomp_filter.rst.
#pragma once

namespace hilum {

enum class Confinement { Complete, Unavailable };

enum class Generated { None, Code };

[[nodiscard]] Confinement confine(int socket, int answers, Generated generated = Generated::None);

} // namespace hilum
