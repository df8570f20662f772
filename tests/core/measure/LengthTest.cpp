// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/measure/Length.h"

#include <QTest>

#include <cmath>

using namespace hilum;

class LengthTest : public QObject {
    Q_OBJECT

private:
    static bool near(double found, double expected) { return std::abs(found - expected) < 1e-9; }

private Q_SLOTS:
    // The cases of PS3.3 10.7.1.1 to 10.7.1.3, worked by hand: 300 pixels across, 400 down.
    void everyLengthSaysWhatItIs_data()
    {
        QTest::addColumn<int>("source");
        QTest::addColumn<double>("row");
        QTest::addColumn<double>("column");
        QTest::addColumn<double>("magnification");
        QTest::addColumn<int>("calibration");
        QTest::addColumn<bool>("repeatsImager");
        QTest::addColumn<double>("expected");
        QTest::addColumn<QString>("unit");

        const int none = int(SpacingCalibration::NotSaid);
        const int pixel = int(SpacingSource::PixelSpacing);
        const int imager = int(SpacingSource::ImagerPixelSpacing);
        const int scanned = int(SpacingSource::NominalScanned);
        const QString calibrated = "mm (calibrated)";
        const QString detector = "mm at detector";
        const QString corrected = "mm, magnification corrected";
        QTest::newRow("Pixel Spacing alone")
            << pixel << 0.2 << 0.2 << 1.0 << none << false << 100.0 << calibrated;
        QTest::newRow("Pixel Spacing is never divided again")
            << pixel << 0.2 << 0.2 << 1.25 << none << false << 100.0 << calibrated;
        QTest::newRow("Pixel Spacing repeats the detector's")
            << pixel << 0.2 << 0.2 << 1.0 << none << true << 100.0 << detector;
        QTest::newRow("the same with a magnification")
            << pixel << 0.2 << 0.2 << 1.25 << none << true << 80.0 << corrected;
        QTest::newRow("the same, calibrated by an object")
            << pixel << 0.2 << 0.2 << 1.25 << int(SpacingCalibration::Fiducial) << true << 100.0
            << calibrated;
        QTest::newRow("the same, calibrated by geometry")
            << pixel << 0.2 << 0.2 << 1.0 << int(SpacingCalibration::Geometry) << true << 100.0 << calibrated;
        QTest::newRow("Imager Pixel Spacing alone")
            << imager << 0.2 << 0.2 << 1.0 << none << false << 100.0 << detector;
        QTest::newRow("Imager Pixel Spacing, magnified")
            << imager << 0.2 << 0.2 << 1.25 << none << false << 80.0 << corrected;
        QTest::newRow("a magnification below 1 can't be")
            << imager << 0.2 << 0.2 << 0.5 << none << false << 100.0 << detector;
        QTest::newRow("a scanned film") << scanned << 0.2 << 0.2 << 1.0 << none << false << 100.0 << detector;
        QTest::newRow("a scanned film, magnified")
            << scanned << 0.2 << 0.2 << 2.0 << none << false << 50.0 << corrected;
        // sqrt((300 * 0.1)^2 + (400 * 0.3)^2) = sqrt(900 + 14400)
        QTest::newRow("pixels taller than wide")
            << imager << 0.3 << 0.1 << 1.0 << none << false << std::sqrt(15300.0) << detector;
        QTest::newRow("a density of PNG or JPEG")
            << int(SpacingSource::ImageFile) << 0.2 << 0.2 << 1.0 << none << false << 500.0 << QString("px");
    }

    void everyLengthSaysWhatItIs()
    {
        QFETCH(int, source);
        QFETCH(double, row);
        QFETCH(double, column);
        QFETCH(double, magnification);
        QFETCH(int, calibration);
        QFETCH(bool, repeatsImager);
        QFETCH(double, expected);
        QFETCH(QString, unit);
        Film film;
        film.spacing = SpacingMm{
            row,          column, SpacingSource(source), magnification, SpacingCalibration(calibration),
            repeatsImager};
        const Length length = lengthBetween({100, 100}, {400, 500}, scaleOf(film));
        QVERIFY2(near(length.value, expected), qPrintable(QString::number(length.value, 'g', 17)));
        QCOMPARE(QString(unitText(length.kind)), unit);
    }

    void withoutSpacingItCountsPixelWidths()
    {
        Film film;
        Length length = lengthBetween({0, 0}, {3, 4}, scaleOf(film));
        QCOMPARE(length.value, 5.0);
        QCOMPARE(QString(unitText(length.kind)), QString("px"));
        film.pixelAspect = 2; // each step down is two widths
        length = lengthBetween({0, 0}, {6, 4}, scaleOf(film));
        QCOMPARE(length.value, 10.0);
    }

    void aKnownLengthCalibrates()
    {
        Film film;
        film.pixelAspect = 2;
        const Scale scale = calibrated(scaleOf(film), {10, 10}, {10, 60}, 25);
        QCOMPARE(scale.row, 0.5);
        QCOMPARE(scale.column, 0.25);
        const Length length = lengthBetween({0, 0}, {100, 0}, scale);
        QCOMPARE(length.value, 25.0);
        QCOMPARE(QString(unitText(length.kind)), QString("mm (calibrated)"));
    }

    void anglesAreThoseOfTheRoom()
    {
        const Scale square;
        QVERIFY(near(angleAt({0, 0}, {1, 0}, {0, 1}, square), 90));
        QVERIFY(near(angleAt({0, 0}, {1, 0}, {-1, 0}, square), 180));
        QVERIFY(near(angleAt({5, 5}, {6, 5}, {6, 6}, square), 45));
        QVERIFY(near(angleAt({0, 0}, {1, 0}, {1, 0}, square), 0));
        QVERIFY(near(angleAt({0, 0}, {0, 0}, {1, 0}, square), 0));
        // One pixel down is sqrt(3) widths: the diagonal stands at 60 degrees.
        const Scale tall{0.1, 0.1 * std::sqrt(3.0), LengthKind::AtDetector};
        QVERIFY(near(angleAt({0, 0}, {1, 0}, {1, 1}, tall), 60));
    }

    void linesHaveNoDirection()
    {
        const Scale square;
        QVERIFY(near(angleBetween({0, 0}, {10, 0}, {0, 5}, {10, 15}, square), 45));
        QVERIFY(near(angleBetween({10, 0}, {0, 0}, {0, 5}, {10, 15}, square), 45));
        QVERIFY(near(angleBetween({0, 0}, {10, 0}, {0, 5}, {9, 5}, square), 0));
        QVERIFY(near(angleBetween({0, 0}, {10, 0}, {3, 5}, {3, 9}, square), 90));
    }

    void areasCarryTheSameWords()
    {
        QCOMPARE(QString::fromUtf8(areaUnitText(LengthKind::AtDetector)),
                 QString::fromUtf8("mm\u00b2 at detector"));
        QCOMPARE(QString::fromUtf8(areaUnitText(LengthKind::Pixels)), QString::fromUtf8("px\u00b2"));
    }
};

QTEST_GUILESS_MAIN(LengthTest)
#include "LengthTest.moc"
