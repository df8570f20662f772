// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Full scale: the black and white of a film whose 8 stored bits are grey as they stand.
//
// Units:   displayed values (bone high), as displayedValues() gives them.
// Errors:  none; nothing for a film whose bits say neither black nor white.
// Threads: pure function.
#pragma once

#include "core/film/Film.h"

#include <optional>
#include <utility>

namespace hilum {

[[nodiscard]] std::optional<std::pair<float, float>> fullScaleOf(const Film &film);

} // namespace hilum
