// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/Pitfalls.h"

#include <algorithm>
#include <map>
#include <set>

namespace hilum {

namespace {

constexpr int few = 30; // films of a class, whose sensitivity is then known to no better than 15 points or so

using Counts = std::map<std::string, std::vector<int>>; // by source: films of each class

std::string counted(std::size_t count, const char *one, const char *many)
{
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string nameOf(const std::string &source) { return source.empty() ? "no stated source" : source; }

Counts countsOf(std::span<const ScoredFilm> films, std::size_t classes)
{
    Counts counts;
    for (const ScoredFilm &film : films) {
        auto &row = counts.try_emplace(film.source, std::vector<int>(classes)).first->second;
        ++row[static_cast<std::size_t>(film.truth)];
    }
    return counts;
}

void addSources(const Counts &counts, const std::vector<std::string> &labels, std::vector<Pitfall> &found)
{
    if (counts.size() == 1) {
        found.push_back(
            counts.begin()->first.empty()
                ? Pitfall{"note",
                          "Sources are not stated: whether a network knows the hospital instead of "
                          "the disease can't be told from this table."}
                : Pitfall{"good", "All films come from " + counts.begin()->first + "."});
        return;
    }
    bool areMixed = true;
    for (std::size_t c = 0; c < labels.size(); ++c) {
        int all = 0;
        int alone = 0; // from sources that gave no other class
        std::set<std::string> sources;
        for (const auto &[source, row] : counts) {
            if (row[c] == 0)
                continue;
            all += row[c];
            const int others
                = static_cast<int>(std::ranges::count_if(row, [](int films) { return films > 0; }) - 1);
            if (others == 0) {
                alone += row[c];
                sources.insert(nameOf(source));
            }
        }
        areMixed = areMixed && alone == 0;
        if (alone == 0)
            continue;
        std::string from;
        for (const std::string &source : sources)
            from += (from.empty() ? "" : ", ") + source;
        found.push_back({alone == all ? "grave" : "warning",
                         std::to_string(alone) + " of " + std::to_string(all) + " films of " + labels[c]
                             + " come from sources that gave no other class (" + from
                             + "): a network can be right on them by knowing the hospital."});
    }
    if (areMixed)
        found.push_back({"good", "Every source gave films of more than one class."});
}

void addPatients(std::span<const ScoredFilm> films, std::vector<Pitfall> &found)
{
    std::map<std::string, std::set<int>> classesOf;
    std::map<std::string, int> times;
    bool isKnown = false;
    for (const ScoredFilm &film : films) {
        isKnown = isKnown || (!film.group.empty() && film.group != film.film);
        classesOf[film.group.empty() ? film.film : film.group].insert(film.truth);
        ++times[film.film];
    }
    const auto twice = static_cast<std::size_t>(
        std::ranges::count_if(times, [](const auto &one) { return one.second > 1; }));
    if (twice > 0)
        found.push_back({"warning",
                         counted(twice, "film stands", "films stand")
                             + " in this table more than once and counts as often."});
    const auto torn = static_cast<std::size_t>(
        std::ranges::count_if(classesOf, [](const auto &one) { return one.second.size() > 1; }));
    if (!isKnown)
        found.push_back({"note",
                         "Patients are not known: every film counts as a patient of its own, so that "
                         "intervals are too narrow where films share one."});
    else if (torn > 0)
        found.push_back(
            {"note", counted(torn, "patient has", "patients have") + " films of several classes."});
}

} // namespace

std::vector<Pitfall> pitfallsOf(std::span<const ScoredFilm> films, const std::vector<std::string> &labels)
{
    std::vector<Pitfall> found;
    const Counts counts = countsOf(films, labels.size());
    if (!counts.empty())
        addSources(counts, labels, found);
    addPatients(films, found);
    for (std::size_t c = 0; c < labels.size(); ++c) {
        int all = 0;
        for (const auto &[source, row] : counts)
            all += row[c];
        if (all < few)
            found.push_back({"warning",
                             "Only " + counted(static_cast<std::size_t>(all), "film", "films") + " of "
                                 + labels[c] + ": look at the width of its intervals before anything else."});
    }
    const std::vector<std::string> order{"grave", "warning", "note", "good"};
    std::ranges::stable_sort(
        found, {}, [&](const Pitfall &one) { return std::ranges::find(order, one.gravity) - order.begin(); });
    return found;
}

} // namespace hilum
