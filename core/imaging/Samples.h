// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Samples: the typed stored samples of one frame, for the loops inside core/imaging.
//
// Shape:   span of rows x columns x samplesPerPixel, interleaved.
// Errors:  none; a frame outside is a bug and is an assert.
#pragma once

#include "core/film/Film.h"

#include <cassert>
#include <span>
#include <variant>

namespace hilum {

// Calls `function` with the frame's samples as std::span<const T>, T being the film's own type.
template <class Function>
auto visitFrame(const Film &film, int frame, Function &&function)
{
    assert(frame >= 0 && frame < film.frames);
    const std::size_t length = film.pixelsPerFrame() * static_cast<std::size_t>(film.samplesPerPixel);
    const std::size_t start = length * static_cast<std::size_t>(frame);
    return std::visit(
        [&](const auto &samples) {
            assert(samples.size() >= start + length);
            return function(std::span(samples).subspan(start, length));
        },
        film.samples);
}

} // namespace hilum
