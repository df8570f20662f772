// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// guarded: what a reader gives, its exceptions as errors. The libraries beneath may throw; a damaged file
// is ordinary input here.
//
// Errors:  LimitExceeded when memory runs out, DataCorrupt for any other exception.
#pragma once

#include "core/base/Result.h"

#include <exception>
#include <new>

namespace hilum {

template <class Read>
[[nodiscard]] auto guarded(Read &&read) -> decltype(read())
{
    try {
        return read();
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::LimitExceeded, "not enough memory");
    } catch (const std::exception &error) {
        return fail(ErrorCode::DataCorrupt, error.what());
    }
}

} // namespace hilum
