// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lab/Strength.h"

#include <algorithm>
#include <cmath>

namespace hilum {

namespace {

struct Handle {
    StrengthScale scale;
    double *number = nullptr;
    int *whole = nullptr;
};

Handle handleOf(CoverRectangle &c) { return {{0, 1, 0}, &c.opacity}; }
Handle handleOf(CoverBrush &c) { return {{0, 1, 0}, &c.opacity}; }
Handle handleOf(CoverLungs &c) { return {{0, 1, 0}, &c.opacity}; }
Handle handleOf(CoverBorder &c) { return {{0, 0.4, 0}, &c.depth}; }
Handle handleOf(CoverCorners &c) { return {{0, 0.45, 0}, &c.size}; }
Handle handleOf(PasteText &c) { return {{0, 0.25, 0}, &c.place.height}; }
Handle handleOf(ChangeWindow &c) { return {{0.05, 2, 1, true}, &c.width}; }
Handle handleOf(ChangeGamma &c) { return {{0.25, 4, 1, true}, &c.gamma}; }
Handle handleOf(Rotate &c) { return {{-45, 45, 0}, &c.degrees}; }
Handle handleOf(Blur &c) { return {{0, 0.03, 0}, &c.radius}; }
Handle handleOf(AddNoise &c) { return {{0, 0.3, 0}, &c.deviation}; }
Handle handleOf(StoreAsJpeg &c) { return {{1, 100, 100, false, true}, nullptr, &c.quality}; }
Handle handleOf(StoreSmaller &c) { return {{16, 1024, 1024, true, true}, nullptr, &c.side}; }
Handle handleOf(Stretch &c) { return {{0.5, 2, 1, true}, &c.factor}; }
Handle handleOf(EvenBrightness &c) { return {{0, 1, 0}, &c.strength}; }
Handle handleOf(Invert &) { return {}; }
Handle handleOf(Flip &) { return {}; }
Handle handleOf(SqueezeToSquare &) { return {}; }

Handle handleOf(FilmChange &change)
{
    return std::visit([](auto &c) { return handleOf(c); }, change);
}

} // namespace

double StrengthScale::shareOf(double value) const
{
    if (isLogarithmic)
        return std::clamp(std::log(std::max(value, low) / low) / std::log(high / low), 0.0, 1.0);
    return std::clamp((value - low) / (high - low), 0.0, 1.0);
}

double StrengthScale::valueAt(double share) const
{
    const double value = isLogarithmic ? low * std::pow(high / low, share) : std::lerp(low, high, share);
    return isWhole ? std::round(value) : value;
}

std::optional<StrengthScale> strengthScale(const FilmChange &change)
{
    FilmChange copy = change;
    const Handle handle = handleOf(copy);
    if (handle.number == nullptr && handle.whole == nullptr)
        return std::nullopt;
    return handle.scale;
}

double strengthOf(const FilmChange &change)
{
    FilmChange copy = change;
    const Handle handle = handleOf(copy);
    if (handle.whole != nullptr)
        return *handle.whole;
    return handle.number != nullptr ? *handle.number : 1;
}

FilmChange withStrength(FilmChange change, double strength)
{
    const Handle handle = handleOf(change);
    if (handle.whole != nullptr)
        *handle.whole = static_cast<int>(std::lround(strength));
    else if (handle.number != nullptr)
        *handle.number = strength;
    return change;
}

} // namespace hilum
