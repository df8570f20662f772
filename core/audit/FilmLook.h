// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmLook: the small pictures and numbers that an audit keeps of a film, so that it need not be decoded
// again.
//
// Shape:   `coarse` 16 x 16, `middle` 32 x 32 and `fine` 64 x 64 greys of the whole film squeezed to a
// square;
//          `fine` without the frame of one grey that a letterbox or a scanner left. `edge` is the outer 3 %
//          as 4 sides x 16 stretches, clockwise from the top left. `rough` is the mean Laplacian's size in 8
//          x 8 parts of the film at 256 x 256.
// Units:   greys 0 to 255, bone white: of PNG and JPEG as stored, of DICOM as the film opens.
// Errors:  DataCorrupt for a film without a pixel.
// Threads: pure functions.
#pragma once

#include "core/audit/Audit.h"

namespace hilum {

struct FilmLook {
    AuditFilm film; // without sample and split
    std::string fileHash;
    std::string pixelHash;
    std::uint64_t pictureHash = 0; // of `fine`, Marr and Zauner's perceptual hash by the DCT
    std::uint64_t mirroredHash = 0;
    Plane<std::uint8_t> coarse;
    Plane<std::uint8_t> middle;
    Plane<std::uint8_t> fine;
    std::array<std::uint8_t, 64> edge{};
    std::array<float, 64> rough{};
};

[[nodiscard]] Result<FilmLook> lookAt(const Film &film);

// How alike two pictures of `fine`'s size are: the highest correlation of what is finer than a sixteenth of
// the film, over shifts by at most two pixels. Anatomy alone gives little: another chest's ribs lie
// elsewhere.
[[nodiscard]] double likeness(const Plane<std::uint8_t> &first, const Plane<std::uint8_t> &second);
[[nodiscard]] Plane<std::uint8_t> mirrored(const Plane<std::uint8_t> &picture);

} // namespace hilum
