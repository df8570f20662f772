// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/LinkedViews.h"
#include "tests/ui/Films.h"
#include "ui/viewer/FilmView.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;

class LinkedViewsTest : public QObject {
    Q_OBJECT

private:
    struct Pair {
        Pair()
            : linked({&first, &second})
        {
            for (FilmView *view : {&first, &second}) {
                view->resize(200, 200);
                view->show();
            }
            first.setFilm(makeDisplayFilm(test::ramp(100, 100)), Window{400, 300});
            second.setFilm(makeDisplayFilm(test::ramp(400, 200)), Window{400, 300});
            linked.setLinks({true, false, true});
        }

        FilmView first;
        FilmView second;
        LinkedViews linked;
    };

private Q_SLOTS:
    void filmsOfDifferentSizeStayAligned()
    {
        Pair p;
        p.first.zoomBy(3);
        QVERIFY(std::abs(p.second.transform().relativeZoom() - 3) < 1e-9);
        QTest::keyClick(&p.first, Qt::Key_Left);
        const QPointF one = p.first.transform().relativeCentre();
        const QPointF two = p.second.transform().relativeCentre();
        QVERIFY((one - two).manhattanLength() < 1e-9);
        QVERIFY(std::abs(one.x() - 0.5) > 0.01);
        p.second.fit();
        QVERIFY(p.first.transform().isFitted());
    }

    void unlinkedViewsStayWhereTheyAre()
    {
        Pair p;
        p.linked.setLinks({false, false, false});
        p.first.zoomBy(3);
        QVERIFY(p.second.transform().isFitted());
    }

    void whoComesLaterJoins()
    {
        Pair p;
        p.first.zoomBy(3);
        p.second.setFilm(makeDisplayFilm(test::ramp(50, 50)), Window{400, 300});
        p.linked.join(&p.second);
        QVERIFY(std::abs(p.second.transform().relativeZoom() - 3) < 1e-9);
    }

    void turnsStayEachViewsOwn()
    {
        Pair p;
        p.first.turn(1);
        QCOMPARE(p.second.transform().quarterTurns(), 0);
    }

    void theCursorIsShownAtTheSamePart()
    {
        Pair p;
        p.second.setCornerTexts(false);
        const QImage bare = p.second.picture();
        QMouseEvent move(QEvent::MouseMove, QPointF(101, 101), QPointF(101, 101), Qt::NoButton, Qt::NoButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(&p.first, &move);
        QVERIFY(p.second.picture() != bare);
        QVERIFY(p.second.picture().copy(80, 80, 40, 40) != bare.copy(80, 80, 40, 40));
        QCOMPARE(p.second.picture().copy(0, 0, 60, 200), bare.copy(0, 0, 60, 200));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&p.first, &leave);
        QCOMPARE(p.second.picture(), bare);
    }

    void everyChangeByHandIsOneGesture()
    {
        Pair p;
        QSignalSpy began(&p.first, &FilmView::gestureBegan);
        QSignalSpy ended(&p.first, &FilmView::gestureEnded);
        p.first.zoomBy(2);
        QCOMPARE(began.count(), 1);
        QCOMPARE(ended.count(), 1);
        QTest::mousePress(&p.first, Qt::MiddleButton, {}, {50, 50});
        for (int x = 51; x < 55; ++x) {
            QMouseEvent move(QEvent::MouseMove, QPointF(x, 50), QPointF(x, 50), Qt::NoButton,
                             Qt::MiddleButton, Qt::NoModifier);
            QCoreApplication::sendEvent(&p.first, &move);
        }
        QCOMPARE(began.count(), 2);
        QCOMPARE(ended.count(), 1);
        QTest::mouseRelease(&p.first, Qt::MiddleButton, {}, {55, 50});
        QCOMPARE(ended.count(), 2);
        QSignalSpy other(&p.second, &FilmView::gestureBegan);
        const ViewTransform before = p.first.transform();
        p.first.fit();
        p.first.setTransform(before);
        QCOMPARE(p.first.transform(), before);
        QCOMPARE(other.count(), 0); // followers make no gestures of their own
    }

    void aBurstOfTheWheelIsOneGesture()
    {
        Pair p;
        QSignalSpy began(&p.first, &FilmView::gestureBegan);
        QSignalSpy ended(&p.first, &FilmView::gestureEnded);
        for (int i = 0; i < 3; ++i) {
            QWheelEvent wheel({50, 50}, {50, 50}, {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                              Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(&p.first, &wheel);
        }
        QCOMPARE(began.count(), 1);
        QCOMPARE(ended.count(), 0);
        QTRY_COMPARE(ended.count(), 1);
    }
};

QTEST_MAIN(LinkedViewsTest)
#include "LinkedViewsTest.moc"
