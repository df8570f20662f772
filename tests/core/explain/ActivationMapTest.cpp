// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/ActivationMap.h"

#include <QTest>
#include <cmath>

using namespace hilum;

class ActivationMapTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void liesExactlyOnTheSquareOfTheFilm()
    {
        ActivationMap map;
        map.values = Plane<float>(2, 2, 1.0F);
        map.map = {10, 6, 2, 0, 6, 6};
        map.peak = 3;
        const HeatPlane heat = spread(map);
        QCOMPARE(heat.width(), 10);
        QCOMPARE(heat.height(), 6);
        for (int y = 0; y < 6; ++y) {
            for (int x = 0; x < 10; ++x)
                QCOMPARE(heat.at(x, y), x >= 2 && x < 8 ? 1.0F : 0.0F);
        }
    }

    void interpolatesBetweenCellCentres()
    {
        // Two cells over eight pixels: centres at 2 and 6, so pixel x has its centre at x + 0.5.
        ActivationMap map;
        map.values = Plane<float>(2, 2);
        map.values.at(1, 0) = map.values.at(1, 1) = 1;
        map.map = {8, 8, 0, 0, 8, 8};
        map.peak = 1;
        const HeatPlane heat = spread(map);
        const float expected[] = {0, 0, 0.125F, 0.375F, 0.625F, 0.875F, 1, 1};
        for (int x = 0; x < 8; ++x)
            QVERIFY(std::abs(heat.at(x, 3) - expected[x]) < 1e-6F);
    }

    void bringsCellsBeyondTheInputBackOntoIt()
    {
        // Cells of 8 pixels whose first lies one cell before the input of 16: cells 1 and 2 are inside.
        Plane<float> cells(4, 4);
        for (int y = 0; y < 4; ++y) {
            for (int x = 0; x < 4; ++x)
                cells.at(x, y) = static_cast<float>(10 * y + x);
        }
        const Plane<float> even = evenCells(cells, -4.5, 8, 16);
        QCOMPARE(even.width(), 2);
        QCOMPARE(even.height(), 2);
        QCOMPARE(even.at(0, 0), 11.0F);
        QCOMPARE(even.at(1, 0), 12.0F);
        QCOMPARE(even.at(0, 1), 21.0F);
        // Half a cell further on: between two cells; held at the last one.
        const Plane<float> moved = evenCells(cells, -8.5, 8, 16);
        QCOMPARE(moved.at(0, 0), 16.5F);
        const Plane<float> outside = evenCells(cells, -40.5, 8, 16);
        QCOMPARE(outside.at(1, 1), 33.0F);
    }

    void paintsNothingWithoutEvidence()
    {
        ActivationMap map;
        map.values = Plane<float>(7, 7);
        map.map = {20, 30, 0, 5, 20, 20};
        QVERIFY(!map.hasEvidence());
        const HeatPlane heat = spread(map);
        QCOMPARE(heat.height(), 30);
        for (const float value : heat.samples())
            QCOMPARE(value, 0.0F);
    }
};

QTEST_GUILESS_MAIN(ActivationMapTest)
#include "ActivationMapTest.moc"
