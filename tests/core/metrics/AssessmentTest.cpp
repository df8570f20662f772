// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Assessment.h"
#include "core/metrics/AssessmentStatistics.h"
#include "core/report/Csv.h"
#include "tests/core/metrics/OracleTable.h"

#include <QTest>

#include <array>
#include <cmath>
#include <map>
#include <random>

using namespace hilum;

// Against scikit-learn, statsmodels and SciPy: tests/oracle/make_metrics.py.
class AssessmentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithScikitLearnAndStatsmodels()
    {
        const auto table = readCsv(HILUM_SOURCE_DIR "/tests/oracle/metrics-classes.csv");
        QVERIFY(table);
        QCOMPARE(table->rows.size(), std::size_t{7});
        for (const auto &row : table->rows) {
            const auto classes = std::stoul(row[1]);
            const auto films = oracleFilms(oracleNumbers(row[2]), oracleNumbers(row[3]), classes);
            const Assessment found = assess(films, labels(classes), {60, 1});
            const char *name = row[0].c_str();
            for (std::size_t c = 0; c < classes; ++c) {
                const ClassFigures &one = found.classes[c];
                QVERIFY2(isNear(one.sensitivity.value, oracleNumbers(row[4])[c]), name);
                QVERIFY2(isNear(one.specificity.value, oracleNumbers(row[5])[c]), name);
                QVERIFY2(isNear(one.precision.value, oracleNumbers(row[6])[c]), name);
                QVERIFY2(isNear(one.f1.value, oracleNumbers(row[7])[c]), name);
                QVERIFY2(isNear(one.auc.value, oracleNumbers(row[8])[c]), name);
                QVERIFY2(isNear(one.averagePrecision.value, oracleNumbers(row[9])[c]), name);
            }
            const std::array figures{
                &found.accuracy, &found.balancedAccuracy, &found.kappa,
                &found.matthews, &found.macroAuc,         &found.handTill,
                &found.brier,    &found.calibrationError, &found.calibrationErrorEqualMass};
            for (std::size_t i = 0; i < figures.size(); ++i)
                QVERIFY2(isNear(figures[i]->value, std::stod(row[10 + i])),
                         (row[0] + ", column " + table->header[10 + i]).c_str());
            QVERIFY(isNear(found.brierParts.score, found.brier.value));
        }
    }

    // SciPy's bootstrap with dice of its own: ends differ by what 8,000 draws on each side leave open.
    void intervalsAgreeWithSciPy()
    {
        const auto table = readCsv(HILUM_SOURCE_DIR "/tests/oracle/metrics-intervals.csv");
        QVERIFY(table);
        QCOMPARE(table->rows.size(), std::size_t{12});
        for (const auto &row : table->rows) {
            const auto score = oracleNumbers(row[3]);
            std::vector<double> truths;
            for (const char digit : row[2])
                truths.push_back(digit == '1');
            std::vector<double> probabilities;
            for (const double p : score) {
                probabilities.push_back(1 - p);
                probabilities.push_back(p);
            }
            const auto films = oracleFilms(truths, probabilities, 2);
            const Assessment found = assess(films, labels(2), {8000, 3});
            const std::map<std::string, const Figure *> figures{{"ap", &found.classes[1].averagePrecision},
                                                                {"auc", &found.classes[1].auc},
                                                                {"f1", &found.classes[1].f1},
                                                                {"balanced", &found.balancedAccuracy},
                                                                {"matthews", &found.matthews},
                                                                {"kappa", &found.kappa}};
            const Figure &figure = *figures.at(row[1]);
            QVERIFY2(isNear(figure.value, std::stod(row[4])), row[1].c_str());
            const Interval bca = of(figure, IntervalMethod::PatientsBca);
            const Interval percentile = of(figure, IntervalMethod::PatientsPercentile);
            const double room = 0.15 * std::stod(row[5]);
            const std::string where = row[0] + " " + row[1];
            QVERIFY2(isNear(percentile.low, std::stod(row[6]), room), where.c_str());
            QVERIFY2(isNear(percentile.high, std::stod(row[7]), room), where.c_str());
            // Few draws lie beyond a corrected end.
            QVERIFY2(isNear(bca.low, std::stod(row[8]), 2 * room), where.c_str());
            QVERIFY2(isNear(bca.high, std::stod(row[9]), 2 * room), where.c_str());
        }
    }

    void everyIntervalHoldsItsValue()
    {
        const Assessment found = assess(someFilms(150, 3, 50), labels(3), {400, 2});
        QCOMPARE(found.tables.groups, 50);
        std::vector<const Figure *> figures{&found.accuracy,
                                            &found.balancedAccuracy,
                                            &found.kappa,
                                            &found.matthews,
                                            &found.macroF1,
                                            &found.macroAuc,
                                            &found.handTill,
                                            &found.brier,
                                            &found.calibrationError,
                                            &found.calibrationErrorEqualMass};
        for (const ClassFigures &one : found.classes) {
            for (const Figure *figure :
                 {&one.sensitivity, &one.specificity, &one.precision, &one.negativeValue, &one.f1, &one.auc,
                  &one.averagePrecision, &one.brier})
                figures.push_back(figure);
        }
        for (const Figure *figure : figures) {
            QVERIFY(figure->method != IntervalMethod::None);
            QVERIFY(figure->interval.low <= figure->value && figure->value <= figure->interval.high);
            QVERIFY(figure->interval.low < figure->interval.high);
        }
        QCOMPARE(found.accuracy.method, IntervalMethod::Wilson);
        QCOMPARE(found.classes[0].auc.method, IntervalMethod::DeLong);
        QCOMPARE(found.kappa.others.back().method, IntervalMethod::LargeSample);
    }

    // What is left out film by film or patient by patient is exact, ties and several films a patient
    // included.
    void leavingPatientsOutIsExact()
    {
        const auto films = someFilms(90, 3, 40);
        const AssessmentStatistics statistics(films, 3);
        const auto groups = groupNumbers(films);
        const FilmGroups each(groups);
        std::vector<double> quick(each.count() * statistics.count());
        statistics.withoutEach(each, quick);
        std::vector<double> slow(statistics.count());
        for (std::size_t group = 0; group < each.count(); ++group) {
            std::vector<int> times(films.size(), 1);
            for (const std::size_t film : each.of(group))
                times[film] = 0;
            statistics.of(times, slow);
            for (std::size_t s = 0; s < slow.size(); ++s) {
                if (s != AssessmentStatistics::EqualMassError)
                    QVERIFY2(isNear(quick[group * slow.size() + s], slow[s], 1e-10),
                             std::to_string(s).c_str());
            }
        }
    }

    // The numbers of a draw are those of a list that holds each film as often as it was drawn.
    void aDrawIsAListOfFilms()
    {
        const auto films = someFilms(70, 3, 70);
        std::mt19937_64 random(8);
        std::vector<int> times(films.size());
        std::vector<ScoredFilm> drawn;
        for (std::size_t i = 0; i < films.size(); ++i) {
            times[i] = static_cast<int>(random() % 3);
            drawn.insert(drawn.end(), static_cast<std::size_t>(times[i]), films[i]);
        }
        const AssessmentStatistics statistics(films, 3);
        const AssessmentStatistics ofDrawn(drawn, 3);
        std::vector<double> first(statistics.count());
        std::vector<double> second(statistics.count());
        statistics.of(times, first);
        ofDrawn.of(std::vector<int>(drawn.size(), 1), second);
        for (std::size_t s = 0; s < first.size(); ++s)
            QVERIFY2(isNear(first[s], second[s], 1e-12), std::to_string(s).c_str());
    }

    void noFilmsGiveNoNumbers()
    {
        const Assessment none = assess({}, labels(3));
        QCOMPARE(none.accuracy.method, IntervalMethod::None);
        QVERIFY(std::isnan(none.accuracy.value) && std::isnan(none.classes[0].f1.value));
        auto one = someFilms(1, 3, 1);
        const Assessment single = assess(one, labels(3), {100, 1});
        QVERIFY(single.accuracy.interval.low >= 0 && single.accuracy.interval.high <= 1);
        QVERIFY(std::isnan(single.macroAuc.value));
        QCOMPARE(single.macroAuc.method, IntervalMethod::None);
    }

    void theSameSeedGivesTheSameIntervals()
    {
        const auto films = someFilms(60, 2, 30);
        const Assessment first = assess(films, labels(2), {300, 4});
        const Assessment again = assess(films, labels(2), {300, 4});
        QCOMPARE(first.brier.interval.low, again.brier.interval.low);
        QCOMPARE(first.classes[1].averagePrecision.interval.high,
                 again.classes[1].averagePrecision.interval.high);
    }

