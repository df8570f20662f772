// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/marks/MarkPainter.h"

#include <QGuiApplication>
#include <QTest>

using namespace hilum;
using namespace hilum::ui;

class MarkPainterTest : public QObject {
    Q_OBJECT

private:
    static MarkScene sceneOf(QSize film, QSize view, double unit = 1)
    {
        ViewTransform transform;
        transform.setView(view);
        transform.setFilm(film, 1);
        return {transform, QRectF(QPointF(0, 0), QSizeF(view)).adjusted(6, 6, -6, -6), unit,
                QGuiApplication::font()};
    }

    static PaintedMark painted(MarkKind kind, std::vector<QPointF> points)
    {
        PaintedMark one;
        one.mark.kind = kind;
        one.mark.points = std::move(points);
        one.lines = {"142.3 mm at detector"};
        return one;
    }

private Q_SLOTS:
    void labelsKeepOffTheEndsAndInside_data()
    {
        QTest::addColumn<QPointF>("from");
        QTest::addColumn<QPointF>("to");
        QTest::newRow("across") << QPointF(200, 300) << QPointF(600, 300);
        QTest::newRow("down") << QPointF(300, 100) << QPointF(300, 500);
        QTest::newRow("slanting") << QPointF(100, 100) << QPointF(500, 450);
        QTest::newRow("short") << QPointF(300, 300) << QPointF(306, 302);
        QTest::newRow("in the corner") << QPointF(780, 590) << QPointF(798, 598);
        QTest::newRow("along the edge") << QPointF(2, 2) << QPointF(798, 4);
        QTest::newRow("from corner to corner") << QPointF(0, 0) << QPointF(800, 600);
        QTest::newRow("out of the view") << QPointF(-100, 300) << QPointF(900, 300);
    }

    void labelsKeepOffTheEndsAndInside()
    {
        QFETCH(QPointF, from);
        QFETCH(QPointF, to);
        for (const MarkKind kind : {MarkKind::Length, MarkKind::Rectangle, MarkKind::Ellipse}) {
            const MarkScene scene = sceneOf({800, 600}, {800, 600});
            const QRectF label = layLabels(scene, {painted(kind, {from, to})}).front();
            QVERIFY(!label.isNull());
            QVERIFY(scene.area.adjusted(-0.01, -0.01, 0.01, 0.01).contains(label));
            QVERIFY(!label.contains(from));
            QVERIFY(!label.contains(to));
        }
    }

    void labelsKeepOffEachOther()
    {
        const MarkScene scene = sceneOf({800, 600}, {800, 600});
        const auto labels = layLabels(scene,
                                      {painted(MarkKind::Length, {{200, 300}, {400, 300}}),
                                       painted(MarkKind::Length, {{200, 306}, {400, 306}})});
        QVERIFY(!labels[0].intersects(labels[1]));
    }

    void whatIsOutOfSightHasNoLabel()
    {
        const MarkScene scene = sceneOf({800, 600}, {800, 600});
        QVERIFY(layLabels(scene, {painted(MarkKind::Length, {{900, 100}, {1000, 200}})}).front().isNull());
    }

    void labelsGrowWithTheUnit()
    {
        const auto one = layLabels(sceneOf({800, 600}, {800, 600}),
                                   {painted(MarkKind::Length, {{200, 300}, {400, 300}})});
        const auto two = layLabels(sceneOf({800, 600}, {1600, 1200}, 2),
                                   {painted(MarkKind::Length, {{200, 300}, {400, 300}})});
        QVERIFY(std::abs(two[0].height() - 2 * one[0].height()) < 4);
    }

    void marksAreSeenOnBlackAndOnWhite_data()
    {
        QTest::addColumn<QColor>("ground");
        QTest::newRow("air") << QColor(Qt::black);
        QTest::newRow("bone") << QColor(Qt::white);
    }

    void marksAreSeenOnBlackAndOnWhite()
    {
        QFETCH(QColor, ground);
        QImage image(800, 600, QImage::Format_RGB32);
        image.fill(ground);
        {
            QPainter painter(&image);
            paintMarks(painter, sceneOf({800, 600}, {800, 600}),
                       {painted(MarkKind::Length, {{200, 300}, {600, 300}})});
        }
        // Along the line: light on black, with a dark edge on white.
        int lightest = 0;
        int darkest = 255;
        for (int y = 295; y < 306; ++y) {
            lightest = std::max(lightest, qGray(image.pixel(250, y)));
            darkest = std::min(darkest, qGray(image.pixel(250, y)));
        }
        QVERIFY(lightest > 150);
        QVERIFY(darkest < 90);
    }

    void distanceIsToTheLineNotToTheBox()
    {
        const MarkScene scene = sceneOf({800, 600}, {800, 600});
        Mark mark = painted(MarkKind::Rectangle, {{200, 200}, {400, 300}}).mark;
        QVERIFY(distanceTo(scene, mark, {300, 202}) < 2.1);
        QVERIFY(distanceTo(scene, mark, {300, 250}) > 40);
        mark.kind = MarkKind::Ellipse;
        QVERIFY(distanceTo(scene, mark, {200, 200}) > 15);
        QVERIFY(distanceTo(scene, mark, {200, 250}) < 1);
    }
};

QTEST_MAIN(MarkPainterTest)
#include "MarkPainterTest.moc"
