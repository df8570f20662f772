// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Trust: how far to trust a map, as JSON for `explain --quality`.
//
// Errors:  none; a figure that is not a number is null.
#pragma once

#include "app/cli/Output.h"
#include "core/explain/MapQuality.h"

namespace hilum::cli {

[[nodiscard]] Json trustJson(const MapQuality &quality, const std::string &otherId,
                             const std::string &lungMask);

} // namespace hilum::cli
