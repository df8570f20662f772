// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How quickly the threshold desk follows its slider on many films: one question by binary search against
// counting every film, and a whole step of the page, painted; and how long the desk takes to judge so many
// films.
//
//     QT_QPA_PLATFORM=offscreen build/bin/DeskBench [FILMS]

#include "tests/ui/desk/Predictions.h"
#include "ui/bridge/Lanes.h"
#include "ui/desk/DeskSession.h"
#include "ui/desk/ThresholdPage.h"

#include <QApplication>
#include <QSlider>

#include <cstdio>
#include <ctime>
#include <functional>
#include <random>

using namespace hilum;
using namespace hilum::ui;

namespace {

double secondsOf(const std::function<void()> &work)
{
    // Of the processor, so that whoever else computes does not count.
    const auto now = [] {
        timespec time{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
    };
    const double before = now();
    work();
    return now() - before;
}

DeskSetPtr someFilms(int count)
{
    std::mt19937_64 random(1);
    auto set = std::make_shared<DeskSet>();
    set->title = "invented";
    set->labels = {"covid", "normal", "pneumonia"};
    for (int i = 0; i < count; ++i) {
        std::vector<double> p;
        double sum = 0;
        for (int c = 0; c < 3; ++c) {
            p.push_back(0.05 + static_cast<double>(random() % 100000) / 100000 + (c == i % 3 ? 0.5 : 0));
            sum += p.back();
        }
        for (double &one : p)
            one /= sum;
        set->films.push_back(
            {std::to_string(i), std::to_string(i / 2), i % 2 == 0 ? "East" : "West", i % 5, i % 3, p});
        set->byName.emplace(set->films.back().film, i);
    }
    set->files.resize(set->films.size());
    set->columns = columnsOf({}, {}, set->films);
    return set;
}

int countPlainly(const DeskSet &set, double threshold)
{
    int found = 0;
    for (const ScoredFilm &film : set.films)
        found += film.truth == 0 && film.probabilities[0] >= threshold ? 1 : 0;
    return found;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const int count = argc > 1 ? std::atoi(argv[1]) : 10000;
    const DeskSetPtr set = someFilms(count);
    DeskJudgementPtr sketch;
    std::printf("%d films: sketch %.3f s", count, secondsOf([&] { sketch = sketchOf({set, nullptr, {}}); }));
    std::printf(", intervals (%d draws) %.2f s\n", sketch->draws,
                secondsOf([&] { static_cast<void>(completed(*sketch, {})); }));

    const ThresholdModel model(sketch->first().classes[0].points);
    constexpr int questions = 1000;
    long kept = 0; // so that nothing is optimised away
    const double quick = secondsOf([&] {
        for (int i = 0; i < questions; ++i)
            kept += model.at(static_cast<double>(i) / questions, {0.05, 72}).at.found;
    });
    const double plain = secondsOf([&] {
        for (int i = 0; i < questions; ++i)
            kept += countPlainly(*set, static_cast<double>(i) / questions);
    });
    std::printf("one question %.2f us, counting every film %.2f us, ratio %.4f (%ld)\n",
                1e6 * quick / questions, 1e6 * plain / questions, quick / plain, kept % 10);

    Lanes lanes;
    DeskSession session(lanes);
    session.add({set});
    while (session.isComputing() || !session.judgement())
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    ThresholdPage page(session, nullptr);
    page.resize(1240, 560);
    page.show();
    QApplication::processEvents();
    constexpr int steps = 200;
    const double painted = secondsOf([&] {
        for (int i = 0; i < steps; ++i) {
            page.slider().setValue((i * 37) % 1000);
            QApplication::processEvents(); // what changed is painted
        }
    });
    std::printf("a step of the page, painted: %.1f ms, %.0f a second of the processor\n",
                1e3 * painted / steps, steps / painted);
    return 0;
}
