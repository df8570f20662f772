// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// truncatedNotice: the one sentence by which every reader says that rows of a film are not there.
//
// Units:   rows of `frame`, counted from 1; frame 0: of the film.
// Threads: pure function.
#pragma once

#include <cstddef>
#include <string>

namespace hilum {

[[nodiscard]] inline std::string truncatedNotice(std::size_t missing, std::size_t rows, std::size_t frame = 0)
{
    return "truncated: last " + std::to_string(missing) + (missing == 1 ? " row" : " rows") + " missing"
        + (frame > 0 ? " in frame " + std::to_string(frame) : "") + " (of " + std::to_string(rows)
        + "; shown as zero)";
}

} // namespace hilum
