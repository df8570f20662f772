// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/measure/Region.h"

#include <QElapsedTimer>
#include <QTest>

#include <cmath>
#include <limits>
#include <numbers>

using namespace hilum;

class RegionTest : public QObject {
    Q_OBJECT

private:
    template <class Sample>
    static Film filmOf(int columns, std::vector<Sample> samples)
    {
        Film film;
        film.columns = columns;
        film.rows = static_cast<int>(samples.size()) / columns;
        film.bitsStored = 8 * int(sizeof(Sample));
        film.samples = std::move(samples);
        return film;
    }

    // 10 x 10, stored value 10 * y + x.
    static Film grid()
    {
        std::vector<std::uint16_t> samples;
        for (std::uint16_t i = 0; i < 100; ++i)
            samples.push_back(i);
        return filmOf(10, std::move(samples));
    }

    static Region rectangle(double left, double top, double right, double bottom)
    {
        return {RegionShape::Rectangle, {left, top}, {right, bottom}};
    }

    static Region ellipse(double left, double top, double right, double bottom)
    {
        return {RegionShape::Ellipse, {left, top}, {right, bottom}};
    }

private Q_SLOTS:
    void theNumbersAreRight()
    {
        // 12 13 22 23: mean 17.5, squares 5.5^2 + 4.5^2 + 4.5^2 + 5.5^2 = 101, / 4 = 25.25
        const RegionStatistics found = regionStatistics(grid(), 0, rectangle(2, 1, 4, 3));
        QCOMPARE(found.count, std::size_t{4});
        QCOMPARE(found.mean, 17.5);
        QCOMPARE(found.deviation, std::sqrt(25.25));
        QCOMPARE(found.low, 12.0);
        QCOMPARE(found.high, 23.0);
        QCOMPARE(found.median, 17.5);
        const RegionStatistics odd = regionStatistics(grid(), 0, rectangle(2, 1, 5, 2));
        QCOMPARE(odd.count, std::size_t{3});
        QCOMPARE(odd.median, 13.0);
    }

    void aPixelCountsByItsCentre_data()
    {
        QTest::addColumn<double>("left");
        QTest::addColumn<double>("right");
        QTest::addColumn<int>("count");
        QTest::newRow("edges on pixel edges") << 2.0 << 4.0 << 2;
        QTest::newRow("left edge on a centre: in") << 2.5 << 4.0 << 2;
        QTest::newRow("left edge past a centre: out") << 2.51 << 4.0 << 1;
        QTest::newRow("right edge on a centre: out") << 2.0 << 3.5 << 1;
        QTest::newRow("right edge past a centre: in") << 2.0 << 3.51 << 2;
        QTest::newRow("drawn from right to left") << 4.0 << 2.0 << 2;
        QTest::newRow("over the film's edge") << 8.0 << 25.0 << 2;
        QTest::newRow("off the film") << 12.0 << 25.0 << 0;
        QTest::newRow("between two centres") << 2.6 << 3.4 << 0;
        QTest::newRow("no width") << 2.5 << 2.5 << 0;
    }

    void aPixelCountsByItsCentre()
    {
        QFETCH(double, left);
        QFETCH(double, right);
        QFETCH(int, count);
        QCOMPARE(int(regionStatistics(grid(), 0, rectangle(left, 3, right, 4)).count), count);
        QCOMPARE(int(regionStatistics(grid(), 0, {RegionShape::Rectangle, {3, left}, {4, right}}).count),
                 count);
    }

