// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/DeskFilter.h"

#include <algorithm>

namespace hilum::ui {

namespace {

bool passesCalls(const ScoredFilm &first, const ScoredFilm *second, DeskFilter::Calls calls)
{
    using Calls = DeskFilter::Calls;
    const int call = first.call();
    const bool isRight = call == first.truth;
    switch (calls) {
    case Calls::All:
        return true;
    case Calls::Right:
        return isRight;
    case Calls::Wrong:
        return !isRight;
    case Calls::Same:
        return second && second->call() == call;
    case Calls::Different:
        return second && second->call() != call;
    case Calls::OneRight:
        return second && (second->call() == second->truth) != isRight;
    }
    return true;
}

} // namespace

bool areComparable(const DeskSet &first, const DeskSet &second) { return first.labels == second.labels; }

std::vector<int> twinsOf(const DeskSet &first, const DeskSet *second)
{
    std::vector<int> twins(first.films.size(), -1);
    for (std::size_t i = 0; second && i < first.films.size(); ++i)
        twins[i] = second->filmOf(first.films[i].film);
    return twins;
}

std::vector<int> filmsThatPass(const DeskSet &first, const DeskSet *second, const std::vector<int> &twins,
                               const DeskFilter &filter)
{
    struct Wanted {
        const DeskColumn *column;
        int value;
    };
    std::vector<Wanted> wanted;
    for (const auto &[name, value] : filter.values) {
        if (const DeskColumn *column = first.column(name)) {
            const auto place = std::ranges::lower_bound(column->values, value);
            const bool isThere = place != column->values.end() && *place == value;
            wanted.push_back({column, isThere ? static_cast<int>(place - column->values.begin()) : -2});
        }
    }
    std::vector<int> films;
    for (std::size_t i = 0; i < first.films.size(); ++i) {
        const ScoredFilm &film = first.films[i];
        const ScoredFilm *twin
            = second && twins[i] >= 0 ? &second->films[static_cast<std::size_t>(twins[i])] : nullptr;
        const bool isOf
            = std::ranges::all_of(wanted, [&](const Wanted &one) { return one.column->of[i] == one.value; });
        if (isOf && (filter.truth < 0 || film.truth == filter.truth) && passesCalls(film, twin, filter.calls))
            films.push_back(static_cast<int>(i));
    }
    return films;
}

} // namespace hilum::ui
