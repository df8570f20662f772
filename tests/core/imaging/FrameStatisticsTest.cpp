// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imaging/FrameStatistics.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace hilum;

Q_DECLARE_METATYPE(hilum::Film)

class FrameStatisticsTest : public QObject {
    Q_OBJECT

private:
    template <class Sample>
    static Film film(int columns, int rows, unsigned seed)
    {
        Film made;
        made.columns = columns;
        made.rows = rows;
        made.bitsStored = 8 * static_cast<int>(std::min<std::size_t>(sizeof(Sample), 2));
        std::vector<Sample> samples;
        for (int i = 0; i < columns * rows; ++i) {
            seed = seed * 1664525U + 1013904223U;
            samples.push_back(static_cast<Sample>(static_cast<int>(seed >> 18) - 3000));
        }
        made.samples = std::move(samples);
        return made;
    }

    static Film colour(Photometric photometric)
    {
        Film made = film<std::uint8_t>(30, 30, 5);
        made.samplesPerPixel = 3;
        made.columns = 10;
        made.photometric = photometric;
        return made;
    }

private Q_SLOTS:
    void itFindsWhatThePlainFunctionsFind_data()
    {
        QTest::addColumn<Film>("made");
        QTest::newRow("16 bits") << film<std::uint16_t>(61, 47, 1);
        QTest::newRow("8 bits") << film<std::uint8_t>(61, 47, 2);
        QTest::newRow("signed") << film<std::int16_t>(61, 47, 3);
        QTest::newRow("signed bytes") << film<std::int8_t>(61, 47, 4);
        QTest::newRow("32 bits") << film<std::int32_t>(61, 47, 4);

        Film padded = film<std::int16_t>(50, 40, 6);
        padded.padding = PixelPadding{-3000, -500};
        QTest::newRow("padding") << padded;
        Film fractions = film<std::uint16_t>(50, 40, 7);
        fractions.modalityTransform.slope = 0.0371;
        fractions.modalityTransform.intercept = -12.3;
        QTest::newRow("rescale fractions") << fractions;
        fractions.modalityTransform.slope = -1.7;
        QTest::newRow("falling rescale") << fractions;
        Film table = film<std::uint8_t>(50, 40, 8);
        table.modalityTransform.table = LookupTable{0, 16, {9, 700, 3, 3, 500, 20}, {}};
        QTest::newRow("modality table") << table;
        Film white = film<std::uint16_t>(50, 40, 9);
        white.photometric = Photometric::Monochrome1;
        QTest::newRow("MONOCHROME1") << white;
        Film even = film<std::uint16_t>(4, 4, 9);
        std::ranges::fill(std::get<std::vector<std::uint16_t>>(even.samples), std::uint16_t(77));
        QTest::newRow("one value") << even;
        even.padding = PixelPadding{77, 77};
        QTest::newRow("nothing but padding") << even;

        Film real = film<float>(50, 40, 10);
        auto &samples = std::get<std::vector<float>>(real.samples);
        for (float &sample : samples)
            sample /= 7;
        samples[3] = std::numeric_limits<float>::quiet_NaN();
        samples[4] = std::numeric_limits<float>::infinity();
        QTest::newRow("float") << real;
        QTest::newRow("colour") << colour(Photometric::Rgb);
        Film grey = colour(Photometric::Rgb);
        auto &bytes = std::get<std::vector<std::uint8_t>>(grey.samples);
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = bytes[i / 3 * 3];
        QTest::newRow("colour that holds only grey") << grey;
        QTest::newRow("YBR") << colour(Photometric::YbrFull);
    }

    void itFindsWhatThePlainFunctionsFind()
    {
        QFETCH(Film, made);
        const FrameStatistics found = frameStatistics(made);
        const ValueRange range = modalityRange(made);
        QCOMPARE(found.range.low, range.low);
        QCOMPARE(found.range.high, range.high);
        const Histogram expected = histogram(made);
        QCOMPARE(found.histogram.low, expected.low);
        QCOMPARE(found.histogram.high, expected.high);
        QVERIFY(found.histogram.counts == expected.counts);
        const Window automatic = autoWindow(made);
        QCOMPARE(found.automatic.centre, automatic.centre);
        QCOMPARE(found.automatic.width, automatic.width);
        QVERIFY(found.automatic == automatic);
    }

    void storedExtremesCountPaddingToo()
    {
        Film made = film<std::int16_t>(3, 1, 1);
        made.samples = std::vector<std::int16_t>{-2000, 5, 90};
        made.padding = PixelPadding{-2000, -2000};
        const FrameStatistics found = frameStatistics(made);
        QCOMPARE(found.stored->low, -2000);
        QCOMPARE(found.stored->high, 90);
        QCOMPARE(found.range.low, 5.0);
    }

    void everyFrameHasItsOwn()
    {
        Film made = film<std::uint16_t>(2, 1, 1);
        made.frames = 2;
        made.samples = std::vector<std::uint16_t>{1, 2, 30, 40};
        QCOMPARE(frameStatistics(made, 0).range.high, 2.0);
        QCOMPARE(frameStatistics(made, 1).range.low, 30.0);
    }
};

QTEST_GUILESS_MAIN(FrameStatisticsTest)
#include "FrameStatisticsTest.moc"
