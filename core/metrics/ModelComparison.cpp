// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/ModelComparison.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace hilum {

namespace {

ConfusionMatrix callsOf(std::span<const TwiceReadFilm *const> films, int classes)
{
    ConfusionMatrix matrix(classes);
    for (const TwiceReadFilm *film : films)
        matrix.add(film->firstCall(), film->secondCall());
    return matrix;
}

ComparedFilms compare(std::span<const TwiceReadFilm *const> films, const std::vector<std::string> &labels,
                      const std::string &source)
{
    ComparedFilms part;
    part.source = source;
    part.films = static_cast<int>(films.size());
    int agree = 0;
    int first = 0;
    int second = 0;
    int both = 0;
    std::vector<const TwiceReadFilm *> labelled;
    for (const TwiceReadFilm *film : films) {
        agree += film->firstCall() == film->secondCall() ? 1 : 0;
        if (film->truth < 0)
            continue;
        labelled.push_back(film);
        const bool firstRight = film->firstCall() == film->truth;
        const bool secondRight = film->secondCall() == film->truth;
        first += firstRight ? 1 : 0;
        second += secondRight ? 1 : 0;
        both += firstRight && secondRight ? 1 : 0;
    }
    part.agree = shareOf(agree, part.films);
    part.kappa = cohensKappa(callsOf(films, static_cast<int>(labels.size())));
    part.labelled = static_cast<int>(labelled.size());
    part.firstRight = shareOf(first, part.labelled);
    part.secondRight = shareOf(second, part.labelled);
    part.test = mcNemar(first - both, second - both);
    for (std::size_t c = 0; c < labels.size(); ++c) {
        std::vector<double> ofFirst;
        std::vector<double> ofSecond;
        std::vector<std::uint8_t> positive;
        for (const TwiceReadFilm *film : labelled) {
            ofFirst.push_back(film->first[c]);
            ofSecond.push_back(film->second[c]);
            positive.push_back(film->truth == static_cast<int>(c) ? 1 : 0);
        }
        const auto positives = std::ranges::count(positive, std::uint8_t(1));
        if (positives > 0 && positives < static_cast<std::ptrdiff_t>(positive.size()))
            part.areas.push_back({labels[c], compareAucs(ofFirst, ofSecond, positive)});
    }
    return part;
}

// First's accuracy less second's, by patient.
BootstrapEstimate differenceOf(std::span<const TwiceReadFilm> films)
{
    std::vector<int> groups;
    std::vector<int> better; // 1: only the first is right, -1: only the second
    std::map<std::string, int> numbers;
    for (const TwiceReadFilm &film : films) {
        if (film.truth < 0)
            continue;
        const std::string &group = film.group.empty() ? film.film : film.group;
        groups.push_back(numbers.try_emplace(group, static_cast<int>(numbers.size())).first->second);
        better.push_back((film.firstCall() == film.truth ? 1 : 0)
                         - (film.secondCall() == film.truth ? 1 : 0));
    }
    const FilmStatistic difference = [&](std::span<const int> timesDrawn) {
        double sum = 0;
        double count = 0;
        for (std::size_t i = 0; i < better.size(); ++i) {
            sum += timesDrawn[i] * better[i];
            count += timesDrawn[i];
        }
        return count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN();
    };
    return bootstrap(difference, groups);
}

} // namespace

double TwiceReadFilm::disagreement() const
{
    double sum = 0;
    for (std::size_t c = 0; c < first.size(); ++c)
        sum += std::abs(first[c] - second[c]);
    return sum / 2;
}

int TwiceReadFilm::firstCall() const { return callOf(first); }

int TwiceReadFilm::secondCall() const { return callOf(second); }

ModelComparison compareModels(std::span<const TwiceReadFilm> films, const std::vector<std::string> &labels)
{
    std::vector<const TwiceReadFilm *> all;
    std::map<std::string, std::vector<const TwiceReadFilm *>> bySource;
    for (const TwiceReadFilm &film : films) {
        all.push_back(&film);
        bySource[film.source].push_back(&film);
    }
    ModelComparison comparison;
    comparison.all = compare(all, labels, "");
    comparison.calls = callsOf(all, static_cast<int>(labels.size()));
    comparison.difference = differenceOf(films);
    if (bySource.size() > 1) {
        for (const auto &[source, some] : bySource)
            comparison.sources.push_back(compare(some, labels, source));
    }
    return comparison;
}

} // namespace hilum
