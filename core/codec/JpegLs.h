// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// JpegLs: what a JPEG-LS codestream needs before DCMTK 3.6.7 can read it.
//
// Errors:  none; a codestream that makes no sense stays as it is.
// Threads: pure function.
// Source:  ITU-T T.87 C.2.4.1.1 (default thresholds).
#pragma once

#include <cstddef>
#include <vector>

namespace hilum {

// Below 8 bits DCMTK's decoder takes wrong default thresholds and calls the codestream invalid.
// Spelling the defaults out, in a segment before the first scan, makes it read right.
void spellOutThresholds(std::vector<std::byte> &codestream);

} // namespace hilum
