// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DisplayFilm: one frame of a film, made ready for a screen: 16-bit codes at full size and at
// halves of it, what a code means, the histogram and the windows to choose from.
//
// A drag of the window then costs one table of codes and one look-up per screen pixel, whatever the
// film's size and sample type.
//
// Shape:   levels[k] is the film at 1 / 2^k, rounded up, each sample the mean of those that it
//          covers; one plane for grey films (and colour files that hold only grey), three for colour.
// Units:   codes; valueOf() gives modality values (luminance scale for colour). Codes of integer films of
//          up to 16 bits are their stored values, so level 0 is exact; wider ones are quantised to
//          65,536 steps of their range. Level 0 of unsigned films is the film itself, not a copy.
// Errors:  none.
// Threads: made on the decode lane (makeDisplayFilm is linear in pixels); shared as DisplayFilmPtr,
//          immutable after.
#pragma once

#include "core/film/Film.h"
#include "core/imaging/Histogram.h"
#include "core/imaging/ModalityValues.h"
#include "core/imaging/Render.h"
#include "ui/bridge/CodePlane.h"

#include <QImage>
#include <QString>

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace hilum::ui {

// A VOI that the film or we propose, as the digit keys offer it.
struct VoiPreset {
    QString name;
    Voi voi;
};

using CodeLevels = std::vector<std::vector<CodePlane>>; // [level][channel]

struct DisplayFilm {
    FilmPtr film;
    int frame = 0;
    CodeLevels levels;
    CodeLevels overlays; // of the file (groups 60xx), coverage from 0 to 65535; empty: none on this frame
    bool codesAreStored = true;
    double first = 0; // what code 0 stands for
    double step = 1;
    int lowestCode = 0;
    int highestCode = 0;
    ValueRange range;
    Histogram histogram;
    Window automatic; // from the 1st to the 99th percentile
    std::vector<VoiPreset> presets; // never empty; the first is how the film opens

    bool isColour() const { return levels.front().size() == 3; }
    double valueOf(int code) const;
};

using DisplayFilmPtr = std::shared_ptr<const DisplayFilm>;

[[nodiscard]] DisplayFilmPtr makeDisplayFilm(FilmPtr film, int frame = 0);

// What one code is shown as. Colour films have no window: their channels are shown as they are, or inverted.
[[nodiscard]] std::uint8_t shownGrey(const DisplayFilm &film, const Voi &voi, bool inverted, int code);

// Grey for each code from 0 to highestCode, as renderGrey would give it; `inverted` is the user's wish.
// Padding is black through every window and inversion: it is no picture, and white it would blind.
[[nodiscard]] std::vector<std::uint8_t> greyTable(const DisplayFilm &film, const Voi &voi, bool inverted);

// Bytes that the film and what was made of it take.
[[nodiscard]] std::size_t memoryOf(const DisplayFilm &film);

// The whole film, as it opens, at most `side` pixels in its longer direction.
[[nodiscard]] QImage thumbnail(const DisplayFilm &film, int side);
// Or through another window.
[[nodiscard]] QImage thumbnail(const DisplayFilm &film, int side, const Voi &voi, bool inverted);

// A window that shows about what `voi` shows, to start a drag from.
[[nodiscard]] Window asWindow(const Voi &voi);

} // namespace hilum::ui
