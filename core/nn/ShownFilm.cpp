// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/ShownFilm.h"

#include "core/imaging/Colour.h"
#include "core/imaging/DisplayTable.h"
#include "core/imaging/ModalityValues.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdio>
#include <utility>

namespace hilum {

namespace {

constexpr int lastGrey = 255;

bool areSame(const LookupTable &one, const LookupTable &other)
{
    return one.firstInput == other.firstInput && one.bits == other.bits && one.entries == other.entries;
}

std::string number(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}

void invert(GreyImage &grey)
{
    for (std::uint8_t &one : grey.samples())
        one = static_cast<std::uint8_t>(lastGrey - one);
}

GreyImage shownGreys(const Film &film, const ShownLook &look)
{
    const auto table = displayTable(film, look.voi);
    GreyImage grey = table ? renderGrey(film, *table, look.frame) : renderGrey(film, look.voi, look.frame);
    if (look.isInverted)
        invert(grey);
    const Plane<std::uint8_t> padding = paddingMask(film, look.frame);
    for (std::size_t i = 0; i < padding.samples().size(); ++i) {
        if (padding.samples()[i] != 0)
            grey.samples()[i] = 0;
    }
    return grey;
}

// Colours are shown as they are; a film that only says grey in three channels goes through the window.
GreyImage shownLuminance(const Film &film, const ShownLook &look)
{
    const RgbImage colours = renderColour(film, look.frame);
    const bool isGrey = std::ranges::all_of(
        colours.samples(), [](const auto &pixel) { return pixel[0] == pixel[1] && pixel[1] == pixel[2]; });
    GreyImage grey(colours.width(), colours.height());
    if (isGrey) {
        std::array<std::uint8_t, lastGrey + 1> greys{};
        const double step = colourFullScale(film) / lastGrey;
        for (int code = 0; code <= lastGrey; ++code)
            greys[static_cast<std::size_t>(code)] = greyOf(code * step, look.voi, look.isInverted);
        std::ranges::transform(colours.samples(), grey.samples().begin(),
                               [&](const auto &pixel) { return greys[pixel[0]]; });
        return grey;
    }
    std::ranges::transform(colours.samples(), grey.samples().begin(), [](const auto &pixel) {
        return static_cast<std::uint8_t>(
            std::lround(0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2])); // ITU-R BT.601
    });
    if (look.isInverted)
        invert(grey);
    return grey;
}

// The pixel of `from` that comes to (x, y).
template <class T>
Plane<T> turned(const Plane<T> &from, bool isMirrored, int quarterTurns)
{
    if (!isMirrored && quarterTurns == 0)
        return from;
    const int width = from.width();
    const int height = from.height();
    const bool isAcross = quarterTurns % 2 == 1;
    Plane<T> to(isAcross ? height : width, isAcross ? width : height);
    const auto sourceOf = [&](int x, int y) {
        int u = x;
        int v = y;
        switch (quarterTurns) {
        case 1:
            u = y;
            v = height - 1 - x;
            break;
        case 2:
            u = width - 1 - x;
            v = height - 1 - y;
            break;
        case 3:
            u = width - 1 - y;
            v = x;
            break;
        default:
            break;
        }
        return std::pair(isMirrored ? width - 1 - u : u, v);
    };
    // By tiles: a quarter turn reads down the columns, and each would miss the cache.
    constexpr int tile = 64;
    for (int top = 0; top < to.height(); top += tile) {
        for (int left = 0; left < to.width(); left += tile) {
            const int right = std::min(left + tile, to.width());
            for (int y = top; y < std::min(top + tile, to.height()); ++y) {
                for (int x = left; x < right; ++x) {
                    const auto [u, v] = sourceOf(x, y);
                    to.at(x, y) = from.at(u, v);
                }
            }
        }
    }
    return to;
}

} // namespace

