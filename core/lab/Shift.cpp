// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lab/Shift.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace hilum {

namespace {

int callOf(const std::vector<double> &probabilities)
{
    return static_cast<int>(std::ranges::max_element(probabilities) - probabilities.begin());
}

// Of sorted values; type 7 of Hyndman, Fan 1996.
double quantile(const std::vector<double> &sorted, double share)
{
    if (sorted.empty())
        return std::numeric_limits<double>::quiet_NaN();
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const auto above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

ShiftDistribution distributionOf(const std::vector<const ShiftedFilm *> &films,
                                 const std::vector<int> &groups, int label)
{
    std::vector<double> shifts;
    for (const ShiftedFilm *film : films)
        shifts.push_back(film->shift(label));
    const auto mean = bootstrap(
        [&](std::span<const int> drawn) {
            double sum = 0;
            double count = 0;
            for (std::size_t i = 0; i < shifts.size(); ++i) {
                sum += drawn[i] * shifts[i];
                count += drawn[i];
            }
            return sum / count;
        },
        groups);
    std::vector<double> sorted = shifts;
    std::ranges::sort(sorted);
    return {label,
            mean.value,
            mean.percentile,
            quantile(sorted, 0),
            quantile(sorted, 0.25),
            quantile(sorted, 0.5),
            quantile(sorted, 0.75),
            quantile(sorted, 1)};
}

ShiftSummary summaryOf(const std::vector<const ShiftedFilm *> &films, int truth, int classes)
{
    ShiftSummary summary;
    summary.truth = truth;
    summary.films = static_cast<int>(films.size());
    std::map<std::string, int> numbers;
    std::vector<int> groups;
    for (const ShiftedFilm *film : films) {
        const std::string &group = film->group.empty() ? film->film : film->group;
        groups.push_back(numbers.try_emplace(group, static_cast<int>(numbers.size())).first->second);
        const int before = film->callBefore();
        summary.otherCall += film->callAfter() != before ? 1 : 0;
        summary.banded += film->bands.empty() ? 0 : 1;
        summary.outsideBand += film->leavesBand(before) ? 1 : 0;
        if (film->truth < 0)
            continue;
        ++summary.labelled;
        summary.rightBefore += before == film->truth ? 1 : 0;
        summary.rightAfter += film->callAfter() == film->truth ? 1 : 0;
    }
    summary.patients = static_cast<int>(numbers.size());
    for (int label = 0; label < classes; ++label)
        summary.shifts.push_back(distributionOf(films, groups, label));
    return summary;
}

} // namespace

double ShiftedFilm::shift(int label) const
{
    const auto i = static_cast<std::size_t>(label);
    return after[i] - before[i];
}

int ShiftedFilm::callBefore() const { return callOf(before); }

int ShiftedFilm::callAfter() const { return callOf(after); }

bool ShiftedFilm::leavesBand(int label) const
{
    if (bands.empty())
        return false;
    const auto i = static_cast<std::size_t>(label);
    return after[i] < bands[i].low || after[i] > bands[i].high;
}

std::vector<ShiftSummary> summarise(std::span<const ShiftedFilm> films, int classes)
{
    std::vector<ShiftSummary> summaries;
    for (int truth = -1; truth < classes; ++truth) {
        std::vector<const ShiftedFilm *> chosen;
        for (const ShiftedFilm &film : films) {
            if (truth < 0 || film.truth == truth)
                chosen.push_back(&film);
        }
        if (!chosen.empty())
            summaries.push_back(summaryOf(chosen, truth, classes));
    }
    return summaries;
}

} // namespace hilum
