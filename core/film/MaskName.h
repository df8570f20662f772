// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MaskName: what the picture of a film's lungs is called that lies beside it: film.png has film.lungs.png,
// and so has film.dcm; a film without such an extension has its whole name before ".lungs.png".
//
// Errors:  none.
// Threads: pure functions of names.
#pragma once

#include <filesystem>

namespace hilum {

[[nodiscard]] std::filesystem::path lungMaskBeside(const std::filesystem::path &film);
[[nodiscard]] bool isLungMaskName(const std::filesystem::path &file);

} // namespace hilum
