// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The one place where LibTorch's exceptions become our errors. Include from .cpp files only.
#pragma once

#include "core/base/Result.h"

#include <c10/util/Exception.h>
#include <exception>
#include <utility>

namespace hilum {

// An Error on its way through LibTorch's frames: what a Network throws that knows what went wrong.
class NetworkFailure : public std::exception {
public:
    explicit NetworkFailure(Error error)
        : m_error(std::move(error))
    {
    }
    const char *what() const noexcept override { return m_error.detail.c_str(); }
    const Error &error() const { return m_error; }

private:
    Error m_error;
};

template <class Function>
auto guardTorch(Function &&function) -> decltype(function())
{
    try {
        return function();
    } catch (const NetworkFailure &failure) {
        return tl::unexpected(failure.error());
    } catch (const c10::Error &error) {
        return fail(ErrorCode::Internal, error.what_without_backtrace());
    } catch (const std::exception &error) {
        return fail(ErrorCode::Internal, error.what());
    }
}

} // namespace hilum
