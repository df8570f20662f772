// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/ColourMap.h"
#include "core/imaging/Histogram.h"

#include <QTest>

#include <limits>

using namespace hilum;

class ColourMapTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void growsLighterFromEndToEnd()
    {
        for (const ColourMapKind kind :
             {ColourMapKind::Inferno, ColourMapKind::Viridis, ColourMapKind::Cividis, ColourMapKind::Grey}) {
            double before = -1;
            for (int i = 0; i <= 32; ++i) {
                const auto [red, green, blue] = colourAt(kind, i / 32.0);
                const double light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
                QVERIFY(light > before);
                before = light;
            }
        }
    }

    void bringsOddMagnitudesToAnEnd()
    {
        QCOMPARE(colourAt(ColourMapKind::Grey, -3), (std::array<std::uint8_t, 3>{0, 0, 0}));
        QCOMPARE(colourAt(ColourMapKind::Grey, 9), (std::array<std::uint8_t, 3>{255, 255, 255}));
        QCOMPARE(colourAt(ColourMapKind::Grey, std::numeric_limits<double>::quiet_NaN()),
                 (std::array<std::uint8_t, 3>{0, 0, 0}));
    }

    void alphaFollowsMagnitude()
    {
        Plane<float> heat(3, 1);
        heat.at(1, 0) = 0.5F;
        heat.at(2, 0) = 1;
        const auto image = colourHeat(heat, ColourMapKind::Grey, 0.5);
        QCOMPARE(image.at(0, 0), 0U);
        QCOMPARE(image.at(1, 0) >> 24, 64U);
        QCOMPARE(image.at(2, 0), 0x80808080U); // white at half opacity, premultiplied
    }

    void countsWithoutPadding()
    {
        Film film;
        film.rows = 1;
        film.columns = 6;
        film.samples = std::vector<std::uint8_t>{0, 1, 2, 3, 4, 255};
        film.padding = PixelPadding{255, 255};
        const Histogram counted = histogram(film, 0, 2);
        QCOMPARE(counted.low, 0.0);
        QCOMPARE(counted.high, 4.0);
        QCOMPARE(counted.counts, (std::vector<std::size_t>{2, 3}));
    }
};

QTEST_GUILESS_MAIN(ColourMapTest)
#include "ColourMapTest.moc"
