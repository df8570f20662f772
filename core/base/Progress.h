// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Progress: how far a long work is, 0 to 1. Called on the working thread; must return quickly.
#pragma once

#include <functional>

namespace hilum {

using Progress = std::function<void(double)>;

} // namespace hilum
