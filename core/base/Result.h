// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Result<T>: a value, or the Error that explains why there is none.
//
// Every core function that can fail because of the outside world (a file, a
// checkpoint, memory, a user's cancel) returns Result. A broken promise between
// two of our own functions is a bug and is an assert, never a Result.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace hilum {

// Each code has a different consequence for the person at the window.
enum class ErrorCode {
    FileUnreadable, // not there, no permission, not a file
    FormatUnsupported, // readable, but not a film that we can open
    Directory, // a DICOMDIR: an index of films, not a film
    NoPixelData, // a DICOM object without a picture
    DataCorrupt, // a film by its header, damaged within
    LimitExceeded, // asks for more memory, frames or nesting than we grant
    ModelMismatch, // a model package that does not fit its network or its card
    DeviceUnavailable, // the device asked for is not there
    UsageWrong, // an option or a manifest that makes no sense
    Cancelled,
    Internal
};

// The stable kebab-case name of a code, as it appears in JSON ("data-corrupt").
[[nodiscard]] std::string_view errorName(ErrorCode code);
// The inverse; Internal for a name that we don't know.
[[nodiscard]] ErrorCode errorCodeOf(std::string_view name);

struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string
        detail; // UTF-8, English: what was expected and what was found; ui/ words the rest from `code`
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string detail)
{
    return tl::unexpected(Error{code, std::move(detail)});
}

} // namespace hilum
