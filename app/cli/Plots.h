// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Plots: pictures of what a command wrote, drawn by hilum-plot, which stands beside hilum-cli where Hilum is
// built with its window.
//
// Errors:  FileUnreadable when the program is not there; Internal when it can't be started or fails, with its
//          own words on stderr.
#pragma once

#include "core/base/Result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hilum::cli {

// `words`: its command line, without its own name.
[[nodiscard]] Result<void> drawPlots(const std::vector<std::string> &words);

} // namespace hilum::cli
