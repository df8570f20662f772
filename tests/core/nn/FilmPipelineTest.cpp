// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/FilmPipeline.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <numeric>
#include <stdexcept>
#include <thread>

using namespace hilum;

class FilmPipelineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void filmsComeOnceAndInOrder()
    {
        const auto which = upTo(200);
        std::vector<std::size_t> taken;
        const bool whole = eachFilm(
            which, {4, 8},
            [](std::size_t film) -> Result<DecodedFilm> {
                // The even ones are slow.
                if (film % 2 == 0)
                    std::this_thread::sleep_for(std::chrono::microseconds(300));
                return DecodedFilm{{}, std::to_string(film)};
            },
            [&](std::size_t film, Result<DecodedFilm> &&decoded) {
                taken.push_back(decoded && decoded->refusal == std::to_string(film) ? film : 9999);
                return true;
            });
        QVERIFY(whole);
        QCOMPARE(taken, which);
    }

    void noMoreThanTheRoomIsDecodedAhead()
    {
        std::atomic<int> inside = 0;
        std::atomic<int> most = 0;
        eachFilm(
            upTo(100), {3, 5},
            [&](std::size_t) -> Result<DecodedFilm> {
                most = std::max(most.load(), ++inside);
                return DecodedFilm{};
            },
            [&](std::size_t, Result<DecodedFilm> &&) {
                std::this_thread::sleep_for(std::chrono::microseconds(200));
                --inside;
                return true;
            });
        // One more may begin between a film's taking and its counting here.
        QVERIFY2(most <= 6, std::to_string(most).c_str());
    }

    void stopsWhenItIsToldTo()
    {
        int taken = 0;
        const bool whole = eachFilm(
            upTo(1000), {2, 4}, [](std::size_t) -> Result<DecodedFilm> { return DecodedFilm{}; },
            [&](std::size_t, Result<DecodedFilm> &&) { return ++taken < 7; });
        QVERIFY(!whole);
        QCOMPARE(taken, 7);
    }

    void aFilmThatThrowsIsAnErrorOfItsOwn()
    {
        std::vector<bool> isRead;
        eachFilm(
            upTo(5), {2, 2},
            [](std::size_t film) -> Result<DecodedFilm> {
                if (film == 2)
                    throw std::runtime_error("no memory");
                if (film == 3)
                    return fail(ErrorCode::DataCorrupt, "broken");
                return DecodedFilm{};
            },
            [&](std::size_t, Result<DecodedFilm> &&decoded) {
                isRead.push_back(decoded.has_value());
                return true;
            });
        QCOMPARE(isRead, (std::vector<bool>{true, true, false, false, true}));
    }

    void noFilmsAreDoneAtOnce()
    {
        QVERIFY(eachFilm(
            {}, {}, [](std::size_t) -> Result<DecodedFilm> { return DecodedFilm{}; },
            [](std::size_t, Result<DecodedFilm> &&) { return false; }));
    }

    void networksThatWantTheSameShareAnInput()
    {
        InputSpec small;
        small.size = 32;
        InputSpec large;
        large.size = 64;
        const InputPlan plan({small, large, small});
        QCOMPARE(plan.inputOf(0), plan.inputOf(2));
        QVERIFY(plan.inputOf(0) != plan.inputOf(1));
    }

private:
    static std::vector<std::size_t> upTo(std::size_t count)
    {
        std::vector<std::size_t> all(count);
        std::iota(all.begin(), all.end(), std::size_t{0});
        return all;
    }
};

QTEST_GUILESS_MAIN(FilmPipelineTest)
#include "FilmPipelineTest.moc"
