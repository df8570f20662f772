// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/DeskJudgement.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hilum::ui {

namespace {

constexpr double workOfNumbers = 2e7; // films x draws
constexpr int bandGrid = 101;

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// A few hundred steps draw a curve as well as ten thousand, at a hundredth of the price.
constexpr std::size_t mostPoints = 2000;

std::vector<CurvePoint> thinned(std::vector<CurvePoint> points)
{
    if (points.size() <= mostPoints)
        return points;
    std::vector<CurvePoint> kept;
    const double step = static_cast<double>(points.size() - 1) / static_cast<double>(mostPoints - 1);
    for (std::size_t i = 0; i < mostPoints; ++i)
        kept.push_back(points[static_cast<std::size_t>(std::lround(static_cast<double>(i) * step))]);
    return kept;
}

Ranking rankingOf(const DeskSide &side, int label)
{
    const ClassScores scores = scoresOf(side.films, label);
    return {scores.scores, scores.positive};
}

DeskClass classOf(const DeskSide &side, int label)
{
    const ClassScores scores = scoresOf(side.films, label);
    const Ranking ranking(scores.scores, scores.positive);
    DeskClass made;
    made.points = ranking.points();
    made.roc = thinned(rocCurve(ranking));
    if (made.hasCurves())
        made.precisionRecall = thinned(precisionRecallCurve(ranking));
    made.area = aucEstimate(scores.scores, scores.positive);
    made.averagePrecision = ranking.areas().averagePrecision;
    return made;
}

void addReliability(DeskSide &side)
{
    std::vector<double> confidence;
    std::vector<std::uint8_t> right;
    for (const ScoredFilm &film : side.films) {
        const int call = film.call();
        confidence.push_back(film.probabilities[at(call)]);
        right.push_back(call == film.truth ? 1 : 0);
    }
    if (confidence.empty())
        return;
    side.equalWidth = reliability(confidence, right, calibrationBins, Binning::EqualWidth);
    side.equalMass = reliability(confidence, right, calibrationBins, Binning::EqualMass);
}

DeskSide sideOf(DeskSetPtr set, std::vector<int> shown)
{
    DeskSide side;
    side.set = std::move(set);
    side.shown = std::move(shown);
    const int classes = static_cast<int>(side.set->labels.size());
    side.matrix = ConfusionMatrix(classes);
    side.films.reserve(side.shown.size());
    for (const int film : side.shown) {
        side.films.push_back(side.set->films[at(film)]);
        side.matrix.add(side.films.back().truth, side.films.back().call());
    }
    for (int label = 0; label < classes; ++label)
        side.classes.push_back(side.films.empty() ? DeskClass() : classOf(side, label));
    addReliability(side);
    return side;
}

std::vector<double> thresholdGrid()
{
    std::vector<double> grid;
    for (int i = 1; i < 100; ++i)
        grid.push_back(i / 100.0);
    return grid;
}

// Nothing when it was stopped.
bool complete(DeskSide &side, int draws, const std::stop_token &stop)
{
    Resampling resampling;
    resampling.draws = draws;
    side.assessment = assess(side.films, side.set->labels, resampling);
    const auto groups = groupNumbers(side.films);
    const auto grid = evenGrid(bandGrid);
    const auto thresholds = thresholdGrid();
    resampling.draws = std::max(100, draws / 4);
    for (int label = 0; label < static_cast<int>(side.classes.size()); ++label) {
        DeskClass &made = side.classes[at(label)];
        if (!made.hasCurves())
            continue;
        const Ranking ranking = rankingOf(side, label);
        for (const auto &step : {0, 1, 2}) {
            if (stop.stop_requested())
                return false;
            if (step == 0)
                made.rocBand = rocBand(ranking, groups, grid, resampling);
            else if (step == 1)
                made.precisionRecallBand = precisionRecallBand(ranking, groups, grid, resampling);
            else
                made.decision = decisionCurve(ranking, groups, thresholds, resampling);
        }
    }
    return !stop.stop_requested();
}

ModelComparison comparisonOf(const DeskJudgement &judgement)
{
    const DeskSide &first = judgement.sides[0];
    const DeskSide &second = judgement.sides[1];
    std::vector<TwiceReadFilm> both;
    for (const ScoredFilm &film : first.films) {
        const int twin = second.set->filmOf(film.film);
        if (twin >= 0)
            both.push_back({film.film, film.group, film.source, film.truth, film.probabilities,
                            second.set->films[at(twin)].probabilities});
    }
    return compareModels(both, first.set->labels);
}

template <class Wanted>
std::vector<int> placesWhere(const DeskSide &side, const Wanted &wanted)
{
    std::vector<int> places;
    for (std::size_t i = 0; i < side.films.size(); ++i) {
        if (wanted(side.films[i]))
            places.push_back(static_cast<int>(i));
    }
    return places;
}

} // namespace

