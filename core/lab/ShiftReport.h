// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ShiftReport: shifts of probabilities as JSON and as a table, film by film.
//
//     {"all": {"films","patients","otherCall","banded","outsideBand","labelled","rightBefore","rightAfter",
//              "shifts":[{"class","mean","interval":[low,high],"lowest","quartile1","median","quartile3",
//                         "highest"}]},
//      "classes": [{"truth",...}]}
//
// Units:   as Shift.h; numbers with every digit, '.' as decimal mark.
// Errors:  none.
// Threads: pure functions.
#pragma once

#include "core/lab/Shift.h"

namespace hilum {

[[nodiscard]] std::string shiftJson(std::span<const ShiftedFilm> films,
                                    const std::vector<std::string> &classes);

// film,group,source,truth,call_before,call_after,other_call,outside_band, then for every class before_,
// after_, shift_, band_low_, band_high_; then `tail` (",...") behind each row, its names in `tailNames`.
[[nodiscard]] std::string shiftTable(std::span<const ShiftedFilm> films,
                                     const std::vector<std::string> &classes, const std::string &tailNames,
                                     const std::string &tail);

} // namespace hilum
