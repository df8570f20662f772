// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// pathText: a path as UTF-8 text, as errors and films carry it.
#pragma once

#include <filesystem>
#include <string>

namespace hilum {

[[nodiscard]] inline std::string pathText(const std::filesystem::path &file)
{
    const std::u8string text = file.u8string();
    return {text.begin(), text.end()};
}

} // namespace hilum
