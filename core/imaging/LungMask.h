// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LungMask: which pixels of a film are lung, from a picture of them, white on black.
//
// Shape:   as the film.
// Units:   1 in the lungs, 0 elsewhere.
// Errors:  UsageWrong for a picture of another size than the film, or all black.
// Threads: pure function.
#pragma once

#include "core/base/Result.h"
#include "core/film/Film.h"
#include "core/film/Plane.h"

#include <cstdint>

namespace hilum {

[[nodiscard]] Result<Plane<std::uint8_t>> lungMask(const Film &lungs, const Film &film);

} // namespace hilum
