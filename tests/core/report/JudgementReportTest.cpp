// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/JudgementReport.h"
#include "core/report/JudgementHtml.h"
#include "core/report/JudgementPlots.h"

#include <QTest>
#include <QXmlStreamReader>

#include <nlohmann/json.hpp>
#include <random>

using namespace hilum;
using Json = nlohmann::ordered_json;

class JudgementReportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneNetworkHasItsKeysAtTheTop()
    {
        const Json report
            = Json::parse(judgementJson(judgementOf({judge("first", labels(), someFilms(1), {200, 1})})));
        for (const char *key : {"accuracy", "balancedAccuracy", "ece", "brier", "kappa", "matthews"})
            QVERIFY2(isFigure(report[key]), key);
        QCOMPARE(report["confusion"].size(), std::size_t{2});
        QCOMPARE(report["confusion"][0][0].get<int>() + report["confusion"][0][1].get<int>(), 20);
        for (const std::string &label : labels()) {
            const Json &one = report["perClass"][label];
            for (const char *key :
                 {"sensitivity", "specificity", "precision", "f1", "auc", "averagePrecision"})
                QVERIFY2(isFigure(one[key]), key);
            QCOMPARE(one["curves"]["roc"]["sensitivity"].size(), one["curves"]["roc"]["low"].size());
        }
        QVERIFY(report["accuracy"]["method"] == "wilson");
        QVERIFY(report["perClass"]["ill"]["auc"]["method"] == "delong");
        QVERIFY(report["notice"] == "not for diagnosis");
        QVERIFY(!report.contains("models"));
    }

    void severalNetworksAreComparedPairByPair()
    {
        const auto first = judge("first", labels(), someFilms(1), {200, 1});
        const auto second = judge("second", labels(), someFilms(2), {200, 1});
        Judgement judgement = judgementOf({first, second});
        judgement.pairs.push_back(comparePair(first, second));
        const Json report = Json::parse(judgementJson(judgement));
        QVERIFY(isFigure(report["models"]["first"]["accuracy"]));
        QVERIFY(isFigure(report["models"]["second"]["perClass"]["well"]["f1"]));
        const Json &pair = report["pairs"][0];
        QVERIFY(pair["all"].contains("mcnemar") && pair["all"]["areas"][0].contains("p"));
        QVERIFY(pair["difference"].contains("patients"));
    }

    void whatIsNotAlikeIsNotCompared()
    {
        const auto first = judge("first", labels(), someFilms(1), {100, 1});
        auto films = someFilms(2);
        for (ScoredFilm &film : films)
            film.film = "another " + film.film;
        QVERIFY(!comparePair(first, judge("second", labels(), films, {100, 1})).problem.empty());
        films = someFilms(2);
        films[3].film = films[4].film;
        QVERIFY(comparePair(first, judge("second", labels(), films, {100, 1})).problem.find("twice")
                != std::string::npos);
        films = someFilms(2);
        films[0].truth = 1 - films[0].truth;
        QVERIFY(comparePair(first, judge("second", labels(), films, {100, 1})).problem.find("differ")
                != std::string::npos);
        QVERIFY(
            !comparePair(first, judge("second", {"well", "ill"}, someFilms(2), {100, 1})).problem.empty());
    }

    void anEmptyClassIsNullAndSaysSo()
    {
        auto films = someFilms(1);
        for (ScoredFilm &film : films)
            film.truth = 1;
        const Json report = Json::parse(judgementJson(judgementOf({judge("m", labels(), films, {100, 1})})));
        QVERIFY(report["perClass"]["ill"]["sensitivity"]["value"].is_null());
        QVERIFY(report["perClass"]["ill"]["sensitivity"]["low"].is_null());
        QVERIFY(report["perClass"]["ill"]["sensitivity"]["method"] == "none");
        QVERIFY(report["perClass"]["ill"]["auc"]["value"].is_null());
    }

    void everyPlotIsXmlAndHasItsData()
    {
        const auto model = judge("m<1>", labels(), someFilms(1), {100, 1});
        const auto plots = plotsOf(model, "not for diagnosis");
        QCOMPARE(plots.size(), std::size_t{10});
        for (const ReportPlot &plot : plots) {
            QXmlStreamReader xml(QByteArray::fromStdString(plot.svg));
            while (!xml.atEnd())
                xml.readNext();
            QVERIFY2(!xml.hasError(), plot.name.c_str());
            QVERIFY2(plot.svg.find("not for diagnosis") != std::string::npos, plot.name.c_str());
            QVERIFY2(plot.svg.find("nan") == std::string::npos, plot.name.c_str());
            QVERIFY2(plot.csv.find("not for diagnosis") != std::string::npos, plot.name.c_str());
        }
    }

    void thePageEscapesNamesAndBearsTheNotice()
    {
        auto films = someFilms(1);
        films[0].source = "<script>alert(1)</script>";
        const auto model = judge("m", labels(), films, {100, 1});
        Judgement judgement = judgementOf({model});
        judgement.failed.push_back({"x.png", "data-corrupt", "x.png: <broken>"});
        const std::string page = judgementHtml(judgement, {plotsOf(model, judgement.notice)});
        QVERIFY(page.find("<script") == std::string::npos);
        QVERIFY(page.find("&lt;broken&gt;") != std::string::npos);
        QVERIFY(page.find("not for diagnosis") != std::string::npos);
        QVERIFY(page.find("http://") == page.find("http://www.w3.org/2000/svg")); // nothing is fetched
    }

private:
    static std::vector<std::string> labels() { return {"ill", "well"}; }

    static Judgement judgementOf(std::vector<JudgedModel> models)
    {
        Judgement judgement;
        judgement.software = "Hilum";
        judgement.notice = "not for diagnosis";
        judgement.models = std::move(models);
        return judgement;
    }

    static bool isFigure(const Json &json)
    {
        return json["value"].is_number() && json["low"].is_number() && json["high"].is_number()
            && json["method"].is_string() && json["low"] <= json["value"] && json["value"] <= json["high"];
    }

    // 40 films, half of each class.
    static std::vector<ScoredFilm> someFilms(unsigned seed)
    {
        std::mt19937_64 random(seed);
        std::vector<ScoredFilm> films;
        for (int i = 0; i < 40; ++i) {
            const double p
                = std::min(1.0, static_cast<double>(random() % 800) / 1000 + (i % 2 == 0 ? 0.2 : 0));
            films.push_back(
                {"film " + std::to_string(i), {}, i % 3 == 0 ? "North" : "South", -1, i % 2, {p, 1 - p}});
        }
        return films;
    }
};

QTEST_GUILESS_MAIN(JudgementReportTest)
#include "JudgementReportTest.moc"
