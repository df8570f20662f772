// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/RankCorrelation.h"

#include <QTest>
#include <cmath>
#include <vector>

using namespace hilum;

class RankCorrelationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isOneForAnyRisingCurve()
    {
        const std::vector<float> a{1, 2, 3, 4, 5};
        const std::vector<float> b{1, 4, 9, 16, 25};
        const std::vector<float> falling{5, 4, 3, 2, 1};
        QCOMPARE(rankCorrelation(a, b), 1.0);
        QCOMPARE(rankCorrelation(a, falling), -1.0);
    }

    void sharesTheRanksOfEqualValues()
    {
        // By hand: ranks 0.5 0.5 2 3 and 1 0 2 3 less 1.5: (-1)(-0.5) + (-1)(-1.5) + 0.25 + 2.25 = 4.5;
        // squares 4.5 and 5.
        const std::vector<float> a{1, 1, 2, 3};
        const std::vector<float> b{2, 1, 3, 4};
        QVERIFY(std::abs(rankCorrelation(a, b) - 4.5 / std::sqrt(4.5 * 5)) < 1e-12);
    }

    void isNotANumberForFlatSeries()
    {
        const std::vector<float> flat{2, 2, 2};
        const std::vector<float> rising{1, 2, 3};
        QVERIFY(std::isnan(rankCorrelation(flat, rising)));
        QVERIFY(std::isnan(rankCorrelation({}, {})));
    }
};

QTEST_GUILESS_MAIN(RankCorrelationTest)
#include "RankCorrelationTest.moc"
