// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How long intervals take: 2,000 draws of 10,000 films, and the same as a plain loop that draws films and
// works each number out anew. Processor time of one core; the plain loop runs fewer draws and is scaled up.
//
//     build/bin/MetricsBench [FILMS [DRAWS]]

#include "core/metrics/Assessment.h"
#include "core/metrics/AssessmentStatistics.h"
#include "core/metrics/Curves.h"
#include "core/metrics/ModelComparison.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <random>

namespace {

using namespace hilum;

double processorSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double secondsOf(const std::function<void()> &work)
{
    const double before = processorSeconds();
    work();
    return processorSeconds() - before;
}

std::vector<ScoredFilm> someFilms(int count, int patients)
{
    std::mt19937_64 random(1);
    std::vector<ScoredFilm> films;
    for (int i = 0; i < count; ++i) {
        ScoredFilm film;
        film.film = std::to_string(i);
        film.group = std::to_string(i % patients);
        film.truth = static_cast<int>(random() % 3);
        double sum = 0;
        for (int c = 0; c < 3; ++c) {
            film.probabilities.push_back(0.05 + static_cast<double>(random() % 10000) / 10000
                                         + (c == film.truth ? 0.5 : 0));
            sum += film.probabilities.back();
        }
        for (double &p : film.probabilities)
            p /= sum;
        films.push_back(std::move(film));
    }
    return films;
}

// Films drawn into a list, then all numbers of that list.
void drawPlainly(const std::vector<ScoredFilm> &films, int draws)
{
    std::mt19937_64 random(2);
    for (int draw = 0; draw < draws; ++draw) {
        std::vector<ScoredFilm> drawn;
        for (std::size_t i = 0; i < films.size(); ++i)
            drawn.push_back(films[random() % films.size()]);
        const AssessmentStatistics statistics(drawn, 3);
        std::vector<double> values(statistics.count());
        statistics.of(std::vector<int>(drawn.size(), 1), values);
    }
}

// What a comparison of two networks asks for when it is opened.
void compareMany(int count, int patients)
{
    const auto first = someFilms(count, patients);
    std::vector<TwiceReadFilm> films;
    for (const ScoredFilm &film : first)
        films.push_back({film.film, film.group, "", film.truth, film.probabilities,
                         first[(films.size() + 1) % first.size()].probabilities});
    const double seconds = secondsOf([&] { static_cast<void>(compareModels(films, {"a", "b", "c"})); });
    std::printf("comparison of %d films of %d patients: %.2f\n", count, patients, seconds);
}

} // namespace

int main(int argc, char **argv)
{
    const int count = argc > 1 ? std::atoi(argv[1]) : 10000;
    const int draws = argc > 2 ? std::atoi(argv[2]) : 2000;
    const Resampling resampling{draws, 1};
    std::printf("%d films, %d draws, processor seconds\n", count, draws);
    for (const int patients : {count, count / 2}) {
        const auto films = someFilms(count, patients);
        const auto groups = groupNumbers(films);
        const AssessmentStatistics statistics(films, 3);
        const double all = secondsOf([&] { static_cast<void>(bootstrap(statistics, groups, resampling)); });
        constexpr int fewDraws = 20;
        const double plain = secondsOf([&] { drawPlainly(films, fewDraws); }) * draws / fewDraws;
        std::printf(
            "%d patients: all %zu numbers, percentile and BCa %.2f; plain loop, percentile alone %.2f; "
            "ratio %.3f\n",
            patients, statistics.count(), all, plain, all / plain);
        const ClassScores scores = scoresOf(films, 0);
        const Ranking ranking(scores.scores, scores.positive);
        const auto grid = evenGrid(101);
        std::vector<double> thresholds;
        for (int i = 1; i < 100; ++i)
            thresholds.push_back(i / 100.0);
        std::printf(
            "  ROC band %.2f, precision-recall band %.2f, decision curve %.2f\n",
            secondsOf([&] { static_cast<void>(rocBand(ranking, groups, grid, resampling)); }),
            secondsOf([&] { static_cast<void>(precisionRecallBand(ranking, groups, grid, resampling)); }),
            secondsOf([&] { static_cast<void>(decisionCurve(ranking, groups, thresholds, resampling)); }));
        std::printf("  one number with BCa: accuracy %.2f, area %.2f\n", secondsOf([&] {
                        static_cast<void>(bootstrap(shareStatistic(scores.positive), groups, resampling));
                    }),
                    secondsOf([&] {
                        static_cast<void>(
                            bootstrap(aucStatistic(scores.scores, scores.positive), groups, resampling));
                    }));
    }
    for (const int patients : {10 * count, 5 * count})
        compareMany(10 * count, patients);
    return 0;
}
