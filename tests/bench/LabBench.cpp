// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// LabBench FILM [ROUNDS]: the shortcut laboratory, from a change to the moment at which every network at hand
// has read the changed film and the window was told, beside the limit of 150 ms.
//
// Prints the least and the median of all rounds in milliseconds, and the processor time of one round, for a
// change of each kind that a slider turns. Give it two cores with taskset -c 0,1.

#include "core/codec/FilmReader.h"
#include "core/lab/Strength.h"
#include "ui/bridge/Lanes.h"
#include "ui/lab/ChangeWords.h"
#include "ui/lab/LabSession.h"
#include "ui/session/ModuleNetworks.h"
#include "ui/session/ReadingSession.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QGuiApplication>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

using namespace hilum;
using namespace hilum::ui;

namespace {

constexpr double limitMs = 150;

double processorMs()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

template <class Condition>
void waitFor(const Condition &condition)
{
    while (!condition())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
}

void measure(LabSession &lab, FilmChange change, int rounds)
{
    const StrengthScale scale = *strengthScale(change);
    lab.setChanges({});
    lab.add(change);
    waitFor([&] { return !lab.isWorking(); });
    std::vector<double> times;
    const double before = processorMs();
    for (int i = 0; i < rounds; ++i) {
        const double at = scale.valueAt(0.25 + 0.5 * i / rounds);
        lab.replace(0, withStrength(change, at));
        waitFor([&] { return !lab.isWorking(); });
        times.push_back(*lab.lastMilliseconds());
    }
    const double processor = (processorMs() - before) / rounds;
    std::ranges::sort(times);
    std::printf("%-24s least %4.0f ms, median %4.0f ms (limit %.0f), processor %4.0f ms\n",
                changeTitle(change).toUtf8().constData(), times.front(), times[times.size() / 2], limitMs,
                processor);
}

} // namespace

int main(int argc, char **argv)
{
    setenv("QT_QPA_PLATFORM", "offscreen", 0);
    const QGuiApplication application(argc, argv);
    if (argc < 2) {
        std::fputs("usage: LabBench FILM [ROUNDS]\n", stderr);
        return 2;
    }
    const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 20;
    const auto film = readFilm(argv[1]);
    if (!film) {
        std::fprintf(stderr, "%s\n", film.error().detail.c_str());
        return 1;
    }
    Lanes lanes;
    const auto networks = std::make_shared<ModuleNetworks>();
    ReadingSession readings(lanes, networks);
    LabSession lab(lanes, networks, readings);
    readings.start();
    waitFor([&] { return readings.isListed(); });
    readings.setFilm(1, makeDisplayFilm(*film));
    waitFor([&] { return !readings.isReading(); });
    readings.showAnyway();
    lab.setOn(true);
    waitFor([&] { return !lab.after().empty() && !lab.isWorking(); });
    std::printf("%s, %d x %d, %zu networks\n", argv[1], (*film)->columns, (*film)->rows,
                readings.networks().size());
    for (const FilmChange &change :
         {FilmChange(CoverRectangle{}), FilmChange(ChangeGamma{}), FilmChange(Rotate{}), FilmChange(Blur{}),
          FilmChange(AddNoise{}), FilmChange(StoreAsJpeg{}), FilmChange(StoreSmaller{})})
        measure(lab, change, rounds);
    lab.setOn(false);
    return 0;
}
