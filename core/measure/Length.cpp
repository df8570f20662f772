// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/measure/Length.h"

#include <cassert>
#include <cmath>
#include <numbers>

namespace hilum {

namespace {

constexpr double degreesPerRadian = 180 / std::numbers::pi;

struct Step {
    double x = 0;
    double y = 0;
};

Step stepBetween(FilmPoint from, FilmPoint to, const Scale &scale)
{
    return {(to.x - from.x) * scale.column, (to.y - from.y) * scale.row};
}

double angleBetween(Step first, Step second)
{
    const double across = first.x * second.y - first.y * second.x;
    const double along = first.x * second.x + first.y * second.y;
    // atan2 keeps its digits where acos of a cosine near 1 loses them.
    return std::atan2(std::abs(across), along) * degreesPerRadian;
}

bool isCalibrated(const SpacingMm &spacing)
{
    return spacing.source == SpacingSource::PixelSpacing
        && (spacing.calibration != SpacingCalibration::NotSaid || !spacing.repeatsImager);
}

} // namespace

Scale scaleOf(const Film &film)
{
    if (!film.spacing || film.spacing->source == SpacingSource::ImageFile)
        return {1, film.pixelAspect, LengthKind::Pixels};
    const SpacingMm &spacing = *film.spacing;
    if (isCalibrated(spacing))
        return {spacing.column, spacing.row, LengthKind::Calibrated};
    if (spacing.magnification > 1)
        return {spacing.column / spacing.magnification, spacing.row / spacing.magnification,
                LengthKind::MagnificationCorrected};
    return {spacing.column, spacing.row, LengthKind::AtDetector};
}

Scale calibrated(const Scale &scale, FilmPoint from, FilmPoint to, double millimetres)
{
    const double now = lengthBetween(from, to, scale).value;
    assert(now > 0 && millimetres > 0);
    return {scale.column * millimetres / now, scale.row * millimetres / now, LengthKind::Calibrated};
}

Length lengthBetween(FilmPoint from, FilmPoint to, const Scale &scale)
{
    const Step step = stepBetween(from, to, scale);
    return {std::hypot(step.x, step.y), scale.kind};
}

double angleAt(FilmPoint vertex, FilmPoint first, FilmPoint second, const Scale &scale)
{
    return angleBetween(stepBetween(vertex, first, scale), stepBetween(vertex, second, scale));
}

double angleBetween(FilmPoint from, FilmPoint to, FilmPoint otherFrom, FilmPoint otherTo, const Scale &scale)
{
    const double angle = angleBetween(stepBetween(from, to, scale), stepBetween(otherFrom, otherTo, scale));
    return angle > 90 ? 180 - angle : angle;
}

const char *unitText(LengthKind kind)
{
    switch (kind) {
    case LengthKind::Calibrated:
        return "mm (calibrated)";
    case LengthKind::AtDetector:
        return "mm at detector";
    case LengthKind::MagnificationCorrected:
        return "mm, magnification corrected";
    case LengthKind::Pixels:
        break;
    }
    return "px";
}

const char *areaUnitText(LengthKind kind)
{
    switch (kind) {
    case LengthKind::Calibrated:
        return "mm\u00b2 (calibrated)";
    case LengthKind::AtDetector:
        return "mm\u00b2 at detector";
    case LengthKind::MagnificationCorrected:
        return "mm\u00b2, magnification corrected";
    case LengthKind::Pixels:
        break;
    }
    return "px\u00b2";
}

} // namespace hilum
