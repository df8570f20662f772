// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/ThresholdModel.h"
#include "ui/desk/PublishedPage.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace hilum;
using namespace hilum::ui;

namespace {

double width(const Interval &interval) { return interval.high - interval.low; }

const PublishedResult &published(const QString &project)
{
    return *std::ranges::find(publishedResults(), project, &PublishedResult::project);
}

} // namespace

class ThresholdModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatCountingEveryFilmSays()
    {
        std::mt19937_64 random(3);
        std::vector<double> scores;
        std::vector<std::uint8_t> positive;
        for (int i = 0; i < 500; ++i) {
            positive.push_back(random() % 3 == 0 ? 1 : 0);
            scores.push_back(static_cast<double>(random() % 200) / 200);
        }
        const ThresholdModel model(Ranking(scores, positive).points());
        for (double threshold = 0; threshold <= 1; threshold += 0.013) {
            int found = 0;
            int alarms = 0;
            for (std::size_t i = 0; i < scores.size(); ++i) {
                found += positive[i] != 0 && scores[i] >= threshold ? 1 : 0;
                alarms += positive[i] == 0 && scores[i] >= threshold ? 1 : 0;
            }
            const ThresholdAnswer answer = model.at(threshold, {});
            QCOMPARE(answer.point.truePositives, found);
            QCOMPARE(answer.point.falsePositives, alarms);
            QCOMPARE(answer.rates.sensitivity.hits, found);
        }
    }

    // By Bayes, of 35 of 36 found and 34 of 36 left alone.
    void aPositiveMeansLittleWhereTheDiseaseIsRare_data()
    {
        QTest::addColumn<double>("prevalence");
        QTest::addColumn<double>("value");
        QTest::newRow("half") << 0.5 << 0.95;
        QTest::newRow("1 in 10") << 0.1 << 0.66;
        QTest::newRow("1 in 100") << 0.01 << 0.15;
        QTest::newRow("1 in 1000") << 0.001 << 0.017;
    }
    void aPositiveMeansLittleWhereTheDiseaseIsRare()
    {
        QFETCH(double, prevalence);
        QFETCH(double, value);
        const ThresholdAnswer answer = answerOf(published("VIJAY").rates(), {prevalence, 0});
        QVERIFY2(std::abs(answer.at.positiveValue.value - value) < (prevalence < 0.002 ? 0.0005 : 0.005),
                 qPrintable(QString::number(answer.at.positiveValue.value)));
        QCOMPARE(answer.at.found + answer.at.missed + answer.at.spared + answer.at.falseAlarms, 1000);
    }

    void intervalsWidenAsTheTestSetShrinks()
    {
        const Rates rates = published("VIJAY").rates();
        double before = 0;
        double valueBefore = 0;
        for (const int films : {10000, 1000, 72, 20}) {
            const ThresholdAnswer answer = answerOf(rates, {0.1, films});
            QVERIFY(width(answer.sensitivity.interval) > before);
            QVERIFY(width(answer.at.positiveValue.interval) > valueBefore);
            QCOMPARE(answer.sensitivity.value, rates.sensitivity.share); // the same result of fewer films
            QCOMPARE(answer.sickFilms + answer.wellFilms, films);
            before = width(answer.sensitivity.interval);
            valueBefore = width(answer.at.positiveValue.interval);
        }
    }

    void youdenAndTheLeastCostAreWhereTheySayTheyAre()
    {
        const std::vector<double> scores{0.9, 0.8, 0.7, 0.6, 0.4, 0.3, 0.2, 0.1};
        const std::vector<std::uint8_t> positive{1, 1, 0, 1, 0, 1, 0, 0};
        const ThresholdModel model(Ranking(scores, positive).points());
        QCOMPARE(model.youden(), 0.8); // 2 of 4 found, no false alarm; of equals the highest
        QCOMPARE(model.cheapest(100, 0.5), 0.3); // whoever fears misses finds all
        QCOMPARE(model.cheapest(0.01, 0.5), 0.8);
        QCOMPARE(model.prevalence(), 0.5);
    }

    void classesWithoutFilmsHaveNoAnswers()
    {
        QVERIFY(!ThresholdModel().isUsable());
        const std::vector<double> scores{0.5};
        const std::vector<std::uint8_t> positive{1};
        QVERIFY(!ThresholdModel(Ranking(scores, positive).points()).isUsable());
    }

    // As the projects' own pages have them: accuracy in per cent and its Wilson interval.
    void redrawsThePublishedMatrices_data()
    {
        QTest::addColumn<QString>("project");
        QTest::addColumn<int>("films");
        QTest::addColumn<double>("accuracy");
        QTest::addColumn<int>("low");
        QTest::addColumn<int>("high");
        QTest::newRow("ANKIT") << "ANKIT" << 10 << 100.0 << 72 << 100;
        QTest::newRow("HARDIK") << "HARDIK" << 15 << 93.3 << 70 << 99;
        QTest::newRow("VIJAY") << "VIJAY" << 72 << 95.83 << 88 << 99;
        QTest::newRow("MJ first") << "MJ, model 1, first" << 54 << 92.59 << 82 << 97;
        QTest::newRow("MJ tuned") << "MJ, model 1, tuned" << 54 << 96.30 << 87 << 99;
        QTest::newRow("MJ 2") << "MJ, model 2, split 0.2" << 54 << 98.15 << 90 << 100;
        QTest::newRow("MJ 2, half") << "MJ, model 2, split 0.1" << 27 << 100.0 << 88 << 100;
    }
    void redrawsThePublishedMatrices()
    {
        QFETCH(QString, project);
        QFETCH(int, films);
        QFETCH(double, accuracy);
        QFETCH(int, low);
        QFETCH(int, high);
        const PublishedResult &result = published(project);
        QCOMPARE(result.films(), films);
        const auto &m = *result.matrix;
        const Share share = shareOf(m[0][0] + m[1][1], films);
        QVERIFY(std::abs(100 * share.share - accuracy) < 0.05);
        QCOMPARE(static_cast<int>(std::lround(100 * share.interval.low)), low);
        QCOMPARE(static_cast<int>(std::lround(100 * share.interval.high)), high);
    }
};

QTEST_GUILESS_MAIN(ThresholdModelTest)
#include "ThresholdModelTest.moc"
