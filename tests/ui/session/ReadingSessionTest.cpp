// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/ReadingSession.h"
#include "tests/ui/Fakes.h"
#include "ui/bridge/Lanes.h"

#include <QSignalSpy>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;

class ReadingSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bothNetworksReadTheFilm()
    {
        Lanes lanes;
        ReadingSession session(lanes, std::make_shared<test::FakeNetworks>());
        session.start();
        session.setFilm(1, makeDisplayFilm(test::ramp()));
        QTRY_COMPARE(session.reading(0).state, NetworkReading::State::Done);
        QTRY_COMPARE(session.reading(1).state, NetworkReading::State::Done);
        QCOMPARE(session.mapClass(), std::string("covid"));
        session.chooseMapNetwork(1);
        QCOMPARE(session.mapClass(), std::string("pneumonia"));
        QVERIFY(session.currentMap());
        QVERIFY(!session.isReading());
    }

    void aChosenClassGetsItsMapFromEachNetwork()
    {
        Lanes lanes;
        const auto networks = std::make_shared<test::FakeNetworks>();
        ReadingSession session(lanes, networks);
        session.start();
        session.setFilm(1, makeDisplayFilm(test::ramp()));
        QTRY_VERIFY(session.reading(1).prediction);
        session.chooseClass("normal");
        QVERIFY(!session.currentMap());
        QTRY_VERIFY(session.currentMap());
        QVERIFY(!session.currentMap()->hasEvidence());
        QTRY_VERIFY(!session.isReading());
        const int reads = networks->reads;
        session.chooseClass({});
        QVERIFY(session.currentMap());
        QTest::qWait(20);
        QCOMPARE(networks->reads.load(), reads);
    }

    void aStaleReadingIsDropped()
    {
        Lanes lanes;
        const auto networks = std::make_shared<test::FakeNetworks>();
        ReadingSession session(lanes, networks);
        session.start();
        QTRY_VERIFY(session.isListed());
        networks->waits = true;
        session.setFilm(1, makeDisplayFilm(test::ramp(111, 50)));
        QTRY_COMPARE(networks->go.available(), 0);
        session.setFilm(2, makeDisplayFilm(test::ramp(222, 50)));
        networks->go.release(10);
        QTRY_VERIFY(session.reading(1).prediction);
        QCOMPARE(session.reading(0).prediction->elapsedMs, 222.0);
        QVERIFY(!session.readingOf(1, 0).prediction);
        // Selected again it is read after all.
        session.setFilm(1, makeDisplayFilm(test::ramp(111, 50)));
        QTRY_VERIFY(session.reading(0).prediction);
        QCOMPARE(session.reading(0).prediction->elapsedMs, 111.0);
    }

    void goingBackToAFilmIsAtOnce()
    {
        Lanes lanes;
        const auto networks = std::make_shared<test::FakeNetworks>();
        ReadingSession session(lanes, networks);
        session.start();
        const auto film = makeDisplayFilm(test::ramp());
        session.setFilm(1, film);
        QTRY_VERIFY(session.reading(1).prediction);
        session.setFilm(2, film);
        QTRY_VERIFY(session.reading(1).prediction);
        const int reads = networks->reads;
        session.setFilm(1, film);
        QVERIFY(session.reading(0).prediction && session.reading(1).prediction);
        QTest::qWait(20);
        QCOMPARE(networks->reads.load(), reads);
    }

    void bandsFollowTheReadings()
    {
        Lanes lanes;
        const auto networks = std::make_shared<test::FakeNetworks>();
        ReadingSession session(lanes, networks);
        session.start();
        session.setFilm(1, makeDisplayFilm(test::ramp()));
        QTRY_COMPARE(session.reading(1).bands.size(), std::size_t(3));
        QTRY_COMPARE(session.reading(0).bands.size(), std::size_t(3));
        QCOMPARE(session.reading(0).bands[0].low, 0.35);
        const int reads = networks->bandReads;
        session.setFilm(2, makeDisplayFilm(test::ramp()));
        QTRY_COMPARE(session.reading(1).bands.size(), std::size_t(3));
        session.setFilm(1, makeDisplayFilm(test::ramp()));
        QCOMPARE(session.reading(1).bands.size(), std::size_t(3));
        QTest::qWait(20);
        QCOMPARE(networks->bandReads.load(), reads + 2);
    }

    void aRefusedFilmIsWithheldUntilAskedFor()
    {
        Lanes lanes;
        const auto networks = std::make_shared<test::FakeNetworks>();
        networks->refuses = true;
        ReadingSession session(lanes, networks);
        session.start();
        session.setFilm(1, makeDisplayFilm(test::ramp(100, 50)));
        QTRY_VERIFY(session.reading(1).prediction);
        QVERIFY(session.isWithheld(1, 0) && session.isWithheld(1, 1));
        QCOMPARE(session.refusal(), std::string("looks upside down: score 0.01"));
        QVERIFY(!session.currentMap());
        session.showAnyway();
        QVERIFY(!session.isWithheld(1, 0));
        QVERIFY(session.currentMap());
        QVERIFY(!session.refusal().empty()); // it stays marked
        session.setFilm(2, makeDisplayFilm(test::ramp(120, 50)));
        QTRY_VERIFY(session.reading(1).prediction);
        QVERIFY(session.isWithheld(2, 0)); // asked for film by film
        session.setFilm(1, makeDisplayFilm(test::ramp(100, 50)));
        QVERIFY(!session.isWithheld(1, 0));
        session.setFilm(3, makeDisplayFilm(test::ramp(50, 100)));
        QTRY_VERIFY(session.reading(1).prediction);
        QVERIFY(session.refusal().empty());
    }

    void aNetworkThatFailsSaysWhy()
    {
        Lanes lanes;
        const auto networks = std::make_shared<test::FakeNetworks>();
        networks->fails = true;
        ReadingSession session(lanes, networks);
        session.start();
        session.setFilm(1, makeDisplayFilm(test::ramp()));
        QTRY_COMPARE(session.reading(1).state, NetworkReading::State::Failed);
        QCOMPARE(session.reading(1).error->code, ErrorCode::ModelMismatch);
        networks->fails = false;
        session.readAgain();
        QTRY_COMPARE(session.reading(1).state, NetworkReading::State::Done);
    }

    void stoppingLeavesTheFilmUnread()
    {
        Lanes lanes;
        const auto networks = std::make_shared<test::FakeNetworks>();
        networks->waits = true;
        ReadingSession session(lanes, networks);
        session.start();
        session.setFilm(1, makeDisplayFilm(test::ramp()));
        QTRY_VERIFY(session.isReading());
        session.cancel();
        QVERIFY(!session.isReading());
        QCOMPARE(session.reading(0).error->code, ErrorCode::Cancelled);
        networks->go.release(10);
        QTest::qWait(20);
        QVERIFY(!session.reading(0).prediction);
    }

    void anOwnerDeletedMidTaskIsSafe()
    {
        Lanes lanes;
        const auto networks = std::make_shared<test::FakeNetworks>();
        networks->waits = true;
        auto session = std::make_unique<ReadingSession>(lanes, networks);
        session->start();
        session->setFilm(1, makeDisplayFilm(test::ramp()));
        QTRY_VERIFY(session->isReading());
        session.reset();
        networks->go.release(10);
        QTest::qWait(30);
    }

    // A ramp is 111 x 50; turned by a quarter it is 50 x 111: the fake network says how wide it was.
    void fedWhatTheViewShowsTheNetworksReadThat()
    {
        Lanes lanes;
        const auto networks = std::make_shared<test::FakeNetworks>();
        ReadingSession session(lanes, networks);
        ShownLook look{0, Window{2000, 4000}, true, false, 1};
        session.setLookSource([&look](int) { return std::optional(look); });
        session.start();
        session.setFilm(1, makeDisplayFilm(test::ramp(111, 50)));
        QTRY_VERIFY(!session.reading(1).bands.empty());
        QVERIFY(!session.feedsTheView() && !session.fedLook()); // off by default
        QCOMPARE(session.reading(0).prediction->elapsedMs, 111.0);
        const InputMap own = session.currentMap()->map;

        QSignalSpy told(&session, &ReadingSession::fedChanged);
        session.setFeedsTheView(true);
        QVERIFY(told.count() > 0);
        QVERIFY(session.fedLook() && *session.fedLook() == look);
        QTRY_VERIFY(session.reading(1).prediction);
        QCOMPARE(session.reading(0).prediction->elapsedMs, 50.0);
        QTRY_VERIFY(!session.reading(1).bands.empty()); // the band follows
        // The map lies on the film itself, though the network saw it turned.
        QCOMPARE(session.currentMap()->map.filmWidth, 111);
        QCOMPARE(session.currentMap()->map.width, own.width);
        QCOMPARE(session.currentMap()->map.top, 0);
        // What the strip says of the film stays what the film itself was read as.
        QCOMPARE(session.ownReadingOf(1, 0).prediction->elapsedMs, 111.0);

        // Another look: what was shown before stays in sight, but not for good.
        networks->waits = true;
        look.quarterTurns = 0;
        session.viewChanged();
        QVERIFY(session.reading(0).prediction && session.reading(0).isOfAnotherLook);
        QCOMPARE(session.reading(0).state, NetworkReading::State::Waiting);
        QVERIFY(session.reading(0).bands.empty());
        networks->go.release(20);
        QTRY_VERIFY(!session.isReading());
        QCOMPARE(session.reading(0).prediction->elapsedMs, 111.0);
        QVERIFY(!session.reading(0).isOfAnotherLook);

        const int reads = networks->reads;
        session.viewChanged(); // the same look
        QVERIFY(!session.isReading());
        session.setFeedsTheView(false);
        QVERIFY(session.reading(0).prediction && !session.isReading()); // at once, from what was kept
        QCOMPARE(networks->reads.load(), reads);
    }

    void whatWasCancelledOfAnotherLookIsNotShownAsThisOne()
    {
        Lanes lanes;
        const auto networks = std::make_shared<test::FakeNetworks>();
        ReadingSession session(lanes, networks);
        ShownLook look{0, Window{2000, 4000}};
        session.setLookSource([&look](int) { return std::optional(look); });
        session.setFeedsTheView(true);
        session.start();
        session.setFilm(1, makeDisplayFilm(test::ramp(111, 50)));
        QTRY_VERIFY(session.reading(1).prediction);
        QVERIFY(!session.ownReadingOf(1, 0).prediction);
        networks->waits = true;
        look.isInverted = true;
        session.viewChanged();
        session.cancel();
        QVERIFY(!session.reading(1).prediction);
        QCOMPARE(session.reading(1).state, NetworkReading::State::Failed);
        networks->go.release(20);
    }

    void nobodyWaitsBehindAnImportedNetwork()
    {
        Lanes lanes;
        const auto networks = std::make_shared<test::FakeNetworks>();
        networks->hasGuest = true;
        ReadingSession session(lanes, networks);
        session.start();
        session.setFilm(1, makeDisplayFilm(test::ramp()));
        QTRY_COMPARE(session.networks().size(), std::size_t(3));
        // The guest hangs, and all that is Hilum's own goes on: readings, bands, another film.
        QTRY_VERIFY(session.reading(0).bands.size() == 3 && session.reading(1).bands.size() == 3);
        QCOMPARE(session.waitingFor(), std::vector<int>{2});
        session.setFilm(2, makeDisplayFilm(test::ramp(30, 20)));
        QTRY_VERIFY(session.reading(0).prediction && session.reading(1).prediction);
        QCOMPARE(session.reading(2).state, NetworkReading::State::Waiting);
        QTRY_COMPARE(networks->guestsGivenUp.load(), 1); // the first film's
        session.cancel();
        QCOMPARE(session.reading(2).state, NetworkReading::State::Failed);
        QCOMPARE(session.reading(2).error->code, ErrorCode::Cancelled);
        QTRY_COMPARE(networks->guestsGivenUp.load(), 2);
        // It reads again when it is asked again.
        networks->guestHangs = false;
        session.readAgain();
        QTRY_VERIFY(session.reading(2).prediction);
    }
};

QTEST_MAIN(ReadingSessionTest)
#include "ReadingSessionTest.moc"
