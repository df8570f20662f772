// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Auc.h"
#include "core/report/Csv.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <sstream>
#include <vector>

using namespace hilum;

// Against scikit-learn, SciPy and DeLong's definition over all pairs: tests/oracle/make_metrics.py.
class AucTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithOtherPrograms()
    {
        const auto table = readCsv(HILUM_SOURCE_DIR "/tests/oracle/metrics-auc.csv");
        QVERIFY(table);
        QCOMPARE(table->rows.size(), std::size_t{5});
        for (const auto &row : table->rows) {
            std::vector<std::uint8_t> truth;
            for (const char digit : row[1])
                truth.push_back(digit == '1');
            const auto first = numbers(row[2]);
            const auto second = numbers(row[3]);
            const AucComparison found = compareAucs(first, second, truth);
            const auto same = [&](double value, std::size_t column) {
                const double expected = std::stod(row[column]);
                const bool isClose = std::abs(value - expected) < 1e-10;
                if (!isClose)
                    qWarning("%s, column %zu: expected %.12g, found %.12g", row[0].c_str(), column, expected,
                             value);
                return isClose;
            };
            QVERIFY(same(found.first.area, 4));
            QVERIFY(same(found.first.standardError, 5));
            QVERIFY(same(found.second.area, 6));
            QVERIFY(same(found.second.standardError, 7));
            QVERIFY(same(found.standardError, 8));
            QVERIFY(same(found.p, 9));
            QCOMPARE(found.first.area, auc(first, truth));
            QVERIFY(found.first.interval.low <= found.first.area);
            QVERIFY(found.first.interval.high <= 1);
        }
    }

    void oneFilmOnASideHasAnAreaAndNoError()
    {
        const std::vector<double> scores{0.9, 0.1, 0.2};
        const std::vector<std::uint8_t> truth{1, 0, 0};
        const AucEstimate found = aucEstimate(scores, truth);
        QCOMPARE(found.area, 1.0);
        QVERIFY(std::isnan(found.standardError));
        QCOMPARE(found.interval.low, 0.0);
        QCOMPARE(found.interval.high, 1.0);
        QCOMPARE(found.positives, 1);
        QCOMPARE(found.negatives, 2);
    }

    void isNothingWithoutBothSidesOrWithANan()
    {
        const std::vector<double> scores{0.9, 0.1};
        QVERIFY(std::isnan(aucEstimate(scores, std::vector<std::uint8_t>{1, 1}).area));
        QVERIFY(std::isnan(aucEstimate({}, {}).area));
        const std::vector<double> broken{0.9, std::numeric_limits<double>::quiet_NaN()};
        QVERIFY(std::isnan(aucEstimate(broken, std::vector<std::uint8_t>{1, 0}).area));
        const AucComparison compared = compareAucs(scores, broken, std::vector<std::uint8_t>{1, 0});
        QVERIFY(std::isnan(compared.p));
        QVERIFY(std::isnan(compared.interval.low));
    }

    void aScoreDoesNotDifferFromItself()
    {
        const std::vector<double> scores{0.9, 0.4, 0.6, 0.1, 0.3};
        const std::vector<std::uint8_t> truth{1, 1, 0, 0, 0};
        const AucComparison found = compareAucs(scores, scores, truth);
        QCOMPARE(found.difference, 0.0);
        QCOMPARE(found.p, 1.0);
    }

private:
    static std::vector<double> numbers(const std::string &text)
    {
        std::istringstream stream(text);
        return {std::istream_iterator<double>(stream), {}};
    }
};

QTEST_GUILESS_MAIN(AucTest)
#include "AucTest.moc"
