// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Distribution.h"
#include "core/report/Csv.h"
#include "tests/core/metrics/OracleTable.h"

#include <QTest>

#include <cmath>

using namespace hilum;

class DistributionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // NumPy: tests/oracle/make_metrics.py.
    void agreesWithNumPy()
    {
        const auto table = readCsv(HILUM_SOURCE_DIR "/tests/oracle/metrics-boxes.csv");
        QVERIFY(table);
        QCOMPARE(table->rows.size(), std::size_t{6});
        for (const auto &row : table->rows) {
            const auto values = oracleNumbers(row[1]);
            const auto bars = scoreBars(values, 10);
            const auto expected = oracleNumbers(row[2]);
            for (std::size_t i = 0; i < bars.size(); ++i)
                QVERIFY2(bars[i] == static_cast<int>(expected[i]), (row[0] + std::to_string(i)).c_str());
            const BoxFigures box = boxFigures(values);
            QVERIFY(isNear(box.mean, std::stod(row[3])));
            QVERIFY(isNear(box.lowQuartile, std::stod(row[4])));
            QVERIFY(isNear(box.median, std::stod(row[5])));
            QVERIFY(isNear(box.highQuartile, std::stod(row[6])));
            QVERIFY2(isNear(box.lowWhisker, std::stod(row[7])), row[0].c_str());
            QVERIFY2(isNear(box.highWhisker, std::stod(row[8])), row[0].c_str());
            QCOMPARE(box.outside, std::stoi(row[9]));
        }
    }

    void everyProbabilityIsInOneBar()
    {
        for (const int bars : {1, 7, 10, 20, 100}) {
            std::vector<double> edges;
            for (int i = 0; i <= bars; ++i)
                edges.push_back(static_cast<double>(i) / bars);
            const auto counts = scoreBars(edges, bars);
            for (int i = 0; i < bars; ++i)
                QCOMPARE(counts[static_cast<std::size_t>(i)], i + 1 == bars ? 2 : 1);
        }
    }

    void noFilmsHaveNoBox()
    {
        const BoxFigures box = boxFigures({});
        QCOMPARE(box.films, 0);
        QVERIFY(std::isnan(box.median) && std::isnan(box.lowWhisker));
    }
};

QTEST_GUILESS_MAIN(DistributionTest)
#include "DistributionTest.moc"