private:
    static std::vector<std::string> labels(std::size_t classes)
    {
        std::vector<std::string> names;
        for (std::size_t c = 0; c < classes; ++c)
            names.push_back("class " + std::to_string(c));
        return names;
    }

    static Interval of(const Figure &figure, IntervalMethod method)
    {
        if (figure.method == method)
            return figure.interval;
        for (const OtherInterval &other : figure.others) {
            if (other.method == method)
                return other.interval;
        }
        return {99, 99};
    }

    // Some of them tied.
    static std::vector<ScoredFilm> someFilms(int count, int classes, int patients)
    {
        std::mt19937_64 random(17);
        std::vector<ScoredFilm> films;
        for (int i = 0; i < count; ++i) {
            ScoredFilm film;
            film.film = std::to_string(i);
            film.group = "patient " + std::to_string(i % patients);
            film.truth = static_cast<int>(random() % static_cast<unsigned>(classes));
            double sum = 0;
            for (int c = 0; c < classes; ++c) {
                film.probabilities.push_back(1 + static_cast<double>(random() % 6)
                                             + (c == film.truth ? 3 : 0));
                sum += film.probabilities.back();
            }
            for (double &p : film.probabilities)
                p /= sum;
            films.push_back(std::move(film));
        }
        return films;
    }
};

QTEST_GUILESS_MAIN(AssessmentTest)
#include "AssessmentTest.moc"
