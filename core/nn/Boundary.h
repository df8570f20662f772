// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The one place where LibTorch's exceptions become our errors. Include from .cpp files only.
#pragma once

#include "core/base/Result.h"

#include <c10/util/Exception.h>
#include <exception>

namespace hilum {

template <class Function>
auto guardTorch(Function &&function) -> decltype(function())
{
    try {
        return function();
    } catch (const c10::Error &error) {
        return fail(ErrorCode::Internal, error.what_without_backtrace());
    } catch (const std::exception &error) {
        return fail(ErrorCode::Internal, error.what());
    }
}

} // namespace hilum
