// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/desk/DeskJudgement.h"
#include "tests/ui/desk/Predictions.h"
#include "ui/desk/DeskFigures.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace hilum;
using namespace hilum::ui;
using namespace hilum::ui::test;

class DeskJudgementTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    DeskSetPtr set(const QString &name, int films, double least)
    {
        const auto made
            = readDeskSet({written(m_folder, name, predictions(films, least)).toStdString(), {}, {}, {}}, {});
        return made ? *made : nullptr;
    }

private Q_SLOTS:
    void everyFilmStandsBehindExactlyOneCellBinAndBar()
    {
        const auto sketch = sketchOf({set("a.csv", 200, 0.3), nullptr, {}});
        const DeskSide &side = sketch->first();
        std::size_t cells = 0;
        for (int truth = 0; truth < 3; ++truth) {
            for (int called = 0; called < 3; ++called) {
                const auto films = filmsOfCell(side, truth, called);
                QCOMPARE(static_cast<int>(films.size()), side.matrix.count(truth, called));
                cells += films.size();
            }
        }
        QCOMPARE(cells, std::size_t(200));
        for (const auto *bins : {&side.equalWidth, &side.equalMass}) {
            for (std::size_t i = 0; i < bins->size(); ++i)
                QCOMPARE(static_cast<int>(filmsOfBin(side, *bins, i).size()), (*bins)[i].films);
        }
        const ScoreFigure figure = scoreFigure(*sketch, 0, 1);
        for (int truth = 0; truth < 3; ++truth) {
            for (int bar = 0; bar < scoreBarCount; ++bar)
                QCOMPARE(static_cast<int>(filmsOfBar(side, 1, truth, bar, scoreBarCount).size()),
                         figure.bars[static_cast<std::size_t>(truth)][static_cast<std::size_t>(bar)]);
        }
        for (const ScoreBox &box : figure.boxes)
            QCOMPARE(static_cast<int>(filmsOfSource(side, box.truth, box.source).size()), box.box.films);
    }

    void filtersByColumnClassAndCalls()
    {
        const DeskSetPtr first = set("a.csv", 60, 0.3);
        const DeskSetPtr second = set("b.csv", 60, 0.5);
        DeskFilter filter;
        filter.values["source"] = "East";
        filter.truth = 2;
        const auto east = sketchOf({first, nullptr, filter});
        QCOMPARE(east->films(), 10);
        QCOMPARE(east->filmsInAll, 60);
        for (const ScoredFilm &film : east->first().films)
            QVERIFY(film.source == "East" && film.truth == 2);

        filter = {};
        filter.calls = DeskFilter::Calls::Different;
        const auto different = sketchOf({first, second, filter});
        filter.calls = DeskFilter::Calls::Same;
        const auto same = sketchOf({first, second, filter});
        QVERIFY(different->films() > 0);
        QCOMPARE(different->films() + same->films(), 60);
        for (std::size_t i = 0; i < different->first().films.size(); ++i)
            QVERIFY(different->first().films[i].call() != different->second()->films[i].call());
    }

    void aSketchStandsAtOnceAndTheIntervalsFollow()
    {
        const auto sketch = sketchOf({set("a.csv", 90, 0.3), set("b.csv", 60, 0.5), {}});
        QVERIFY(!sketch->isComplete());
        QVERIFY(sketch->first().classes[0].hasCurves());
        QVERIFY(sketch->first().classes[0].rocBand.empty());
        const auto whole = completed(*sketch, {});
        QVERIFY(whole->isComplete());
        QVERIFY(!whole->first().classes[0].rocBand.empty());
        QVERIFY(!whole->first().classes[0].decision.empty());
        QCOMPARE(whole->comparison->all.films, 60); // those that both have
        QCOMPARE(whole->first().assessment->tables.matrix.total(), 90);
    }

    void aStopGivesNothing()
    {
        const auto sketch = sketchOf({set("a.csv", 90, 0.3), nullptr, {}});
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!completed(*sketch, stop.get_token()));
    }

    void filmsOfOneClassHaveNoCurvesAndSaySo()
    {
        DeskFilter filter;
        filter.truth = 0;
        const auto one = completed(*sketchOf({set("a.csv", 60, 0.3), nullptr, filter}), {});
        QVERIFY(!one->first().classes[0].hasCurves());
        const DeskFigure figure = deskFigure(one, DeskCurve::Roc, 0);
        QVERIFY(figure.figure.curves.empty());
        QVERIFY(figure.figure.nothing.contains("one class"));
        QVERIFY(!deskFigure(one, DeskCurve::EqualWidth, 0).figure.curves.empty());
        QVERIFY(!markAt(*one, DeskCurve::Roc, 0, 0, 0.5));
    }

    void noFilmAtAllIsNoAccident()
    {
        DeskFilter filter;
        filter.values["source"] = "North";
        const auto none = sketchOf({set("a.csv", 60, 0.3), nullptr, filter});
        QCOMPARE(none->films(), 0);
        for (const DeskCurve kind :
             {DeskCurve::Roc, DeskCurve::Det, DeskCurve::Decision, DeskCurve::EqualMass})
            QVERIFY(deskFigure(none, kind, 0).figure.curves.empty());
        QVERIFY(scoreFigure(*none, 0, 0).isEmpty());
    }

    void aPointOfACurveIsAThresholdWithItsNearestFilms()
    {
        const auto sketch = sketchOf({set("a.csv", 200, 0.3), nullptr, {}});
        const DeskFigure roc = deskFigure(sketch, DeskCurve::Roc, 0);
        const auto loud = std::ranges::find(roc.refs, 0, &CurveRef::side);
        QVERIFY(loud != roc.refs.end());
        const auto curve = static_cast<std::size_t>(loud - roc.refs.begin());
        QCOMPARE(loud->thresholds.size(), roc.figure.curves[curve].x.size());
        const double threshold = loud->thresholds[loud->thresholds.size() / 2];
        // The mark of that threshold stands on that point.
        const auto mark = markAt(*sketch, DeskCurve::Roc, 0, 0, threshold);
        QVERIFY(std::abs(mark->x - roc.figure.curves[curve].x[loud->thresholds.size() / 2]) < 1e-12);
        const auto films = filmsAtThreshold(sketch->first(), 0, threshold, 24);
        QCOMPARE(films.size(), std::size_t(24));
        double farthest = 0;
        for (const int film : films)
            farthest = std::max(
                farthest,
                std::abs(sketch->first().films[static_cast<std::size_t>(film)].probabilities[0] - threshold));
        int nearer = 0;
        for (const ScoredFilm &film : sketch->first().films)
            nearer += std::abs(film.probabilities[0] - threshold) < farthest ? 1 : 0;
        QVERIFY(nearer < 24);
    }

    void aFilmStandsOnTheDecisionCurveAtItsProbability()
    {
        const auto sketch = sketchOf({set("a.csv", 90, 0.3), nullptr, {}});
        QVERIFY(!markAt(*sketch, DeskCurve::Decision, 0, 0, 0.5)); // not worked out yet
        const auto whole = completed(*sketch, {});
        const auto &curve = whole->first().classes[0].decision;
        const DecisionPoint &low = curve[curve.size() / 4];
        const DecisionPoint &high = curve[curve.size() / 4 + 1];
        const auto on = markAt(*whole, DeskCurve::Decision, 0, 0, low.threshold);
        QVERIFY(!on->isUpright && std::abs(on->y - low.netBenefit) < 1e-12);
        const auto between = markAt(*whole, DeskCurve::Decision, 0, 0, (low.threshold + high.threshold) / 2);
        QVERIFY(std::abs(between->y - (low.netBenefit + high.netBenefit) / 2) < 1e-9);
        QCOMPARE(markAt(*whole, DeskCurve::Decision, 0, 0, 1.0)->x, 1.0);
    }

    void drawsFewerTimesTheMoreFilmsThereAre()
    {
        QCOMPARE(drawsFor(1000), 2000);
        QCOMPARE(drawsFor(10000), 2000);
        QCOMPARE(drawsFor(100000), 200);
    }
};

QTEST_GUILESS_MAIN(DeskJudgementTest)
#include "DeskJudgementTest.moc"
