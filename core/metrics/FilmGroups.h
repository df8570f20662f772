// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmGroups: the films of each patient, one patient after the other.
//
// Shape:   `groups` names the patient of each film, 0 to the number of patients less one, none missing.
// Threads: values.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

namespace hilum {

class FilmGroups {
public:
    explicit FilmGroups(std::span<const int> groups)
        : m_starts(groups.empty() ? 1 : static_cast<std::size_t>(*std::ranges::max_element(groups)) + 2)
        , m_films(groups.size())
    {
        for (const int group : groups) {
            assert(group >= 0);
            ++m_starts[static_cast<std::size_t>(group) + 1];
        }
        std::partial_sum(m_starts.begin(), m_starts.end(), m_starts.begin());
        std::vector<std::size_t> next = m_starts;
        for (std::size_t film = 0; film < groups.size(); ++film)
            m_films[next[static_cast<std::size_t>(groups[film])]++] = film;
    }
    std::size_t count() const { return m_starts.size() - 1; }
    std::size_t films() const { return m_films.size(); }
    std::span<const std::size_t> of(std::size_t group) const
    {
        return std::span(m_films).subspan(m_starts[group], m_starts[group + 1] - m_starts[group]);
    }

private:
    std::vector<std::size_t> m_starts;
    std::vector<std::size_t> m_films;
};

} // namespace hilum
