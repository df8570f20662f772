// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/JudgementReport.h"

#include <map>
#include <set>

namespace hilum {

namespace {

constexpr int curvePoints = 51;

} // namespace

JudgedModel judge(std::string id, std::vector<std::string> labels, std::vector<ScoredFilm> films,
                  const Resampling &resampling)
{
    JudgedModel model;
    model.id = std::move(id);
    model.labels = std::move(labels);
    model.films = std::move(films);
    model.assessment = assess(model.films, model.labels, resampling);
    const std::vector<int> groups = groupNumbers(model.films);
    const std::vector<double> grid = evenGrid(curvePoints);
    const std::vector<double> thresholds(grid.begin() + 1, grid.end() - 1);
    for (std::size_t c = 0; c < model.labels.size(); ++c) {
        const ClassScores scores = scoresOf(model.films, static_cast<int>(c));
        const Ranking ranking(scores.scores, scores.positive);
        model.curves.push_back({rocBand(ranking, groups, grid, resampling),
                                precisionRecallBand(ranking, groups, grid, resampling),
                                decisionCurve(ranking, groups, thresholds, resampling)});
    }
    return model;
}

ModelPair comparePair(const JudgedModel &first, const JudgedModel &second)
{
    ModelPair pair{first.id, second.id, {}, {}};
    if (first.labels != second.labels) {
        pair.problem = "their classes, or the order of their classes, differ";
        return pair;
    }
    std::map<std::string, const ScoredFilm *> byName;
    for (const ScoredFilm &film : second.films) {
        if (!byName.emplace(film.film, &film).second) {
            pair.problem = "a film stands twice in " + second.id + ": " + film.film;
            return pair;
        }
    }
    std::set<std::string> seen;
    std::vector<TwiceReadFilm> films;
    for (const ScoredFilm &film : first.films) {
        if (!seen.insert(film.film).second) {
            pair.problem = "a film stands twice in " + first.id + ": " + film.film;
            return pair;
        }
        const auto other = byName.find(film.film);
        if (other == byName.end())
            continue;
        if (other->second->truth != film.truth) {
            pair.problem = "their truths of " + film.film + " differ";
            return pair;
        }
        films.push_back({film.film, film.group, film.source, film.truth, film.probabilities,
                         other->second->probabilities});
    }
    if (films.empty())
        pair.problem = "no film stands in both";
    else
        pair.comparison = compareModels(films, first.labels);
    return pair;
}

} // namespace hilum
