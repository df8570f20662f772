// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Output: how every subcommand writes its results and its failures.
//
// Shape:   one JSON object a line on stdout, UTF-8; bytes of a file that are no UTF-8 are replaced.
#pragma once

#include "core/base/Result.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

namespace hilum::cli {

using Json = nlohmann::ordered_json;

// Writes one line and flushes it, so that a reader sees each film as it is done.
void printJson(const Json &object);

// With all folders above it; FileUnreadable when it can't be made.
[[nodiscard]] Result<void> makeFolder(const std::filesystem::path &folder);

// {"film", "error": {"code", "message"}} on stdout when `asJson`; the message on stderr in any case.
void reportFailure(const std::string &film, const Error &error, bool asJson);

} // namespace hilum::cli
