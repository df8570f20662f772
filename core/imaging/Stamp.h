// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Stamp: small type in the lower left corner of a picture that leaves the program.
//
// Units:   the type is about a sixtieth of the picture's height, at least 10 pixels.
// Errors:  none; on a narrow picture the text breaks between words, and a word that is too wide is cut.
// Threads: pure function on its own picture.
#pragma once

#include "core/imaging/Render.h"

#include <string>

namespace hilum {

inline constexpr const char *notForDiagnosis = "For education, not for diagnosis";

// ASCII only.
void stamp(RgbImage &picture, const std::string &text);

} // namespace hilum
