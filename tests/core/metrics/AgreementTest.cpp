// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Agreement.h"
#include "core/report/Csv.h"

#include <QTest>

#include <cmath>
#include <sstream>
#include <vector>

using namespace hilum;

// Against statsmodels and scikit-learn: tests/oracle/make_metrics.py.
class AgreementTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithOtherPrograms()
    {
        const auto table = readCsv(HILUM_SOURCE_DIR "/tests/oracle/metrics-agreement.csv");
        QVERIFY(table);
        QCOMPARE(table->rows.size(), std::size_t{6});
        for (const auto &row : table->rows) {
            const ConfusionMatrix matrix = matrixOf(row[0]);
            const Kappa kappa = cohensKappa(matrix);
            const McNemar test = mcNemar(matrix.count(0, 1), matrix.count(1, 0));
            QVERIFY2(near(kappa.value, row[1]), row[0].c_str());
            QVERIFY2(near(kappa.standardError, row[2]), row[0].c_str());
            QVERIFY2(near(matthews(matrix), row[3]), row[0].c_str());
            QCOMPARE(test.isExact, row[4] == "1");
            QVERIFY2(near(test.p, row[5]), row[0].c_str());
        }
    }

    void chanceAloneLeavesNothingToSay()
    {
        ConfusionMatrix one(2);
        one.add(0, 0, 7);
        QVERIFY(std::isnan(cohensKappa(one).value));
        QVERIFY(std::isnan(matthews(one)));
        QVERIFY(std::isnan(cohensKappa(ConfusionMatrix(3)).value));
        QVERIFY(std::isnan(matthews(ConfusionMatrix(3))));
    }

    void twoThatNeverDifferAreNotTold()
    {
        QCOMPARE(mcNemar(0, 0).p, 1.0);
        QVERIFY(mcNemar(0, 0).isExact);
        QVERIFY(mcNemar(12, 12).isExact);
        QVERIFY(!mcNemar(13, 12).isExact);
        QCOMPARE(mcNemar(13, 12).p, 1.0);
    }

private:
    static bool near(double value, const std::string &expected)
    {
        return std::abs(value - std::stod(expected)) < 1e-9;
    }

    static ConfusionMatrix matrixOf(const std::string &text)
    {
        std::istringstream stream(text);
        const std::vector<int> counts{std::istream_iterator<int>(stream), {}};
        const int classes = static_cast<int>(std::lround(std::sqrt(static_cast<double>(counts.size()))));
        ConfusionMatrix matrix(classes);
        for (int i = 0; i < classes * classes; ++i)
            matrix.add(i / classes, i % classes, counts[static_cast<std::size_t>(i)]);
        return matrix;
    }
};

QTEST_GUILESS_MAIN(AgreementTest)
#include "AgreementTest.moc"
