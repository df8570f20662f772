// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/ModelComparison.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

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

// First's accuracy less second's, by patient. Patients are drawn whole, so that their films are counted
// before: with many films that is most of the time.
BootstrapEstimate differenceOf(std::span<const TwiceReadFilm> films)
{
    std::vector<double> count; // of films, by patient
    std::vector<double> better; // films on which only the first is right, less those of only the second
    std::map<std::string, std::size_t> numbers;
    for (const TwiceReadFilm &film : films) {
        if (film.truth < 0)
            continue;
        const std::string &group = film.group.empty() ? film.film : film.group;
        const std::size_t patient = numbers.try_emplace(group, numbers.size()).first->second;
        count.resize(numbers.size());
        better.resize(numbers.size());
        ++count[patient];
        better[patient]
            += (film.firstCall() == film.truth ? 1 : 0) - (film.secondCall() == film.truth ? 1 : 0);
    }
    std::vector<int> patients(count.size());
    std::iota(patients.begin(), patients.end(), 0);
    return bootstrap(RatioStatistic(std::move(better), std::move(count)), patients);
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