bool operator==(const ShownLook &one, const ShownLook &other)
{
    if (one.frame != other.frame || one.isInverted != other.isInverted || one.isMirrored != other.isMirrored
        || one.quarterTurns != other.quarterTurns || one.voi.index() != other.voi.index())
        return false;
    if (const auto *window = std::get_if<Window>(&one.voi))
        return *window == std::get<Window>(other.voi);
    return areSame(std::get<LookupTable>(one.voi), std::get<LookupTable>(other.voi));
}

std::string lookText(const ShownLook &look, bool hasWindow)
{
    std::string text = "in its own colours";
    if (const auto *window = std::get_if<Window>(&look.voi); hasWindow && window)
        text = "through the window of centre " + number(window->centre) + " and width "
            + number(window->width);
    else if (hasWindow)
        text = "through a VOI table of the film";
    if (look.isInverted)
        text += ", inverted";
    if (look.isMirrored)
        text += ", mirrored";
    constexpr std::array turns{"", ", turned right by 90 degrees", ", turned by 180 degrees",
                               ", turned left by 90 degrees"};
    return text + turns[static_cast<std::size_t>(look.quarterTurns)];
}

Film shownFilm(const Film &film, const ShownLook &look)
{
    assert(look.quarterTurns >= 0 && look.quarterTurns < 4);
    const GreyImage grey = turned(film.isColour() ? shownLuminance(film, look) : shownGreys(film, look),
                                  look.isMirrored, look.quarterTurns);
    Film shown;
    shown.file = film.file;
    shown.format = film.format;
    shown.columns = grey.width();
    shown.rows = grey.height();
    shown.samples = std::vector<std::uint8_t>(grey.samples().begin(), grey.samples().end());
    shown.photometricText = "MONOCHROME2";
    shown.modality = film.modality;
    shown.pixelAspect = look.quarterTurns % 2 == 1 ? 1 / film.pixelAspect : film.pixelAspect;
    shown.tags = film.tags;
    return shown;
}

ShownPlace::ShownPlace(const ShownLook &look, int filmColumns, int filmRows)
    : m_isMirrored(look.isMirrored)
    , m_quarterTurns(look.quarterTurns)
    , m_columns(filmColumns)
    , m_rows(filmRows)
{
}

PlanePoint ShownPlace::toShown(PlanePoint film) const
{
    const double u = m_isMirrored ? m_columns - film.x : film.x;
    switch (m_quarterTurns) {
    case 1:
        return {m_rows - film.y, u};
    case 2:
        return {m_columns - u, m_rows - film.y};
    case 3:
        return {film.y, m_columns - u};
    default:
        return {u, film.y};
    }
}

PlanePoint ShownPlace::toFilm(PlanePoint shown) const
{
    PlanePoint film = shown;
    switch (m_quarterTurns) {
    case 1:
        film = {shown.y, m_rows - shown.x};
        break;
    case 2:
        film = {m_columns - shown.x, m_rows - shown.y};
        break;
    case 3:
        film = {m_columns - shown.y, shown.x};
        break;
    default:
        break;
    }
    return {m_isMirrored ? m_columns - film.x : film.x, film.y};
}

InputMap ShownPlace::toFilm(const InputMap &shown) const
{
    const auto corner = [](double value) { return static_cast<int>(std::lround(value)); };
    const PlanePoint one
        = toFilm(PlanePoint{static_cast<double>(shown.left), static_cast<double>(shown.top)});
    const PlanePoint other = toFilm(PlanePoint{static_cast<double>(shown.left + shown.width),
                                               static_cast<double>(shown.top + shown.height)});
    InputMap film{
        corner(m_columns), corner(m_rows), corner(std::min(one.x, other.x)), corner(std::min(one.y, other.y)),
        shown.width,       shown.height};
    if (m_quarterTurns % 2 == 1)
        std::swap(film.width, film.height);
    return film;
}

Plane<float> ShownPlace::toFilm(const Plane<float> &shownCells) const
{
    // Turned back, then mirrored: a mirror image is turned the other way round.
    const int back = (4 - m_quarterTurns) % 4;
    return turned(turned(shownCells, false, back), m_isMirrored, 0);
}

} // namespace hilum
