// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// inParallel: a loop whose rounds run on several threads.
//
// Errors:  the first error of a round, after which no further round begins; Cancelled when the stop token
//          fired; what a library throws is Internal.
// Threads: `work` gets the thread's number (0 to threads - 1) and the round; rounds begin in order.
#pragma once

#include "core/base/Result.h"

#include <functional>
#include <stop_token>

namespace hilum {

// As many as there are cores when `wanted` is 0; never more than `rounds`, at least one.
[[nodiscard]] int threadCount(int wanted, int rounds);

[[nodiscard]] Result<void> inParallel(int rounds, int threads, std::stop_token stop,
                                      const std::function<Result<void>(int thread, int round)> &work);

} // namespace hilum
