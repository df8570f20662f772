// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Length: distances and angles between points of a film, each with what kind of millimetre it is.
//
// A radiograph is a projection: what lies at the detector is shown in its size, everything in front of it
// enlarged. So no length is a plain millimetre; what it is follows from the film alone:
//
//   Pixel Spacing, and it differs from Imager Pixel Spacing,     mm (calibrated)
//     or that one is absent, or a calibration type is declared
//   Pixel Spacing that only repeats Imager Pixel Spacing,        mm at detector; with a magnification
//     or Imager Pixel Spacing alone                                factor: mm, magnification corrected
//   Nominal Scanned Pixel Spacing (the film lay in the           the same two
//     detector plane when it was exposed)
//   the density of a PNG or JPEG, or nothing                     px
//   a known length, marked by hand                               mm (calibrated)
//
// A calibrated spacing is never divided by the magnification factor: it accounts for it already. Factors
// below 1 are impossible (the detector lies behind the patient) and count as not given.
//
// Units:   points in film pixels, (0, 0) at the outer corner of the top left one; pixels are widths of a
//          pixel: where pixels are taller than wide, a step down counts as that many widths. Degrees.
// Errors:  none.
// Threads: pure functions.
// Source:  DICOM PS3.3 10.7.1.1 to 10.7.1.3, CP-586.
#pragma once

#include "core/film/Film.h"

namespace hilum {

struct FilmPoint {
    double x = 0;
    double y = 0;

    bool operator==(const FilmPoint &) const = default;
};

enum class LengthKind { Pixels, AtDetector, MagnificationCorrected, Calibrated };

// What one pixel measures across and down, and in which kind of unit.
struct Scale {
    double column = 1;
    double row = 1;
    LengthKind kind = LengthKind::Pixels;

    bool operator==(const Scale &) const = default;
};

struct Length {
    double value = 0;
    LengthKind kind = LengthKind::Pixels;
};

[[nodiscard]] Scale scaleOf(const Film &film);

// The scale by which the distance between two points is `millimetres`; the shape of a pixel stays.
// The points must be apart.
[[nodiscard]] Scale calibrated(const Scale &scale, FilmPoint from, FilmPoint to, double millimetres);

[[nodiscard]] Length lengthBetween(FilmPoint from, FilmPoint to, const Scale &scale);

// At `vertex`, 0 to 180, as it is in the room: pixels that aren't square don't bend it. 0 when an arm
// has no length.
[[nodiscard]] double angleAt(FilmPoint vertex, FilmPoint first, FilmPoint second, const Scale &scale);

// Between two lines without direction, 0 to 90 (as in the method of Cobb).
[[nodiscard]] double angleBetween(FilmPoint from, FilmPoint to, FilmPoint otherFrom, FilmPoint otherTo,
                                  const Scale &scale);

// "mm (calibrated)", "mm at detector", "mm, magnification corrected", "px"; never a plain mm.
[[nodiscard]] const char *unitText(LengthKind kind);
// The same for areas: "mm² (calibrated)", …, "px²", UTF-8.
[[nodiscard]] const char *areaUnitText(LengthKind kind);

} // namespace hilum