int drawsFor(std::size_t films)
{
    return static_cast<int>(
        std::clamp(workOfNumbers / std::max(1.0, static_cast<double>(films)), 200.0, 2000.0));
}

DeskJudgementPtr sketchOf(const DeskRequest &request)
{
    auto made = std::make_shared<DeskJudgement>();
    made->request = request;
    made->filmsInAll = static_cast<int>(request.first->films.size());
    const auto twins = twinsOf(*request.first, request.second.get());
    auto shown = filmsThatPass(*request.first, request.second.get(), twins, request.filter);
    std::vector<int> others;
    for (const int film : shown) {
        if (twins[at(film)] >= 0)
            others.push_back(twins[at(film)]);
    }
    made->sides.push_back(sideOf(request.first, std::move(shown)));
    if (request.second)
        made->sides.push_back(sideOf(request.second, std::move(others)));
    made->draws = drawsFor(made->first().films.size());
    return made;
}

DeskJudgementPtr completed(const DeskJudgement &sketch, const std::stop_token &stop)
{
    auto made = std::make_shared<DeskJudgement>(sketch);
    for (DeskSide &side : made->sides) {
        if (stop.stop_requested() || !complete(side, made->draws, stop))
            return nullptr;
    }
    if (made->sides.size() > 1)
        made->comparison = comparisonOf(*made);
    return stop.stop_requested() ? nullptr : made;
}

std::vector<int> filmsOfCell(const DeskSide &side, int truth, int called)
{
    return placesWhere(side,
                       [&](const ScoredFilm &film) { return film.truth == truth && film.call() == called; });
}

int barOf(double probability, int bars)
{
    int bar = std::clamp(static_cast<int>(probability * bars), 0, bars - 1);
    if (bar + 1 < bars && probability >= static_cast<double>(bar + 1) / bars)
        ++bar;
    return bar > 0 && probability < static_cast<double>(bar) / bars ? bar - 1 : bar;
}

std::vector<int> filmsOfBin(const DeskSide &side, const std::vector<ReliabilityBin> &bins, std::size_t bin)
{
    const ReliabilityBin &wanted = bins[bin];
    return placesWhere(side, [&](const ScoredFilm &film) {
        const double p = film.probabilities[at(film.call())];
        return p <= wanted.high && (p > wanted.low || (bin == 0 && p >= wanted.low));
    });
}

std::vector<int> filmsOfBar(const DeskSide &side, int label, int truth, int bar, int bars)
{
    return placesWhere(side, [&](const ScoredFilm &film) {
        return film.truth == truth && barOf(film.probabilities[at(label)], bars) == bar;
    });
}

std::vector<int> filmsOfSource(const DeskSide &side, int truth, const std::string &source)
{
    return placesWhere(side,
                       [&](const ScoredFilm &film) { return film.truth == truth && film.source == source; });
}

std::vector<int> filmsAtThreshold(const DeskSide &side, int label, double threshold, int most)
{
    const auto p = [&](int place) { return side.films[at(place)].probabilities[at(label)]; };
    std::vector<int> places(side.films.size());
    std::iota(places.begin(), places.end(), 0);
    const auto count = std::min(at(most), places.size());
    const auto nearest = places.begin() + static_cast<std::ptrdiff_t>(count);
    std::ranges::partial_sort(places, nearest, {}, [&](int place) { return std::abs(p(place) - threshold); });
    places.resize(count);
    std::ranges::sort(places, {}, p);
    return places;
}

} // namespace hilum::ui
