// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/Result.h"

#include <array>

namespace hilum {

namespace {

struct Name {
    ErrorCode code;
    std::string_view text;
};

constexpr std::array<Name, 11> names{{{ErrorCode::FileUnreadable, "file-unreadable"},
                                      {ErrorCode::FormatUnsupported, "format-unsupported"},
                                      {ErrorCode::Directory, "directory"},
                                      {ErrorCode::NoPixelData, "no-pixel-data"},
                                      {ErrorCode::DataCorrupt, "data-corrupt"},
                                      {ErrorCode::LimitExceeded, "limit-exceeded"},
                                      {ErrorCode::ModelMismatch, "model-mismatch"},
                                      {ErrorCode::DeviceUnavailable, "device-unavailable"},
                                      {ErrorCode::UsageWrong, "usage-wrong"},
                                      {ErrorCode::Cancelled, "cancelled"},
                                      {ErrorCode::Internal, "internal"}}};

} // namespace

std::string_view errorName(ErrorCode code)
{
    for (const Name &name : names) {
        if (name.code == code)
            return name.text;
    }
    return "internal";
}

ErrorCode errorCodeOf(std::string_view text)
{
    for (const Name &name : names) {
        if (name.text == text)
            return name.code;
    }
    return ErrorCode::Internal;
}

} // namespace hilum
