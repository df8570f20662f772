// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sha256: the fingerprint of bytes, as 64 lower-case hexadecimal digits.
//
// Errors:  sha256OfFile: FileUnreadable. sha256: none.
// Threads: pure functions.
#pragma once

#include "core/base/Result.h"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

namespace hilum {

[[nodiscard]] std::string sha256(std::span<const std::byte> bytes);
[[nodiscard]] Result<std::string> sha256OfFile(const std::filesystem::path &file);

} // namespace hilum
