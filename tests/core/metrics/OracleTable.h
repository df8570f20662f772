// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// OracleTable: the fields of tests/oracle/metrics-*.csv as numbers.
#pragma once

#include "core/metrics/Evaluation.h"

#include <cmath>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

namespace hilum {

// "nan" included, which streams don't read.
inline std::vector<double> oracleNumbers(const std::string &text)
{
    std::istringstream words(text);
    std::vector<double> found;
    for (std::string word; words >> word;)
        found.push_back(std::stod(word));
    return found;
}

inline std::vector<std::uint8_t> oracleDigits(const std::string &digits)
{
    std::vector<std::uint8_t> found;
    for (const char digit : digits)
        found.push_back(digit == '1' ? 1 : 0);
    return found;
}

inline bool isNear(double found, double expected, double apart = 1e-9)
{
    return std::isnan(expected) ? std::isnan(found) : std::abs(found - expected) <= apart;
}

// Films of no patient in particular; `probabilities` row by row.
inline std::vector<ScoredFilm> oracleFilms(const std::vector<double> &truths,
                                           const std::vector<double> &probabilities, std::size_t classes)
{
    std::vector<ScoredFilm> films;
    for (std::size_t i = 0; i < truths.size(); ++i) {
        ScoredFilm film;
        film.film = std::to_string(i);
        film.truth = static_cast<int>(truths[i]);
        for (std::size_t c = 0; c < classes; ++c)
            film.probabilities.push_back(probabilities[i * classes + c]);
        films.push_back(std::move(film));
    }
    return films;
}

} // namespace hilum
