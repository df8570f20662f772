// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DicomOverlays: the bitmaps that a DICOM object lays over its picture, groups 6000 to 601E.
//
// Shape:   see OverlayPlane; packed bits become one byte a pixel, all planes together at most
//          maxOverlayPixels.
// Errors:  none; a damaged overlay is left out or cut, with a notice: it never costs the film.
// Threads: any; one data set on one thread.
// Source:  DICOM PS3.3 C.9.2 (overlay plane), C.9.3 (multi-frame); PS3.5 8.1.2 (in unused bits of the
//          pixel cells, retired) and 8.2.1 (packed bits).
#pragma once

#include "core/codec/DicomPixels.h"

namespace hilum {

// `bytes` is what the map's offsets count from.
void readOverlays(DcmItem &dataSet, const PixelLayout &layout, const DicomMap &map, Bytes bytes, Film &film);

} // namespace hilum
