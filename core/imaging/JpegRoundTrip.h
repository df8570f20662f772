// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a grey picture looks like after it was stored as JPEG.
//
// Units:   0 to 1, held to 256 steps; quality 1 to 100, as libjpeg counts.
// Errors:  none; a picture that libjpeg refuses stays as it is.
// Threads: pure.
#pragma once

#include "core/film/Plane.h"

namespace hilum {

void jpegRoundTrip(Plane<float> &image, int quality);

} // namespace hilum
