// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/Fakes.h"
#include "ui/bridge/Lanes.h"
#include "ui/session/FilmSession.h"

#include <QSignalSpy>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;

class ViewportsTest : public QObject {
    Q_OBJECT

private:
    struct Opened {
        explicit Opened(const QStringList &films, int viewports = 1)
            : files(std::make_shared<test::FakeFiles>())
            , session(lanes, files->sources(files))
        {
            session.setViewportCount(viewports);
            session.open(films);
        }

        int columns(int viewport) const
        {
            const DisplayFilmPtr film = session.viewport(viewport).film;
            return film ? film->film->columns : 0;
        }
        double centre(int viewport) const { return asWindow(session.viewport(viewport).voi).centre; }

        Lanes lanes;
        std::shared_ptr<test::FakeFiles> files;
        FilmSession session;
    };

private Q_SLOTS:
    void moreViewportsShowTheNextFilmsOfTheStrip()
    {
        Opened o({"one", "three", "eleven"});
        QTRY_VERIFY(o.session.film());
        o.session.setViewportCount(4);
        QTRY_COMPARE(o.columns(2), 60);
        QCOMPARE(o.columns(0), 30);
        QCOMPARE(o.columns(1), 50);
        QTRY_COMPARE(o.columns(3), 30); // the strip has no fourth
    }

    void aSingleFilmIsShownTwiceThroughTwoWindows()
    {
        Opened o({"one"});
        QTRY_VERIFY(o.session.film());
        const int reads = o.files->reads;
        o.session.setViewportCount(2);
        QVERIFY(o.session.viewport(1).film);
        QCOMPARE(o.files->reads.load(), reads);
        o.session.setVoi(1, Window{7, 3});
        QCOMPARE(o.centre(1), 7.0);
        QVERIFY(o.centre(0) != 7.0);
    }

    void openingFilmsFillsTheEmptyViewportsOnce()
    {
        Opened o({"one", "three"}, 4);
        QTRY_COMPARE(o.columns(1), 50);
        QCOMPARE(o.session.viewport(2).filmId, 0);
    }

    void whatIsCurrentIsInTheActiveViewport()
    {
        Opened o({"one", "three"}, 2);
        QTRY_COMPARE(o.columns(1), 50);
        QSignalSpy current(&o.session, &FilmSession::currentChanged);
        o.session.activate(1);
        QCOMPARE(current.count(), 1);
        QCOMPARE(o.session.currentRow(), 1);
        QCOMPARE(o.session.film()->film->columns, 50);
        o.session.select(0);
        QCOMPARE(o.columns(1), 30);
        QCOMPARE(o.columns(0), 30);
    }

    void fewerViewportsKeepTheActiveOne()
    {
        Opened o({"one", "three", "eleven", "seventeen"}, 4);
        QTRY_COMPARE(o.columns(3), 90);
        o.session.activate(3);
        o.session.setVoi(Window{5, 2});
        QSignalSpy swapped(&o.session, &FilmSession::viewportsSwapped);
        o.session.setViewportCount(1);
        QCOMPARE(swapped.count(), 1);
        QCOMPARE(o.session.activeViewport(), 0);
        QCOMPARE(o.columns(0), 90);
        QCOMPARE(o.centre(0), 5.0);
    }

    void aSlowFilmHoldsUpNoOtherViewportThatHasIts()
    {
        Opened o({"one", "slow film"}, 2);
        QTRY_COMPARE(o.columns(0), 30);
        QVERIFY(o.session.viewport(1).isLoading());
        QVERIFY(!o.session.isLoading()); // the active one isn't
        o.session.activate(1);
        QVERIFY(o.session.isLoading());
        o.files->go.release();
        QTRY_COMPARE(o.columns(1), 90);
    }

    void aDamagedFilmIsAnErrorOfItsViewportOnly()
    {
        Opened o({"one", "bad"}, 2);
        QTRY_VERIFY(o.session.viewport(1).error);
        QVERIFY(o.session.film());
        QSignalSpy failed(&o.session, &FilmSession::filmFailed);
        o.session.activate(1);
        QCOMPARE(failed.count(), 1);
    }

    void closingAFilmEmptiesItsOtherViewports()
    {
        Opened o({"one", "three"}, 2);
        QTRY_COMPARE(o.columns(1), 50);
        o.session.close(1);
        QCOMPARE(o.session.viewport(1).filmId, 0);
        QCOMPARE(o.columns(0), 30);
    }

