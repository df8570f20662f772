// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Small invented films for the tests of the window.
#pragma once

#include "core/film/Film.h"

#include <memory>
#include <utility>

namespace hilum::ui::test {

// 12 bits, stored value 100 * y + x, unless told otherwise.
inline FilmPtr ramp(int columns = 20, int rows = 10, Photometric photometric = Photometric::Monochrome2)
{
    auto film = std::make_shared<Film>();
    film->file = "ramp.dcm";
    film->columns = columns;
    film->rows = rows;
    film->bitsStored = 12;
    film->photometric = photometric;
    film->photometricText = photometric == Photometric::Monochrome1 ? "MONOCHROME1" : "MONOCHROME2";
    std::vector<std::uint16_t> samples;
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x)
            samples.push_back(static_cast<std::uint16_t>(100 * y + x));
    }
    film->samples = std::move(samples);
    return film;
}

// Frames of 16 x 16, each of one value: 100 * frame, with 1 in its first pixel.
inline FilmPtr cine(int frames)
{
    auto film = std::make_shared<Film>(*ramp(16, 16));
    film->frames = frames;
    std::vector<std::uint16_t> samples;
    for (int frame = 0; frame < frames; ++frame) {
        samples.insert(samples.end(), 256, static_cast<std::uint16_t>(100 * frame));
        samples[samples.size() - 256] = 1;
    }
    film->samples = std::move(samples);
    return film;
}

} // namespace hilum::ui::test
