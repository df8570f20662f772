// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Bootstrap.h"
#include "core/metrics/Auc.h"
#include "core/report/Csv.h"

#include <QTest>

#include <cmath>
#include <numeric>
#include <sstream>
#include <vector>

using namespace hilum;

class BootstrapTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // SciPy with 200,000 draws: tests/oracle/make_metrics.py. Its dice are others, so that ends differ by
    // what 20,000 draws leave open.
    void agreesWithSciPy()
    {
        const auto table = readCsv(HILUM_SOURCE_DIR "/tests/oracle/metrics-bootstrap.csv");
        QVERIFY(table);
        QCOMPARE(table->rows.size(), std::size_t{2});
        for (const auto &row : table->rows) {
            const auto values = numbers(row[1]);
            const auto found = bootstrap(meanOf(values), each(values.size()), {20000, 3});
            const double error = std::stod(row[3]);
            const auto near = [&](double value, std::size_t column) {
                return std::abs(value - std::stod(row[column])) < 0.06 * error;
            };
            QVERIFY(std::abs(found.value - std::stod(row[2])) < 1e-12);
            QVERIFY(near(found.standardError, 3));
            QVERIFY(near(found.percentile.low, 4));
            QVERIFY(near(found.percentile.high, 5));
            QVERIFY(near(found.bca.low, 6));
            QVERIFY(near(found.bca.high, 7));
        }
    }

    void theSameSeedGivesTheSameInterval()
    {
        const std::vector<std::uint8_t> right{1, 1, 0, 1, 0, 1, 1, 1, 0, 1};
        const auto share = shareStatistic(right);
        const auto first = bootstrap(share, each(right.size()), {500, 5});
        const auto again = bootstrap(share, each(right.size()), {500, 5});
        const auto other = bootstrap(share, each(right.size()), {500, 6});
        QCOMPARE(first.standardError, again.standardError);
        QCOMPARE(first.bca.low, again.bca.low);
        QVERIFY(first.standardError != other.standardError);
        QCOMPARE(first.value, 0.7);
    }

    // Three copies of each film of a patient teach nothing new: the interval stays as wide.
    void filmsOfOnePatientAreDrawnTogether()
    {
        const std::vector<std::uint8_t> right{1, 1, 0, 1, 0, 1, 1, 1, 0, 1};
        std::vector<std::uint8_t> copies;
        std::vector<int> patients;
        for (int copy = 0; copy < 3; ++copy) {
            for (std::size_t i = 0; i < right.size(); ++i) {
                copies.push_back(right[i]);
                patients.push_back(static_cast<int>(i));
            }
        }
        const auto one = bootstrap(shareStatistic(right), each(right.size()));
        const auto three = bootstrap(shareStatistic(copies), patients);
        QCOMPARE(three.percentile.low, one.percentile.low);
        QCOMPARE(three.percentile.high, one.percentile.high);
        QCOMPARE(three.groups, 10);
        const auto torn = bootstrap(shareStatistic(copies), each(copies.size()));
        QVERIFY(torn.percentile.high - torn.percentile.low < one.percentile.high - one.percentile.low);
    }

    void theAreaOfDrawnFilmsIsThatOfTheirList()
    {
        const std::vector<double> scores{0.9, 0.4, 0.4, 0.1, 0.4, 0.7};
        const std::vector<std::uint8_t> positive{1, 1, 0, 0, 1, 0};
        const auto area = aucStatistic(scores, positive);
        QCOMPARE(area(std::vector<int>(6, 1)), auc(scores, positive));
        const std::vector<int> times{2, 0, 3, 1, 1, 0};
        std::vector<double> drawn;
        std::vector<std::uint8_t> truth;
        for (std::size_t i = 0; i < times.size(); ++i) {
            drawn.insert(drawn.end(), static_cast<std::size_t>(times[i]), scores[i]);
            truth.insert(truth.end(), static_cast<std::size_t>(times[i]), positive[i]);
        }
        QCOMPARE(area(times), auc(drawn, truth));
        QVERIFY(std::isnan(area(std::vector<int>{1, 1, 0, 0, 1, 0})));
    }

    void isCloseToDeLongForAnArea()
    {
        std::vector<double> scores;
        std::vector<std::uint8_t> positive;
        for (int i = 0; i < 200; ++i) {
            positive.push_back(i % 2 == 0);
            scores.push_back((i * 37 % 101) / 101.0 + (i % 2 == 0 ? 0.3 : 0));
        }
        const auto found = bootstrap(aucStatistic(scores, positive), each(scores.size()));
        const AucEstimate exact = aucEstimate(scores, positive);
        QCOMPARE(found.value, exact.area);
        QVERIFY(std::abs(found.standardError - exact.standardError) < 0.1 * exact.standardError);
    }

    void drawsWithoutANumberAreLeftOut()
    {
        // One positive among twenty: a third of the draws miss it.
        std::vector<double> scores(20);
        std::iota(scores.begin(), scores.end(), 0);
        std::vector<std::uint8_t> positive(20, 0);
        positive[15] = 1;
        const auto found = bootstrap(aucStatistic(scores, positive), each(20));
        QVERIFY(found.draws > 1000 && found.draws < 1500);
        QVERIFY(!std::isnan(found.percentile.low));
        const auto none = bootstrap(aucStatistic(scores, std::vector<std::uint8_t>(20, 0)), each(20));
        QVERIFY(std::isnan(none.value) && std::isnan(none.percentile.low));
        QVERIFY(std::isnan(bootstrap(shareStatistic({}), {}).bca.high));
    }

private:
    static std::vector<int> each(std::size_t films)
    {
        std::vector<int> groups(films);
        std::iota(groups.begin(), groups.end(), 0);
        return groups;
    }

    static FilmStatistic meanOf(const std::vector<double> &values)
    {
        return [values](std::span<const int> times) {
            double sum = 0;
            double films = 0;
            for (std::size_t i = 0; i < values.size(); ++i) {
                sum += times[i] * values[i];
                films += times[i];
            }
            return sum / films;
        };
    }

    static std::vector<double> numbers(const std::string &text)
    {
        std::istringstream stream(text);
        return {std::istream_iterator<double>(stream), {}};
    }
};

QTEST_GUILESS_MAIN(BootstrapTest)
#include "BootstrapTest.moc"