    void linkedWindowsFollowWhoeverIsDragged()
    {
        Opened o({"one", "three"}, 2);
        QTRY_COMPARE(o.columns(1), 50);
        o.session.setLinks({true, true, true});
        o.session.setVoi(1, Window{1234, 99});
        QCOMPARE(o.centre(0), 1234.0);
        o.session.setInverted(true);
        QVERIFY(o.session.viewport(1).isInverted);
        o.session.setLinks({true, false, true});
        o.session.setVoi(1, Window{20, 10});
        QCOMPARE(o.centre(0), 1234.0);
    }

    void aFrameIsShownThroughTheSameWindow()
    {
        Opened o({"cine"});
        QTRY_VERIFY(o.session.film());
        o.session.setVoi(Window{7, 3});
        QSignalSpy changed(&o.session, &FilmSession::frameChanged);
        o.session.showFrame(0, 5);
        QTRY_COMPARE(o.session.frame(), 5);
        QCOMPARE(o.session.film()->range.high, 500.0);
        QCOMPARE(o.centre(0), 7.0);
        o.session.showFrame(0, 99);
        QTRY_COMPARE(o.session.frame(), 11);
        QVERIFY(changed.count() >= 2);
    }

    void onlyTheLastWishForAFrameIsMade()
    {
        Opened o({"cine"});
        QTRY_VERIFY(o.session.film());
        QSignalSpy changed(&o.session, &FilmSession::frameChanged);
        for (int frame = 1; frame < 12; ++frame)
            o.session.showFrame(0, frame);
        QTRY_COMPARE(o.session.frame(), 11);
        QCOMPARE(changed.count(), 2); // the first wish and the last
    }

    void aFrameThatComesTooLateIsDropped()
    {
        Opened o({"cine", "one"});
        QTRY_VERIFY(o.session.film());
        o.session.showFrame(0, 5);
        o.session.select(1);
        QTRY_COMPARE(o.columns(0), 30);
        QTest::qWait(30);
        QCOMPARE(o.columns(0), 30);
        QCOMPARE(o.session.frame(), 0);
    }

    void anyOrderOfCommandsIsSafe()
    {
        Opened o({"one", "three", "cine", "bad", "eleven"});
        FilmSession &session = o.session;
        unsigned dice = 7;
        const auto roll = [&](int sides) {
            dice = dice * 1664525U + 1013904223U;
            return static_cast<int>((dice >> 16) % static_cast<unsigned>(sides));
        };
        for (int step = 0; step < 3000; ++step) {
            const int viewport = roll(session.viewportCount());
            switch (roll(10)) {
            case 0:
                session.setViewportCount(1 << roll(3));
                break;
            case 1:
                session.activate(viewport);
                break;
            case 2:
                session.select(roll(std::max(1, session.count())));
                break;
            case 3:
                session.close(roll(std::max(1, session.count())));
                break;
            case 4:
                session.open({QString("film %1").arg(roll(20)), "cine", "bad"});
                break;
            case 5:
                session.showFrame(viewport, roll(14) - 1);
                break;
            case 6:
                session.setVoi(viewport, Window{100.0 * roll(9), 1.0 + roll(500)});
                break;
            case 7:
                session.setLinks({roll(2) == 0, roll(2) == 0, roll(2) == 0});
                break;
            case 8:
                session.cancelLoading();
                break;
            default:
                QTest::qWait(0);
            }
            QVERIFY(session.activeViewport() < session.viewportCount());
            for (int i = 0; i < session.viewportCount(); ++i)
                QVERIFY(session.viewport(i).filmId == 0 || session.rowOf(session.viewport(i).filmId) >= 0);
        }
        session.closeAll();
        session.setViewportCount(1);
        session.open({"one"});
        QTRY_VERIFY(session.film());
    }

    void windowsOfFilmsInOtherUnitsKeepTheirPlaceInTheRange()
    {
        Film wide = *test::ramp(20, 10); // 0 to 919
        wide.modalityTransform.slope = 10;
        wide.modalityTransform.intercept = -1000;
        const auto from = makeDisplayFilm(test::ramp(20, 10));
        const auto to = makeDisplayFilm(std::make_shared<const Film>(wide));
        const auto there = std::get<Window>(linkedVoi(*from, Window{400, 100}, *to));
        QVERIFY(std::abs(there.centre - 3000) < 1e-9);
        QVERIFY(std::abs(there.width - 1000) < 1e-9);
        const auto close = makeDisplayFilm(test::ramp(30, 10)); // 0 to 929
        QCOMPARE(std::get<Window>(linkedVoi(*from, Window{400, 100}, *close)).centre, 400.0);
    }
};

QTEST_MAIN(ViewportsTest)
#include "ViewportsTest.moc"
