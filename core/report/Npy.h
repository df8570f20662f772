// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Npy: a plane as a NumPy file: float32, C order, height x width.
//
// Errors:  FileUnreadable when the file can't be written.
// Source:  the NPY format 1.0.
#pragma once

#include "core/base/Result.h"
#include "core/film/Plane.h"

#include <filesystem>

namespace hilum {

[[nodiscard]] Result<void> writeNpy(const Plane<float> &plane, const std::filesystem::path &file);

} // namespace hilum
