// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// confine: from here on this process can decode and nothing else.
//
// What the decoders need goes on: memory, threads, the clock, messages on `socket`, writing to `answers`.
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

[[nodiscard]] Confinement confine(int socket, int answers);

} // namespace hilum