    void anEllipseHoldsItsEdge()
    {
        // Of radius 1 around (5, 5): the four pixels whose centres are sqrt(0.5) away.
        QCOMPARE(regionStatistics(grid(), 0, ellipse(4, 4, 6, 6)).count, std::size_t{4});
        // Of radius 1 around a centre: it and the four beside it, exactly on the edge.
        const RegionStatistics cross = regionStatistics(grid(), 0, ellipse(3.5, 3.5, 5.5, 5.5));
        QCOMPARE(cross.count, std::size_t{5});
        QCOMPARE(cross.mean, 44.0);
        QCOMPARE(cross.low, 34.0);
        QCOMPARE(cross.high, 54.0);
        // A little less, and only the middle is left.
        QCOMPARE(regionStatistics(grid(), 0, ellipse(3.51, 3.51, 5.49, 5.49)).count, std::size_t{1});
        // 3 wide, 1 high.
        QCOMPARE(regionStatistics(grid(), 0, ellipse(3, 4, 6, 5)).count, std::size_t{3});
    }

    void anEllipseIsItsDefinition()
    {
        const Film film = filmOf(57, std::vector<std::uint8_t>(57 * 43, 1));
        for (int i = 0; i < 200; ++i) {
            const double left = -5 + (i * 37 % 100) * 0.31;
            const double top = -5 + (i * 53 % 100) * 0.23;
            const double right = left + 1 + (i * 29 % 100) * 0.43;
            const double bottom = top + 1 + (i * 71 % 100) * 0.37;
            std::size_t inside = 0;
            for (int y = 0; y < 43; ++y) {
                for (int x = 0; x < 57; ++x) {
                    const double across = (x + 0.5 - (left + right) / 2) / ((right - left) / 2);
                    const double down = (y + 0.5 - (top + bottom) / 2) / ((bottom - top) / 2);
                    inside += across * across + down * down <= 1 ? 1U : 0U;
                }
            }
            QCOMPARE(regionStatistics(film, 0, ellipse(left, top, right, bottom)).count, inside);
        }
    }

    void paddingIsLeftOut()
    {
        Film film = grid();
        film.padding = PixelPadding{12, 22};
        const RegionStatistics found = regionStatistics(film, 0, rectangle(2, 1, 4, 3));
        QCOMPARE(found.count, std::size_t{1});
        QCOMPARE(found.leftOut, std::size_t{3});
        QCOMPARE(found.mean, 23.0);
        film.padding = PixelPadding{0, 99};
        const RegionStatistics nothing = regionStatistics(film, 0, rectangle(2, 1, 4, 3));
        QCOMPARE(nothing.count, std::size_t{0});
        QCOMPARE(nothing.leftOut, std::size_t{4});
        QCOMPARE(nothing.mean, 0.0);
    }

    void signedValuesAndFractionsOfTheRescaleAreKept()
    {
        Film film = filmOf(4, std::vector<std::int16_t>{-2000, -1, 0, 3});
        film.modalityTransform.slope = 0.25;
        film.modalityTransform.intercept = -0.5;
        const RegionStatistics found = regionStatistics(film, 0, rectangle(0, 0, 4, 1));
        QCOMPARE(found.low, -500.5);
        QCOMPARE(found.high, 0.25);
        QCOMPARE(found.mean, (-500.5 - 0.75 - 0.5 + 0.25) / 4);
        QCOMPARE(found.median, (-0.75 - 0.5) / 2);
    }

    void aFallingTransformTurnsTheOrder()
    {
        Film film = grid();
        film.modalityTransform.slope = -1;
        const RegionStatistics found = regionStatistics(film, 0, rectangle(0, 0, 3, 1));
        QCOMPARE(found.low, -2.0);
        QCOMPARE(found.high, 0.0);
        QCOMPARE(found.median, -1.0);
    }

    void fractionsAreExactAndWhatIsNoNumberIsLeftOut()
    {
        const float none = std::numeric_limits<float>::quiet_NaN();
        const Film film = filmOf(4, std::vector<float>{0.5F, none, 1.5F, 4.0F});
        const RegionStatistics found = regionStatistics(film, 0, rectangle(0, 0, 4, 1));
        QCOMPARE(found.count, std::size_t{3});
        QCOMPARE(found.leftOut, std::size_t{1});
        QCOMPARE(found.mean, 2.0);
        QCOMPARE(found.median, 1.5);
        const Film wide = filmOf(2, std::vector<std::int32_t>{-70000, 70000});
        QCOMPARE(regionStatistics(wide, 0, rectangle(0, 0, 2, 1)).low, -70000.0);
    }

