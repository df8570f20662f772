// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PlainChecks: what a file says of itself, and what a glance at its numbers tells.
//
// Units:   pixels; shares 0 to 1.
// Errors:  none; an attribute that is not there is no reason to refuse.
// Threads: pure functions.
// Source:  DICOM PS3.3 C.7.3.1.1.1 (Modality), C.8.11.1 (Body Part Examined), C.8.1.6 (View Position),
//          C.7.6.1.1.1 (Patient Orientation).
#pragma once

#include "core/gate/Gate.h"

namespace hilum {

// Modality, Body Part Examined, View Position and Patient Orientation, where the file has them.
[[nodiscard]] GateVerdict checkHeader(const Film &film);

// Size, shape, colour and flatness.
[[nodiscard]] GateVerdict checkPixels(const Film &film, int frame);

} // namespace hilum
