// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Threshold.h"
#include "core/report/Csv.h"
#include "tests/core/metrics/OracleTable.h"

#include <QTest>

#include <cmath>

using namespace hilum;

class ThresholdTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // NumPy and statsmodels: tests/oracle/make_metrics.py.
    void predictiveValuesAgreeWithTheirFormulae()
    {
        const auto table = readCsv(HILUM_SOURCE_DIR "/tests/oracle/metrics-prevalence.csv");
        QVERIFY(table);
        QCOMPARE(table->rows.size(), std::size_t{6});
        for (const auto &row : table->rows) {
            const Share sensitivity = shareOf(std::stoi(row[0]), std::stoi(row[1]));
            const Share specificity = shareOf(std::stoi(row[2]), std::stoi(row[3]));
            const AtPrevalence found = atPrevalence(sensitivity, specificity, std::stod(row[4]));
            QVERIFY(isNear(found.positiveValue.value, std::stod(row[5])));
            QVERIFY(isNear(found.negativeValue.value, std::stod(row[6])));
            QVERIFY(isNear(found.positiveValue.interval.low, std::stod(row[7])));
            QVERIFY(isNear(found.positiveValue.interval.high, std::stod(row[8])));
            QVERIFY(isNear(found.negativeValue.interval.low, std::stod(row[9])));
            QVERIFY(isNear(found.negativeValue.interval.high, std::stod(row[10])));
            QCOMPARE(found.found + found.missed + found.spared + found.falseAlarms, 1000);
            const auto ends = oracleNumbers(row[11]);
            const std::array films{10.0, 72.0, 1000.5};
            for (std::size_t i = 0; i < films.size(); ++i) {
                const Ranged with = withFilms(sensitivity, films[i]);
                QVERIFY(isNear(with.interval.low, ends[2 * i], 1e-6));
                QVERIFY(isNear(with.interval.high, ends[2 * i + 1], 1e-6));
            }
        }
    }

    // A published matrix of 72 films: 95 of 100 calls right at one in two, 15 at one in a hundred.
    void aRareDiseaseMakesMostCallsFalse()
    {
        const Share sensitivity = shareOf(34, 36);
        const Share specificity = shareOf(34, 36);
        QVERIFY(isNear(atPrevalence(sensitivity, specificity, 0.5).positiveValue.value, 0.944, 0.001));
        const AtPrevalence rare = atPrevalence(sensitivity, specificity, 0.01);
        QVERIFY(isNear(rare.positiveValue.value, 0.147, 0.001));
        QCOMPARE(rare.found, 9);
        QCOMPARE(rare.missed, 1);
        QCOMPARE(rare.falseAlarms, 55);
    }

    void nobodyIllMeansNoCallIsRight()
    {
        const AtPrevalence none = atPrevalence(shareOf(9, 10), shareOf(8, 10), 0);
        QCOMPARE(none.positiveValue.value, 0.0);
        QCOMPARE(none.negativeValue.value, 1.0);
        QCOMPARE(none.found, 0);
        const AtPrevalence all = atPrevalence(shareOf(9, 10), shareOf(8, 10), 1);
        QCOMPARE(all.positiveValue.value, 1.0);
        QCOMPARE(all.negativeValue.value, 0.0);
        QVERIFY(std::isnan(atPrevalence(shareOf(0, 0), shareOf(8, 10), 0.5).positiveValue.value));
    }

    void aThresholdCallsItsOwnScore()
    {
        const std::vector<double> score{0.9, 0.7, 0.7, 0.2};
        const auto points = Ranking(score, std::vector<std::uint8_t>{1, 1, 0, 0}).points();
        QCOMPARE(pointAt(points, 0.7).truePositives, 2);
        QCOMPARE(pointAt(points, 0.7).falsePositives, 1);
        QCOMPARE(pointAt(points, 0.70001).truePositives, 1);
        QCOMPARE(pointAt(points, 1).truePositives, 0);
        QCOMPARE(pointAt(points, 0).falsePositives, 2);
        const Rates rates = ratesAt(pointAt(points, 0.7), points.back());
        QCOMPARE(rates.sensitivity.share, 1.0);
        QCOMPARE(rates.specificity.share, 0.5);
        QCOMPARE(rates.precision.hits, 2);
        QCOMPARE(rates.precision.films, 3);
        QCOMPARE(rates.negativeValue.share, 1.0);
    }

    void costsMoveTheBestThreshold()
    {
        const std::vector<double> score{0.9, 0.8, 0.6, 0.5, 0.3, 0.1};
        const auto points = Ranking(score, std::vector<std::uint8_t>{1, 0, 1, 0, 1, 0}).points();
        // Where misses are dear everything is called, where alarms are dear only what is sure.
        QCOMPARE(cheapestPoint(points, {100, 1, 0.5}).threshold, 0.3);
        QCOMPARE(cheapestPoint(points, {1, 100, 0.5}).threshold, 0.9);
        QVERIFY(std::isinf(cheapestPoint(points, {1, 1, 0.0}).threshold));
        // Equal costs and prevalence: Youden's threshold.
        QCOMPARE(cheapestPoint(points, {1, 1, 0.5}).threshold, youdenPoint(points).threshold);
    }

    void fewerFilmsWidenTheInterval()
    {
        const Share share = shareOf(90, 100);
        const Ranged few = withFilms(share, 10);
        const Ranged same = withFilms(share, 100);
        QCOMPARE(same.interval.low, share.interval.low);
        QVERIFY(few.interval.low < same.interval.low && few.interval.high > same.interval.high);
        AucEstimate area{0.8, 0.04, {}, 50, 50};
        const Ranged quarter = withFilms(area, 25);
        QVERIFY(isNear(quarter.interval.low, 0.8 - 1.959964 * 0.08, 1e-6));
        QVERIFY(isNear(withFilms(area, 400).interval.high, 0.8 + 1.959964 * 0.02, 1e-6));
    }
};

QTEST_GUILESS_MAIN(ThresholdTest)
#include "ThresholdTest.moc"
