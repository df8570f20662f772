// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Calibration.h"
#include "core/report/Csv.h"

#include <QTest>

#include <cmath>
#include <sstream>
#include <vector>

using namespace hilum;

// Against scikit-learn: tests/oracle/make_metrics.py.
class CalibrationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithScikitLearn()
    {
        const auto table = readCsv(HILUM_SOURCE_DIR "/tests/oracle/metrics-calibration.csv");
        QVERIFY(table);
        QCOMPARE(table->rows.size(), std::size_t{4});
        for (const auto &row : table->rows) {
            const auto outcome = outcomes(row[3]);
            const auto probability = numbers(row[4]);
            const Binning binning = row[2] == "uniform" ? Binning::EqualWidth : Binning::EqualMass;
            const auto bins = reliability(probability, outcome, std::stoi(row[1]), binning);
            const auto counts = numbers(row[5]);
            const auto means = numbers(row[6]);
            const auto rates = numbers(row[7]);
            std::size_t next = 0; // empty bins are not in the table
            for (const ReliabilityBin &bin : bins) {
                if (bin.films == 0) {
                    QVERIFY(std::isnan(bin.meanProbability));
                    continue;
                }
                QVERIFY2(next < counts.size(), row[0].c_str());
                QCOMPARE(bin.films, static_cast<int>(counts[next]));
                QVERIFY(std::abs(bin.meanProbability - means[next]) < 1e-12);
                QVERIFY(std::abs(static_cast<double>(bin.positives) / bin.films - rates[next]) < 1e-12);
                QVERIFY(bin.rate.low <= rates[next] && rates[next] <= bin.rate.high);
                ++next;
            }
            QCOMPARE(next, counts.size());
            QVERIFY(std::abs(expectedCalibrationError(bins) - std::stod(row[8])) < 1e-12);
            const BrierParts parts = brier(probability, outcome, bins);
            QVERIFY(std::abs(parts.score - std::stod(row[9])) < 1e-12);
        }
    }

    void theBrierScoreIsTheSumOfItsParts()
    {
        // Two forecasts, each in a bin of its own: nothing is left inside the bins.
        const std::vector<double> probability{0.2, 0.2, 0.2, 0.2, 0.8, 0.8};
        const std::vector<std::uint8_t> outcome{0, 0, 1, 0, 1, 1};
        const auto bins = reliability(probability, outcome, 2, Binning::EqualWidth);
        const BrierParts parts = brier(probability, outcome, bins);
        QVERIFY(std::abs(parts.score - (3 * 0.04 + 0.64 + 2 * 0.04) / 6) < 1e-12);
        QVERIFY(std::abs(parts.reliability - (4 * 0.05 * 0.05 + 2 * 0.2 * 0.2) / 6) < 1e-12);
        QVERIFY(std::abs(parts.resolution - (4 * 0.25 * 0.25 + 2 * 0.5 * 0.5) / 6) < 1e-12);
        QCOMPARE(parts.uncertainty, 0.25);
        QVERIFY(std::abs(parts.within) < 1e-12);
    }

    void noFilmsHaveNoCalibration()
    {
        const auto bins = reliability({}, {}, 10, Binning::EqualMass);
        QVERIFY(std::isnan(expectedCalibrationError(bins)));
        QVERIFY(std::isnan(brier({}, {}, bins).score));
    }

    void oneProbabilityForAllIsOneBin()
    {
        const std::vector<double> probability(20, 0.5);
        const auto bins = reliability(probability, std::vector<std::uint8_t>(20, 1), 5, Binning::EqualMass);
        int films = 0;
        for (const ReliabilityBin &bin : bins)
            films = std::max(films, bin.films);
        QCOMPARE(films, 20);
        QCOMPARE(expectedCalibrationError(bins), 0.5);
    }

private:
    static std::vector<std::uint8_t> outcomes(const std::string &digits)
    {
        std::vector<std::uint8_t> found;
        for (const char digit : digits)
            found.push_back(digit == '1');
        return found;
    }

    static std::vector<double> numbers(const std::string &text)
    {
        std::istringstream stream(text);
        return {std::istream_iterator<double>(stream), {}};
    }
};

QTEST_GUILESS_MAIN(CalibrationTest)
#include "CalibrationTest.moc"
