// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/Evaluation.h"
#include "core/report/EvaluationReport.h"

#include <QTest>

#include <cmath>
#include <nlohmann/json.hpp>

using namespace hilum;

namespace {

const std::vector<std::string> labels{"covid", "normal", "pneumonia"};

ScoredFilm film(const std::string &name, const std::string &group, const std::string &source, int truth,
                std::vector<double> probabilities)
{
    return {name, group, source, 0, truth, std::move(probabilities)};
}

// Two hospitals: A has COVID and pneumonia, B normal and pneumonia.
std::vector<ScoredFilm> someFilms()
{
    return {film("a1", "p1", "A", 0, {0.8, 0.1, 0.1}),   film("a2", "p1", "A", 0, {0.3, 0.1, 0.6}),
            film("a3", "p2", "A", 2, {0.2, 0.1, 0.7}),   film("a4", "p3", "A", 2, {0.4, 0.0, 0.6}),
            film("b1", "p4", "B", 1, {0.1, 0.7, 0.2}),   film("b2", "p5", "B", 1, {0.05, 0.35, 0.6}),
            film("b3", "p6", "B", 2, {0.15, 0.15, 0.7}), film("b4", "", "B", 2, {0.1, 0.5, 0.4})};
}

} // namespace

class EvaluationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsWhatWasCalledWhat()
    {
        const Evaluation e = evaluate(someFilms(), labels);
        QCOMPARE(e.films, 8);
        QCOMPARE(e.groups, 7);
        QCOMPARE(e.accuracy.hits, 5); // a1 a3 a4 b1 b3
        QCOMPARE(e.accuracy.share, 5.0 / 8);
        QCOMPARE(e.byPatient.value, 5.0 / 8);
        QCOMPARE(e.byPatient.groups, 7);
        QCOMPARE(e.matrix.count(0, 2), 1);
        QCOMPARE(e.matrix.count(2, 1), 1);
        QCOMPARE(e.classes[0].recall.share, 0.5);
        QCOMPARE(e.classes[0].precision.share, 1.0);
        QCOMPARE(e.classes[2].recall.hits, 3);
        QCOMPARE(e.classes[2].recall.films, 4);
        QCOMPARE(e.classes[2].precision.films, 5);
        const Interval wilson = wilsonInterval(3, 4);
        QCOMPARE(e.classes[2].recall.interval.low, wilson.low);
        // COVID scores .8 and .3 against .2 .4 .1 .05 .15 .1: eleven of twelve pairs.
        QCOMPARE(e.classes[0].area.area, 11.0 / 12);
    }

    void comparesClassesInsideOneSource()
    {
        const Evaluation e = evaluate(someFilms(), labels);
        std::vector<std::string> names;
        for (const TwoClasses &c : e.comparisons)
            names.push_back(c.source + ":" + c.positive + " v " + c.negative);
        QCOMPARE(names,
                 (std::vector<std::string>{":covid v normal", ":covid v pneumonia", ":pneumonia v normal",
                                           "A:covid v pneumonia", "B:pneumonia v normal"}));
        const TwoClasses &inA = e.comparisons[3];
        QCOMPARE(inA.area.positives, 2);
        QCOMPARE(inA.area.negatives, 2);
        QCOMPARE(inA.area.area, 0.75); // .8 .3 against .2 .4
        // .8/.9 and .3/.9 against .2/.9 and .4/1.
        QCOMPARE(inA.ratioArea.area, 0.75);
        QCOMPARE(inA.recall.hits, 1);
        QCOMPARE(inA.specificity.hits, 2);
        const TwoClasses &inB = e.comparisons[4];
        QCOMPARE(inB.area.area, 0.75); // .7 .4 against .2 .6
        QCOMPARE(inB.ratioArea.area, 0.75); // .82 .44 against .22 .63
        QCOMPARE(e.sources.size(), std::size_t(2));
        QCOMPARE(e.sources[0].accuracy.hits, 3);
        QVERIFY(std::isnan(e.sources[0].recalls[1].share));
    }

    void saysWhereHospitalAndClassAreMixed()
    {
        auto films = someFilms();
        films.push_back(film("r1", "p7", "COVID-19 Radiography DB", 0, {1, 0, 0}));
        films.push_back(film("r2", "p8", "COVID-19 Radiography DB", 1, {0, 1, 0}));
        const Evaluation e = evaluate(films, labels);
        for (const TwoClasses &c : e.comparisons)
            QCOMPARE(c.isMixed, c.source.empty() || c.source == "COVID-19 Radiography DB");
        QVERIFY(evaluationMarkdown(e).find("inside COVID-19 Radiography DB: hospital and class are mixed")
                != std::string::npos);
    }

    void measuresTheGapOnFilmsOfBothAlone()
    {
        auto better = someFilms();
        better[1].probabilities = {0.6, 0.1, 0.3}; // a2 right
        better[0].probabilities = {0.2, 0.7, 0.1}; // a1 wrong
        better[5].probabilities = {0.05, 0.9, 0.05}; // b2 right
        better[7].probabilities = {0.1, 0.4, 0.5}; // b4 right
        better.push_back(film("c1", "p9", "C", 0, {1, 0, 0}));
        const auto plain = someFilms();
        const Gap gap = gapBetween(better, plain);
        QCOMPARE(gap.films, 8);
        QCOMPARE(gap.first, 7.0 / 8);
        QCOMPARE(gap.second, 5.0 / 8);
        QCOMPARE(gap.difference.value, 0.25);
        QCOMPARE(gap.difference.groups, 7);
        QCOMPARE(gap.test.onlyFirst, 3);
        QCOMPARE(gap.test.onlySecond, 1);
        QVERIFY(gap.difference.percentile.low <= 0.25 && gap.difference.percentile.high >= 0.25);
        QCOMPARE(gapBetween(plain, plain).difference.value, 0.0);
    }

    void writesWhatItMeasured()
    {
        const Evaluation e = evaluate(someFilms(), labels);
        const auto json = nlohmann::json::parse(evaluationJson(e));
        QCOMPARE(json["accuracy"]["hits"].get<int>(), 5);
        QCOMPARE(json["accuracy"]["wilson"][0].get<double>(), wilsonInterval(5, 8).low);
        QCOMPARE(json["confusion"][0][2].get<int>(), 1);
        QVERIFY(json["comparisons"][0]["source"].is_null());
        QCOMPARE(json["comparisons"][3]["source"].get<std::string>(), std::string("A"));
        QVERIFY(!json["sources"][0]["recall"].contains("normal"));
        const std::string text = evaluationMarkdown(e);
        QVERIFY(text.find("62.5 %") != std::string::npos);
        QVERIFY(text.find("inside A") != std::string::npos);
        QVERIFY(text.find("nan") == std::string::npos);
        QVERIFY(nlohmann::json::parse(gapJson(gapBetween(someFilms(), {})))["difference"].is_number());
    }

    void saysNothingOfNoFilms()
    {
        const Evaluation e = evaluate({}, labels);
        QVERIFY(std::isnan(e.accuracy.share));
        QVERIFY(nlohmann::json::parse(evaluationJson(e))["accuracy"]["value"].is_null());
    }
};

QTEST_GUILESS_MAIN(EvaluationTest)
#include "EvaluationTest.moc"
