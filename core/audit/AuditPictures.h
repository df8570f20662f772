// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// pictureAddress: a small grey picture as a data address that every browser shows, so that a document needs
// no other file.
//
// Errors:  none.
// Threads: a pure function.
// Source:  BMP of 8 bits with a grey palette; RFC 2397, RFC 4648.
#pragma once

#include "core/film/Plane.h"

#include <cstdint>
#include <string>

namespace hilum {

[[nodiscard]] std::string pictureAddress(const Plane<std::uint8_t> &picture);

} // namespace hilum
