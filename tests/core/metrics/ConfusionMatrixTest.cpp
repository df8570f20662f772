// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/ConfusionMatrix.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace hilum;

class ConfusionMatrixTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsTruthOnRowsAndPredictionOnColumns()
    {
        ConfusionMatrix matrix(3);
        matrix.add(0, 0, 24);
        matrix.add(0, 2, 4);
        matrix.add(1, 1, 9);
        matrix.add(1, 0);
        QCOMPARE(matrix.count(0, 2), 4);
        QCOMPARE(matrix.count(2, 0), 0);
        QCOMPARE(matrix.rowTotal(0), 28);
        QCOMPARE(matrix.rowTotal(2), 0);
        QCOMPARE(matrix.columnTotal(0), 25);
        QCOMPARE(matrix.total(), 38);
        QCOMPARE(matrix.rowShare(0, 0), 24.0 / 28);
        QCOMPARE(matrix.rowShare(2, 2), 0.0);
        QCOMPARE(matrix.accuracy(), 33.0 / 38);
        // The third class has no film and takes no part.
        QCOMPARE(matrix.balancedAccuracy(), (24.0 / 28 + 9.0 / 10) / 2);
    }

    void hasNoAccuracyWhenEmpty()
    {
        QVERIFY(std::isnan(ConfusionMatrix(3).accuracy()));
        QVERIFY(std::isnan(ConfusionMatrix(3).balancedAccuracy()));
        QVERIFY(std::isnan(ConfusionMatrix(0).accuracy()));
    }

    void givesTheWilsonInterval_data()
    {
        QTest::addColumn<int>("successes");
        QTest::addColumn<int>("trials");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");

        // Worked from the formula with z = 1.959964, four decimals.
        QTest::newRow("24 of 28") << 24 << 28 << 0.6851 << 0.9430;
        QTest::newRow("half of ten") << 5 << 10 << 0.2366 << 0.7634;
        QTest::newRow("none of ten") << 0 << 10 << 0.0 << 0.2775;
        QTest::newRow("all of ten") << 10 << 10 << 0.7225 << 1.0;
        QTest::newRow("no trial") << 0 << 0 << 0.0 << 1.0;
    }

    void givesTheWilsonInterval()
    {
        QFETCH(int, successes);
        QFETCH(int, trials);
        QFETCH(double, low);
        QFETCH(double, high);
        const Interval interval = wilsonInterval(successes, trials);
        QVERIFY2(std::abs(interval.low - low) < 5e-5, qPrintable(QString::number(interval.low)));
        QVERIFY2(std::abs(interval.high - high) < 5e-5, qPrintable(QString::number(interval.high)));
    }

    void givesTheAreaUnderTheCurve_data()
    {
        QTest::addColumn<std::vector<double>>("scores");
        QTest::addColumn<std::vector<std::uint8_t>>("positive");
        QTest::addColumn<double>("area");

        using Scores = std::vector<double>;
        using Marks = std::vector<std::uint8_t>;
        QTest::newRow("perfect") << Scores{0.1, 0.2, 0.8, 0.9} << Marks{0, 0, 1, 1} << 1.0;
        QTest::newRow("reversed") << Scores{0.9, 0.8, 0.2, 0.1} << Marks{0, 0, 1, 1} << 0.0;
        QTest::newRow("three of four pairs in order")
            << Scores{0.1, 0.4, 0.35, 0.8} << Marks{0, 0, 1, 1} << 0.75;
        QTest::newRow("one tie counts half") << Scores{0.2, 0.5, 0.5, 0.9} << Marks{0, 0, 1, 1} << 0.875;
        QTest::newRow("all tied") << Scores{0.5, 0.5, 0.5} << Marks{0, 1, 0} << 0.5;
    }

    void givesTheAreaUnderTheCurve()
    {
        QFETCH(std::vector<double>, scores);
        QFETCH(std::vector<std::uint8_t>, positive);
        QFETCH(double, area);
        QCOMPARE(auc(scores, positive), area);
    }

    void hasNoAreaWithoutBothSides()
    {
        QVERIFY(std::isnan(auc({}, {})));
        const std::vector<double> scores{0.1, 0.7};
        QVERIFY(std::isnan(auc(scores, std::vector<std::uint8_t>{1, 1})));
        QVERIFY(std::isnan(auc(scores, std::vector<std::uint8_t>{0, 0})));
        const std::vector<double> broken{0.1, std::numeric_limits<double>::quiet_NaN()};
        QVERIFY(std::isnan(auc(broken, std::vector<std::uint8_t>{0, 1})));
    }
};

QTEST_GUILESS_MAIN(ConfusionMatrixTest)
#include "ConfusionMatrixTest.moc"
