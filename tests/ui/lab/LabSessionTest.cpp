// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lab/LabSession.h"
#include "tests/ui/Fakes.h"
#include "ui/bridge/Lanes.h"
#include "ui/session/ReadingSession.h"

#include <QTest>

using namespace hilum;
using namespace hilum::ui;

namespace {

// A laboratory of a film that both networks have read: 40 x 40, the middle of middling grey.
struct Bench {
    Lanes lanes;
    std::shared_ptr<test::FakeNetworks> networks = std::make_shared<test::FakeNetworks>();
    ReadingSession readings{lanes, networks};
    LabSession lab{lanes, networks, readings};

    bool open(int columns = 40, int rows = 40)
    {
        readings.start();
        readings.setFilm(1, makeDisplayFilm(test::ramp(columns, rows)));
        lab.setOn(true);
        return QTest::qWaitFor(
                   [&] { return readings.reading(0).prediction && readings.reading(1).prediction; })
            && isRead();
    }
    bool isRead()
    {
        return QTest::qWaitFor([&] { return !lab.isWorking() && lab.after().size() == 2; });
    }
    double covid(int network) const
    {
        return lab.after()[static_cast<std::size_t>(network)]->scores[0].probability;
    }
    double covidBefore(int network) const
    {
        return lab.before()[static_cast<std::size_t>(network)]->scores[0].probability;
    }
};

const CoverRectangle whitePatch{0.4, 0.4, 0.2, 0.2, 1};

} // namespace

class LabSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anUnchangedFilmHasNotMoved()
    {
        Bench bench;
        QVERIFY(bench.open());
        for (const int network : {0, 1})
            QCOMPARE(bench.covid(network), bench.covidBefore(network));
        QVERIFY(bench.lab.shown());
        QCOMPARE(bench.lab.shown()->film->columns, 40);
    }

    void bothNetworksReadAChangedFilm()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.lab.add(whitePatch);
        QVERIFY(bench.isRead());
        for (const int network : {0, 1})
            QVERIFY(bench.covid(network) > bench.covidBefore(network) + 0.1);
        QVERIFY(bench.lab.lastMilliseconds());
        // What is shown is what was read: white in the middle.
        QVERIFY(bench.lab.shown()->film->samples.index() == 2);
        const auto &samples = std::get<std::vector<std::uint16_t>>(bench.lab.shown()->film->samples);
        QCOMPARE(int(samples[20 * 40 + 20]), 49151); // grey 1 of -0.5 to 1.5
    }

    void undoesAndRedoes()
    {
        Bench bench;
        QVERIFY(bench.open());
        QVERIFY(!bench.lab.canUndo());
        bench.lab.add(whitePatch);
        bench.lab.add(Invert{});
        QVERIFY(bench.isRead());
        bench.lab.undo();
        QCOMPARE(bench.lab.changes().size(), std::size_t(1));
        bench.lab.undo();
        QVERIFY(bench.lab.changes().empty() && !bench.lab.canUndo());
        QVERIFY(bench.isRead());
        QCOMPARE(bench.covid(0), bench.covidBefore(0));
        bench.lab.redo();
        QCOMPARE(bench.lab.changes().front(), FilmChange(whitePatch));
        bench.lab.remove(0);
        QVERIFY(!bench.lab.canRedo());
        QCOMPARE(bench.lab.selected(), -1);
    }

    void oneGestureIsUndoneAtOnce()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.lab.add(ChangeGamma{1.1});
        const int gesture = bench.lab.newGesture();
        for (const double gamma : {1.2, 1.5, 2.0})
            bench.lab.replace(0, ChangeGamma{gamma}, gesture);
        bench.lab.replace(0, ChangeGamma{3}, bench.lab.newGesture());
        bench.lab.undo();
        QCOMPARE(bench.lab.changes().front(), FilmChange(ChangeGamma{2}));
        bench.lab.undo();
        QCOMPARE(bench.lab.changes().front(), FilmChange(ChangeGamma{1.1}));
    }

    void theHandIsNeverBehind()
    {
        Bench bench;
        QVERIFY(bench.open());
        const int before = bench.networks->predictions;
        bench.networks->waits = true;
        bench.lab.add(whitePatch);
        for (int i = 1; i <= 100; ++i)
            bench.lab.replace(0, CoverRectangle{0.4, 0.4, 0.2, 0.2, 1 - i / 100.0});
        QTRY_VERIFY(bench.lab.shown()); // shown while the networks are at work
        bench.networks->waits = false;
        bench.networks->go.release(50);
        QVERIFY(bench.isRead());
        // The newest is read; of those between, few.
        QTRY_VERIFY(bench.covid(0) < bench.covidBefore(0));
        QVERIFY(bench.networks->predictions - before < 40);
    }

    void readsAlongTheStrengthWhenTheHandRests()
    {
        Bench bench;
        QVERIFY(bench.open());
        QCOMPARE(bench.lab.sweep().change, -1);
        bench.lab.add(whitePatch);
        const auto isDone = [&] {
            const auto &sweep = bench.lab.sweep();
            return sweep.change == 0 && sweep.done == static_cast<int>(sweep.strengths.size());
        };
        QTRY_VERIFY_WITH_TIMEOUT(isDone(), 20000);
        const LabSession::Sweep sweep = bench.lab.sweep();
        QCOMPARE(sweep.strengths.front(), 0.0);
        QCOMPARE(sweep.strengths.back(), 1.0);
        QCOMPARE(sweep.points.front()[0]->scores[0].probability, bench.covidBefore(0));
        QCOMPARE(sweep.points.back()[0]->scores[0].probability, bench.covid(0));
        for (std::size_t i = 1; i < sweep.points.size(); ++i)
            QVERIFY(sweep.points[i][0]->scores[0].probability
                    >= sweep.points[i - 1][0]->scores[0].probability);
        // Another strength is another place on the same curve; another change is another curve.
        bench.lab.replace(0, CoverRectangle{0.4, 0.4, 0.2, 0.2, 1, 0.5});
        QVERIFY(isDone());
        bench.lab.add(Invert{});
        QCOMPARE(bench.lab.sweep().change, -1);
    }

    void lungsAreAskedForWhereTheyAre()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.lab.add(CoverLungs{});
        QTRY_VERIFY(bench.lab.error());
        QVERIFY(bench.lab.error()->detail.find("expected a mask of the lungs") != std::string::npos);
        auto lungs = std::make_shared<const Plane<std::uint8_t>>(40, 40, std::uint8_t(1));
        int asked = 0;
        bench.lab.setLungSource([&](int filmId) {
            asked = filmId;
            return lungs;
        });
        QTRY_VERIFY(!bench.lab.error() && bench.lab.after().size() == 2 && !bench.lab.isWorking());
        QCOMPARE(asked, 1);
        QVERIFY(bench.covid(0) != bench.covidBefore(0));
        // Gone, the change can't be made.
        lungs.reset();
        bench.lab.lungsChanged();
        QTRY_VERIFY(bench.lab.error());
        // Where no change wants them, nothing is made anew.
        bench.lab.setChanges({});
        QVERIFY(bench.isRead());
        lungs = std::make_shared<const Plane<std::uint8_t>>(40, 40, std::uint8_t(1));
        bench.lab.lungsChanged();
        QVERIFY(!bench.lab.isWorking());
        bench.lab.add(CoverLungs{});
        QVERIFY(bench.isRead());
        QVERIFY(!bench.lab.error());
    }

    void changesStayForTheNextFilm()
    {
        Bench bench;
        QVERIFY(bench.open());
        bench.lab.add(whitePatch);
        QVERIFY(bench.isRead());
        bench.readings.setFilm(2, makeDisplayFilm(test::ramp(60, 50)));
        QTRY_COMPARE(bench.lab.shown()->film->columns, 60);
        QVERIFY(bench.isRead());
        QVERIFY(bench.covid(0) > bench.covidBefore(0));
    }

    void keepsToTheGate()
    {
        Bench bench;
        bench.networks->refuses = true;
        bench.readings.start();
        bench.readings.setFilm(1, makeDisplayFilm(test::ramp(60, 40)));
        QTRY_VERIFY(bench.readings.reading(0).prediction && bench.readings.reading(1).prediction);
        const int before = bench.networks->predictions;
        bench.lab.setOn(true);
        bench.lab.add(whitePatch);
        QTRY_VERIFY(bench.lab.shown());
        QVERIFY(bench.lab.isWithheld());
        QTest::qWait(50);
        QCOMPARE(bench.networks->predictions.load(), before);
        bench.readings.showAnyway();
        QTRY_COMPARE(bench.lab.after().size(), std::size_t(2));
    }

    void feedsTheFilmsOwnValuesWhateverTheViewFeeds()
    {
        Bench bench;
        // As if the view showed the film inverted.
        bench.readings.setLookSource([](int) {
            ShownLook look;
            look.isInverted = true;
            return std::optional(look);
        });
        QVERIFY(bench.open());
        bench.lab.add(whitePatch);
        QVERIFY(bench.isRead());
        const double covid = bench.covid(0);
        const double before = bench.covidBefore(0);
        QTRY_COMPARE(bench.lab.bands(0).size(), std::size_t(3));
        bench.readings.setFeedsTheView(true);
        QVERIFY(bench.readings.fedLook());
        QTRY_VERIFY(!bench.readings.isReading());
        bench.lab.replace(0, CoverRectangle{0.4, 0.4, 0.2, 0.2, 0});
        QVERIFY(bench.isRead());
        QTRY_VERIFY(bench.covid(0) < before);
        bench.lab.undo();
        QTRY_COMPARE(bench.covid(0), covid);
        QCOMPARE(bench.covidBefore(0), before);
        QCOMPARE(bench.lab.bands(0).size(), std::size_t(3)); // of the film's own values
    }

    void nobodyWaitsBehindAnImportedNetwork()
    {
        Bench bench;
        bench.networks->hasGuest = true;
        bench.readings.start();
        bench.readings.setFilm(1, makeDisplayFilm(test::ramp(40, 40)));
        bench.lab.setOn(true);
        bench.lab.add(whitePatch);
        QTRY_VERIFY(bench.lab.after().size() == 3 && bench.lab.after()[1] && bench.lab.before()[1]);
        QVERIFY(!bench.lab.after()[2]);
        const double covid = bench.covid(0);
        bench.lab.replace(0, CoverRectangle{0.4, 0.4, 0.2, 0.2, 0});
        QTRY_VERIFY(bench.covid(0) < covid);
        QVERIFY(bench.lab.isWorking()); // the guest
        // The plot goes on without it.
        QTRY_VERIFY_WITH_TIMEOUT(!bench.lab.sweep().points.empty() && bench.lab.sweep().points[8].size() == 3
                                     && bench.lab.sweep().points[8][1],
                                 20000);
        QCOMPARE(bench.lab.sweep().done, 0);
        bench.networks->guestHangs = false;
        QTRY_VERIFY(bench.lab.after()[2]);
        QTRY_COMPARE_WITH_TIMEOUT(bench.lab.sweep().done, 17, 20000);
    }

    void nothingIsReadWhileItIsClosed()
    {
        Bench bench;
        bench.readings.start();
        bench.readings.setFilm(1, makeDisplayFilm(test::ramp()));
        QTRY_VERIFY(bench.readings.reading(1).prediction);
        QCOMPARE(bench.networks->predictions.load(), 0);
        QVERIFY(!bench.lab.shown());
    }
};

QTEST_MAIN(LabSessionTest)
#include "LabSessionTest.moc"
