// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/compare/TwiceReading.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>

using namespace hilum;

namespace {

// A film of which more is bright the larger its number is.
FilmPtr filmOf(int number)
{
    auto film = std::make_shared<Film>();
    film->columns = 32;
    film->rows = 32;
    film->bitsStored = 8;
    film->photometric = Photometric::Monochrome2;
    std::vector<std::uint8_t> samples(film->pixelsPerFrame(), 10);
    std::fill_n(samples.begin(), 32 * 2 * (1 + number % 16), static_cast<std::uint8_t>(200));
    film->samples = std::move(samples);
    return film;
}

// Twelve films by number; "bad" ones can't be read. The first network gives the input's first value, the
// second one less it, so that each answer says which film it is of.
struct Bench {
    TwiceReadingPlan plan;
    std::shared_ptr<std::atomic_int> reads = std::make_shared<std::atomic_int>(0);

    explicit Bench(int films = 12)
    {
        for (int i = 0; i < films; ++i) {
            const std::string name = (i % 5 == 4 ? "bad" : "film") + std::to_string(i);
            plan.samples.push_back({"/films/" + name, name, i % 2 == 0 ? "ill" : "unheard",
                                    "p" + std::to_string(i), "a", -1, false});
        }
        plan.classes = {"ill", "well"};
        plan.inputs = {InputSpec{16}, InputSpec{8}};
        plan.makeReader = [count = reads]() -> TwiceReadingPlan::Reader {
            return [count](const std::filesystem::path &file, const std::stop_token &) -> Result<FilmPtr> {
                const int number = ++*count;
                // Later films are often read before earlier ones.
                std::this_thread::sleep_for(std::chrono::milliseconds(number % 3));
                const std::string name = file.filename().string();
                if (name.starts_with("bad"))
                    return fail(ErrorCode::DataCorrupt, name + ": expected a film, found noise");
                return filmOf(std::stoi(name.substr(4)));
            };
        };
        plan.ask = [](int network, const ModelInput &input) -> Result<std::vector<double>> {
            if (input.values.width() != (network == 0 ? 16 : 8))
                return fail(ErrorCode::Internal, "fed another network's input");
            const auto bright = static_cast<double>(std::ranges::count_if(
                                    input.values.samples(), [](float value) { return value > 0; }))
                / static_cast<double>(input.values.samples().size());
            const double p = network == 0 ? bright : 1 - bright;
            return std::vector{p, 1 - p};
        };
    }
};

} // namespace

class TwiceReadingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrderOfTheFilmsAndGathersFailures()
    {
        Bench bench;
        std::vector<TwiceProgress> steps;
        TwiceObserver observer;
        observer.progress = [&](const TwiceProgress &step) { steps.push_back(step); };
        const auto read = readTwice(bench.plan, observer, {});
        QVERIFY(read);
        QVERIFY(!read->isStopped);
        QCOMPARE(read->films.size(), std::size_t(10));
        QCOMPARE(read->files.size(), std::size_t(10));
        QCOMPARE(read->unread.size(), std::size_t(2));
        QCOMPARE(read->unread[0].name, std::string("bad4"));
        QVERIFY(read->unread[0].error.detail.find("expected a film") != std::string::npos);
        double last = -1;
        for (std::size_t i = 0; i < read->films.size(); ++i) {
            const TwiceReadFilm &film = read->films[i];
            const int number = std::stoi(film.film.substr(4));
            QCOMPARE(film.truth, number % 2 == 0 ? 0 : -1);
            QCOMPARE(film.group, "p" + std::to_string(number));
            QCOMPARE(read->files[i].filename().string(), film.film);
            QVERIFY(film.first[0] > last); // films are brighter the later they come
            last = film.first[0];
        }
        QCOMPARE(steps.size(), std::size_t(12));
        QCOMPARE(steps.back().done, 12);
        QCOMPARE(steps.back().failed, 2);
        QVERIFY(steps.back().filmsPerSecond > 0);
        QCOMPARE(steps.back().secondsLeft, 0.0);
        QCOMPARE(steps.front().secondsLeft, -1.0); // nothing is known after one film
    }

    void readsAFewFilmsAheadAndNoMore()
    {
        Bench bench(100);
        std::vector<int> ahead;
        int done = 0;
        TwiceObserver observer;
        observer.progress = [&](const TwiceProgress &step) {
            done = step.done;
            ahead.push_back(*bench.reads - done);
        };
        QVERIFY(readTwice(bench.plan, observer, {}));
        QVERIFY(*std::ranges::max_element(ahead) <= 2 * bench.plan.readers);
    }

    void keepsWhatWasReadWhenItIsStopped()
    {
        Bench bench(100);
        std::stop_source stop;
        TwiceObserver observer;
        observer.progress = [&](const TwiceProgress &step) {
            if (step.done == 7)
                stop.request_stop();
        };
        const auto read = readTwice(bench.plan, observer, stop.get_token());
        QVERIFY(read);
        QVERIFY(read->isStopped);
        QCOMPARE(read->films.size() + read->unread.size(), std::size_t(7));
        QVERIFY(*bench.reads < 20);
    }

    void stopsWhenANetworkCanNotBeUsed()
    {
        Bench bench;
        bench.plan.ask = [](int, const ModelInput &) -> Result<std::vector<double>> {
            return fail(ErrorCode::ModelMismatch, "weights of another network");
        };
        const auto read = readTwice(bench.plan, {}, {});
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::ModelMismatch);
        bench.plan.ask = [](int, const ModelInput &) -> Result<std::vector<double>> {
            return std::vector{0.2, 0.3, 0.5};
        };
        QCOMPARE(readTwice(bench.plan, {}, {}).error().code, ErrorCode::ModelMismatch);
    }

    void readsNothingOfNoFilms()
    {
        Bench bench(0);
        const auto read = readTwice(bench.plan, {}, {});
        QVERIFY(read);
        QVERIFY(read->films.empty() && !read->isStopped);
    }
};

QTEST_GUILESS_MAIN(TwiceReadingTest)
#include "TwiceReadingTest.moc"
