// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/ViewTransform.h"

#include <QTest>

using namespace hilum::ui;

class ViewTransformTest : public QObject {
    Q_OBJECT

private:
    static bool near(QPointF a, QPointF b) { return (a - b).manhattanLength() < 1e-6; }

    static ViewTransform of(QSize film, QSizeF view)
    {
        ViewTransform transform;
        transform.setView(view);
        transform.setFilm(film, 1);
        return transform;
    }

private Q_SLOTS:
    void fitShowsTheWholeFilmInTheMiddle()
    {
        const ViewTransform t = of({1000, 2000}, {400, 400});
        QCOMPARE(t.zoom(), 0.2);
        QCOMPARE(t.filmOnScreen(), QRectF(100, 0, 200, 400));
    }

    void thePointUnderTheCursorStaysWhenZooming()
    {
        ViewTransform t = of({1000, 1000}, {500, 500});
        const QPointF cursor(123, 321);
        const QPointF film = t.toFilm(cursor);
        for (int i = 0; i < 10; ++i)
            t.zoomBy(1.3, cursor);
        QVERIFY(near(t.toFilm(cursor), film));
        QVERIFY(!t.isFitted());
    }

    void flippingSwapsTopAndBottomOnTheScreen()
    {
        ViewTransform t = of({100, 100}, {200, 200});
        const QPointF before = t.toScreen({20, 30});
        t.turn(1);
        const QPointF turned = t.toScreen({20, 30});
        t.flip();
        QVERIFY(near(t.toScreen({20, 30}), {turned.x(), 200 - turned.y()}));
        t.turn(-1);
        t.fit();
        t = of({100, 100}, {200, 200});
        t.flip();
        QVERIFY(near(t.toScreen({20, 30}), {before.x(), 200 - before.y()}));
    }

    void thereAndBackIsTheSamePoint_data()
    {
        QTest::addColumn<int>("turns");
        QTest::addColumn<bool>("mirrored");
        for (int turns = 0; turns < 4; ++turns) {
            QTest::addRow("%d", turns) << turns << false;
            QTest::addRow("%d mirrored", turns) << turns << true;
        }
    }

    void thereAndBackIsTheSamePoint()
    {
        QFETCH(int, turns);
        QFETCH(bool, mirrored);
        ViewTransform t;
        t.setView({640, 480});
        t.setFilm({300, 200}, 1.5);
        if (mirrored)
            t.mirror();
        t.turn(turns);
        QVERIFY(near(t.toFilm(t.toScreen({17, 42})), {17, 42}));
        // Fitted again after the turn: all four corners in view.
        QVERIFY(QRectF(-1e-6, -1e-6, 640 + 2e-6, 480 + 2e-6).contains(t.filmOnScreen()));
    }

    void aTurnToTheRightBringsTheTopLeftToTheTopRight()
    {
        ViewTransform t = of({100, 100}, {100, 100});
        t.turn(1);
        QVERIFY(near(t.toScreen({0, 0}), {100, 0}));
        t.turn(-1);
        QVERIFY(near(t.toScreen({0, 0}), {0, 0}));
    }

    void theMirrorSwapsLeftAndRightAsSeen()
    {
        ViewTransform t = of({100, 100}, {100, 100});
        t.turn(1);
        const QPointF before = t.toScreen({10, 30});
        t.mirror();
        QVERIFY(near(t.toScreen({10, 30}), {100 - before.x(), before.y()}));
    }

    void pixelsThatAreNotSquareAreStretched()
    {
        ViewTransform t;
        t.setView({400, 400});
        t.setFilm({100, 100}, 2);
        QCOMPARE(t.filmOnScreen(), QRectF(100, 0, 200, 400));
    }

    void theFilmCantBeLost()
    {
        ViewTransform t = of({100, 100}, {100, 100});
        t.panBy({1e6, -1e6});
        QVERIFY(t.filmOnScreen().intersects(QRectF(0, 0, 100, 100)));
        t.zoomBy(1e9, {0, 0});
        QVERIFY(t.zoom() <= ViewTransform::largestZoom);
        t.zoomBy(1e-9, {0, 0});
        QVERIFY(t.zoom() > 0);
    }

    void aResizeKeepsAFittedFilmFitted()
    {
        ViewTransform t = of({100, 100}, {100, 100});
        t.setView({300, 200});
        QCOMPARE(t.zoom(), 2.0);
        t.setZoom(1, {0, 0});
        t.setView({600, 600});
        QCOMPARE(t.zoom(), 1.0);
    }

    void snappedMeetsThePixelsOfTheScreen()
    {
        ViewTransform t = of({101, 77}, {400, 300});
        t.setZoom(1, {200, 150});
        t.panBy({0.3, 0.7});
        const QPointF corner = t.snapped().filmOnScreen().topLeft();
        QVERIFY(near(corner, QPointF(std::round(corner.x()), std::round(corner.y()))));
    }
};

QTEST_GUILESS_MAIN(ViewTransformTest)
#include "ViewTransformTest.moc"
