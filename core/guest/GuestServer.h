// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// serveGuest: the other end of GuestProcess: loads a TorchScript network and runs it until the client is
// gone.
//
// Errors:  none of its own; what goes wrong is the answer.
// Threads: one, and LibTorch's; the caller is a process of its own (app/model).
#pragma once

#include <functional>

namespace hilum {

// LibTorch is set up and has run once: what it wants from the disk it has by then.
void warmUpGuest();

// Gives the exit code of the process. `beforeEach` is called before each request is worked on.
[[nodiscard]] int serveGuest(int socket, const std::function<void(unsigned threads)> &beforeEach);

} // namespace hilum
