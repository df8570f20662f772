// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The weights that a recipe's `init` names: a safetensors file, a package's folder, or a package's id.
//
// Errors:  FileUnreadable naming what was looked for.
// Threads: pure functions over files.
#pragma once

#include "core/base/Result.h"

#include <filesystem>
#include <string>

namespace hilum {

[[nodiscard]] Result<std::filesystem::path> initWeightsFile(const std::string &init);

} // namespace hilum
