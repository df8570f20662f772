// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PngWriter: 8-bit pictures to PNG files, without any metadata of the film.
//
// Errors:  FileUnreadable when the file cannot be written.
// Threads: any; calls are independent.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/Render.h"

#include <filesystem>

namespace hilum {

[[nodiscard]] Result<void> writePng(const GreyImage &image, const std::filesystem::path &file);
[[nodiscard]] Result<void> writePng(const RgbImage &image, const std::filesystem::path &file);

} // namespace hilum