    void colourGivesItsLuminance()
    {
        Film film;
        film.columns = 2;
        film.rows = 1;
        film.samplesPerPixel = 3;
        film.photometric = Photometric::Rgb;
        film.samples = std::vector<std::uint8_t>{255, 0, 0, 0, 100, 0};
        const RegionStatistics found = regionStatistics(film, 0, rectangle(0, 0, 2, 1));
        QVERIFY(std::abs(found.high - 0.299 * 255) < 1e-9);
        QVERIFY(std::abs(found.low - 58.7) < 1e-9);
    }

    void theFrameIsTheOneAskedFor()
    {
        Film film = filmOf(2, std::vector<std::uint8_t>{1, 1, 7, 9});
        film.rows = 1;
        film.frames = 2;
        QCOMPARE(regionStatistics(film, 1, rectangle(0, 0, 2, 1)).mean, 8.0);
    }

    void percentilesAreNearestRanks()
    {
        const RegionStatistics found = regionStatistics(grid(), 0, rectangle(0, 0, 10, 10));
        QCOMPARE(found.first, 0.0);
        QCOMPARE(found.last, 98.0);
    }

    void areasFollowTheScale()
    {
        const Scale scale{0.5, 0.25, LengthKind::Calibrated};
        QCOMPARE(areaOf(rectangle(10, 0, 0, 20), scale).value, 25.0);
        QCOMPARE(areaOf(ellipse(0, 0, 10, 20), scale).value, 25 * std::numbers::pi / 4);
        QVERIFY(areaOf(rectangle(0, 0, 1, 1), scale).kind == LengthKind::Calibrated);
        QCOMPARE(areaOf(rectangle(0, 0, 4, 5), Scale{}).value, 20.0);
    }

    void aStopEndsIt()
    {
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(regionStatistics(grid(), 0, rectangle(0, 0, 10, 10), stop.get_token()).count,
                 std::size_t{0});
    }

    // Printed, never asserted: the machine decides.
    void aWholeLargeFilm()
    {
        std::vector<std::uint16_t> samples(std::size_t{4300} * 3500);
        for (std::size_t i = 0; i < samples.size(); ++i)
            samples[i] = static_cast<std::uint16_t>((i * 2654435761U) >> 18 & 16383U);
        const Film film = filmOf(3500, std::move(samples));
        QElapsedTimer clock;
        qint64 best = std::numeric_limits<qint64>::max();
        RegionStatistics found;
        for (const RegionShape shape : {RegionShape::Rectangle, RegionShape::Ellipse}) {
            for (int i = 0; i < 5; ++i) {
                clock.start();
                found = regionStatistics(film, 0, {shape, {0, 0}, {3500, 4300}});
                best = std::min(best, clock.nsecsElapsed());
            }
            qInfo("%zu pixels in %.1f ms", found.count, double(best) / 1e6);
        }
        QVERIFY(found.count > 11'000'000);
    }

    void fillsWhatItCounts()
    {
        for (const Region &region : {rectangle(2, 3, 7.5, 8), Region{RegionShape::Ellipse, {1, 1}, {9, 6}},
                                     rectangle(-5, -5, 2, 20)}) {
            Plane<std::uint8_t> mask(10, 10);
            fill(mask, region);
            const auto count = static_cast<std::size_t>(std::ranges::count(mask.samples(), 1));
            QCOMPARE(count, regionStatistics(grid(), 0, region).count);
            QVERIFY(count > 0);
        }
    }
};

QTEST_GUILESS_MAIN(RegionTest)
#include "RegionTest.moc"
