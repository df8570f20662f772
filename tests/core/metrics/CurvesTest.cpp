// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Curves.h"
#include "core/metrics/Auc.h"
#include "core/metrics/Threshold.h"
#include "core/report/Csv.h"
#include "tests/core/metrics/OracleTable.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <numeric>
#include <random>

using namespace hilum;

// Against scikit-learn: tests/oracle/make_metrics.py.
class CurvesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreeWithScikitLearn()
    {
        const auto table = readCsv(HILUM_SOURCE_DIR "/tests/oracle/metrics-curves.csv");
        QVERIFY(table);
        QCOMPARE(table->rows.size(), std::size_t{6});
        for (const auto &row : table->rows) {
            const auto truth = oracleDigits(row[1]);
            const auto score = oracleNumbers(row[2]);
            const Ranking ranking(score, truth);
            QVERIFY2(isAlong(rocCurve(ranking), oracleNumbers(row[3]), oracleNumbers(row[4])),
                     row[0].c_str());
            QVERIFY2(isAlong(precisionRecallCurve(ranking), oracleNumbers(row[6]), oracleNumbers(row[5])),
                     row[0].c_str());
            QVERIFY2(isNear(ranking.areas().averagePrecision, std::stod(row[7])), row[0].c_str());
            QVERIFY2(isNear(ranking.areas().auc, std::stod(row[8])), row[0].c_str());
            const auto points = ranking.points();
            const Rates rates = ratesAt(pointAt(points, std::stod(row[9])), points.back());
            // Where no threshold tells anything, calling none is as good as calling all.
            if (rates.sensitivity.share + rates.specificity.share <= 1)
                QVERIFY(std::isinf(youdenPoint(points).threshold));
            else
                QCOMPARE(youdenPoint(points).threshold, std::stod(row[9]));
            const std::vector<double> thresholds{0.1, 0.25, 0.5, 0.75};
            const auto benefit = oracleNumbers(row[10]);
            const auto decisions = decisionCurve(ranking, each(score.size()), thresholds, {50, 1});
            for (std::size_t i = 0; i < thresholds.size(); ++i)
                QVERIFY2(isNear(decisions[i].netBenefit, benefit[i]), row[0].c_str());
        }
    }

    void aDetCurveCountsMisses()
    {
        const std::vector<double> score{0.9, 0.7, 0.4, 0.2};
        const Ranking ranking(score, std::vector<std::uint8_t>{1, 0, 1, 0});
        const auto det = detCurve(ranking);
        QCOMPARE(det.front().y, 1.0); // nothing called: everything missed
        QCOMPARE(det.front().x, 0.0);
        QCOMPARE(det.back().y, 0.0);
        QCOMPARE(det.back().x, 1.0);
        QVERIFY(std::isinf(det.front().threshold));
        QCOMPARE(det[1].y, 0.5);
        QCOMPARE(det[1].threshold, 0.9);
    }

    // Net benefit of calling all: Vickers and Elkin's formula, worked by hand.
    void callingAllIsWorthThePrevalenceAtALowThreshold()
    {
        const std::vector<double> score{0.9, 0.8, 0.3, 0.2};
        const Ranking ranking(score, std::vector<std::uint8_t>{1, 0, 0, 0});
        const std::vector<double> thresholds{0.2, 0.5};
        const auto curve = decisionCurve(ranking, each(4), thresholds, {200, 1});
        QCOMPARE(curve[0].callAll, 0.25 - 0.75 * 0.25);
        QCOMPARE(curve[1].callAll, 0.25 - 0.75);
        QCOMPARE(curve[1].netBenefit, 0.25 - 0.25);
        QVERIFY(curve[1].interval.low < 0 && curve[1].interval.high > 0);
    }

    void anEmptySideHasNoCurve()
    {
        const std::vector<double> score{0.1, 0.2, 0.3};
        const Ranking none(score, std::vector<std::uint8_t>{0, 0, 0});
        QVERIFY(rocCurve(none).empty() && precisionRecallCurve(none).empty() && detCurve(none).empty());
        QVERIFY(std::isnan(none.areas().auc) && std::isnan(none.areas().averagePrecision));
        const Ranking all(score, std::vector<std::uint8_t>{1, 1, 1});
        QVERIFY(rocCurve(all).empty() && std::isnan(all.areas().auc));
        QCOMPARE(all.areas().averagePrecision, 1.0);
        const Ranking empty(std::vector<double>{}, std::vector<std::uint8_t>{});
        QVERIFY(std::isnan(empty.areas().auc) && rocCurve(empty).empty());
    }

    void aScoreThatIsNoNumberHasNoRank()
    {
        const std::vector<double> score{0.1, std::numeric_limits<double>::quiet_NaN(), 0.3};
        const Ranking ranking(score, std::vector<std::uint8_t>{0, 1, 1});
        QVERIFY(std::isnan(ranking.areas().auc) && std::isnan(ranking.areas().averagePrecision));
    }

    // The quick way of leaving films out gives what the slow one does.
    void leavingFilmsOutIsExact()
    {
        std::mt19937_64 random(5);
        for (const unsigned steps : {3U, 7U, 1000U}) {
            std::vector<double> score;
            std::vector<std::uint8_t> truth;
            for (int i = 0; i < 200; ++i) {
                truth.push_back(random() % 4 == 0 ? 1 : 0);
                score.push_back(static_cast<double>(random() % steps) / steps);
            }
            const Ranking ranking(score, truth);
            // A film each, a few each, and half of all films each, which is not subtracted.
            for (const std::size_t patients : {200UL, 80UL, 30UL, 2UL}) {
                std::vector<int> groups;
                for (std::size_t i = 0; i < score.size(); ++i)
                    groups.push_back(i < patients ? static_cast<int>(i)
                                                  : static_cast<int>(random() % patients));
                const FilmGroups each(groups);
                const auto quick = ranking.areasWithoutEach(each);
                for (std::size_t group = 0; group < each.count(); ++group) {
                    std::vector<int> times(score.size(), 1);
                    for (const std::size_t film : each.of(group))
                        times[film] = 0;
                    const RankAreas slow = ranking.areas(times);
                    QVERIFY(isNear(quick[group].auc, slow.auc, 1e-12));
                    QVERIFY(isNear(quick[group].averagePrecision, slow.averagePrecision, 1e-12));
                }
            }
        }
    }

    // Of a perfect and of a blind score the band is known without drawing.
    void bandsLieAroundTheirCurve()
    {
        std::vector<double> score;
        std::vector<std::uint8_t> truth;
        std::mt19937_64 random(9);
        for (int i = 0; i < 120; ++i) {
            truth.push_back(i % 2 == 0 ? 1 : 0);
            score.push_back(static_cast<double>(random() % 1000) / 1000 + (i % 2 == 0 ? 0.4 : 0));
        }
        const Ranking ranking(score, truth);
        const auto grid = evenGrid(11);
        const auto band = rocBand(ranking, each(score.size()), grid, {500, 3});
        QCOMPARE(band.size(), grid.size());
        for (const BandPoint &point : band)
            QVERIFY(point.interval.low <= point.y + 1e-12 && point.y <= point.interval.high + 1e-12);
        QCOMPARE(band.back().y, 1.0);
        QVERIFY(band[3].interval.high - band[3].interval.low > 0.05);
        const auto precision = precisionRecallBand(ranking, each(score.size()), grid, {500, 3});
        QVERIFY(precision.back().y >= 0.5
                && precision.back().y < 0.8); // all found: hardly above the prevalence
        QVERIFY(precision[5].interval.low < precision[5].y && precision[5].y < precision[5].interval.high);
        const std::vector<double> apart{0.1, 0.2, 0.8, 0.9};
        const auto perfect
            = rocBand(Ranking(apart, std::vector<std::uint8_t>{0, 0, 1, 1}), each(4), grid, {300, 3});
        QCOMPARE(perfect[0].y, 1.0);
        QCOMPARE(perfect[0].interval.low, 1.0);
    }

private:
    static std::vector<int> each(std::size_t films)
    {
        std::vector<int> groups(films);
        std::iota(groups.begin(), groups.end(), 0);
        return groups;
    }

    // The curve's points, in which scikit-learn may leave out others: every one of its must be one of ours,
    // in order, and the ends must meet.
    static bool isAlong(const std::vector<CurvePoint> &curve, const std::vector<double> &x,
                        const std::vector<double> &y)
    {
        std::size_t at = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            while (at < curve.size() && !(isNear(curve[at].x, x[i]) && isNear(curve[at].y, y[i])))
                ++at;
            if (at == curve.size())
                return false;
        }
        return x.size() <= curve.size() && isNear(curve.front().x, x.front())
            && isNear(curve.back().x, x.back());
    }
};

QTEST_GUILESS_MAIN(CurvesTest)
#include "CurvesTest.moc"
