// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// DeskFilter: which films the desk speaks of.
//
// Shape:   films by their place in the first network's set, in its order.
// Errors:  none; a column that a set does not have lets every film through.
// Threads: pure functions.
#pragma once

#include "ui/desk/DeskSet.h"

#include <map>
#include <string>
#include <vector>

namespace hilum::ui {

struct DeskFilter {
    enum class Calls { All, Right, Wrong, Same, Different, OneRight };

    std::map<std::string, std::string> values; // wanted value by column
    int truth = -1; // -1: any class
    Calls calls = Calls::All; // Same, Different, OneRight: of both networks

    bool isEmpty() const { return values.empty() && truth < 0 && calls == Calls::All; }
    bool operator==(const DeskFilter &) const = default;
};

// Films of `second` by the names of those of `first`; -1 where it has none.
[[nodiscard]] std::vector<int> twinsOf(const DeskSet &first, const DeskSet *second);
// Whether both call the same classes, so that their numbers stand side by side.
[[nodiscard]] bool areComparable(const DeskSet &first, const DeskSet &second);

[[nodiscard]] std::vector<int> filmsThatPass(const DeskSet &first, const DeskSet *second,
                                             const std::vector<int> &twins, const DeskFilter &filter);

} // namespace hilum::ui
