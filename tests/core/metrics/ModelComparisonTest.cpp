// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/ModelComparison.h"

#include <QTest>
#include <cmath>

using namespace hilum;

namespace {

const std::vector<std::string> labels{"ill", "well"};

TwiceReadFilm film(int number, int truth, double first, double second, const std::string &source = "a")
{
    return {"f" + std::to_string(number), "", source, truth, {first, 1 - first}, {second, 1 - second}};
}

// Of ten films the first is right on eight, the second on five; both on four.
std::vector<TwiceReadFilm> tenFilms()
{
    return {film(0, 0, 0.9, 0.8),      film(1, 0, 0.8, 0.6),      film(2, 0, 0.7, 0.3),
            film(3, 0, 0.6, 0.2),      film(4, 0, 0.4, 0.7),      film(5, 1, 0.1, 0.2, "b"),
            film(6, 1, 0.2, 0.4, "b"), film(7, 1, 0.3, 0.6, "b"), film(8, 1, 0.4, 0.8, "b"),
            film(9, 1, 0.6, 0.9, "b")};
}

} // namespace

class ModelComparisonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void measuresDisagreement()
    {
        QCOMPARE(film(0, 0, 0.9, 0.9).disagreement(), 0.0);
        QCOMPARE(film(0, 0, 1, 0).disagreement(), 1.0);
        const TwiceReadFilm three{"f", "", "", -1, {0.5, 0.3, 0.2}, {0.2, 0.3, 0.5}};
        QVERIFY(std::abs(three.disagreement() - 0.3) < 1e-12);
        QCOMPARE(three.firstCall(), 0);
        QCOMPARE(three.secondCall(), 2);
    }

    void countsByHand()
    {
        const ModelComparison c = compareModels(tenFilms(), labels);
        QCOMPARE(c.all.films, 10);
        QCOMPARE(c.all.labelled, 10);
        QCOMPARE(c.all.firstRight.hits, 8);
        QCOMPARE(c.all.secondRight.hits, 5);
        // Only the first: 2, 3, 7, 8; only the second: 4.
        QCOMPARE(c.all.test.onlyFirst, 4);
        QCOMPARE(c.all.test.onlySecond, 1);
        QVERIFY(c.all.test.isExact);
        QVERIFY(std::abs(c.all.test.p - 2 * 6.0 / 32) < 1e-12); // (1 + 5) of 2^5, both sides
        // They agree on 0, 1, 5, 6 and, both wrong, on 9.
        QCOMPARE(c.all.agree.hits, 5);
        QCOMPARE(c.calls.count(0, 0), 3);
        QCOMPARE(c.calls.count(0, 1), 2);
        QCOMPARE(c.calls.count(1, 0), 3);
        QCOMPARE(c.calls.count(1, 1), 2);
        QVERIFY(std::abs(c.difference.value - 0.3) < 1e-12);
        QVERIFY(c.difference.bca.low < 0.3 && c.difference.bca.high > 0.3);
        QCOMPARE(c.difference.groups, 10);

        QCOMPARE(c.all.areas.size(), std::size_t(2));
        QCOMPARE(c.all.areas[0].label, std::string("ill"));
        // Of 25 pairs (ill, well) the first orders 22 as it should, and two are ties.
        QVERIFY(std::abs(c.all.areas[0].areas.first.area - 23.0 / 25) < 1e-12);
        QVERIFY(c.all.areas[0].areas.first.area > c.all.areas[0].areas.second.area);
    }

    void looksInsideEachSource()
    {
        const ModelComparison c = compareModels(tenFilms(), labels);
        QCOMPARE(c.sources.size(), std::size_t(2));
        QCOMPARE(c.sources[0].source, std::string("a"));
        QCOMPARE(c.sources[0].films, 5);
        QCOMPARE(c.sources[0].firstRight.hits, 4);
        QVERIFY(c.sources[0].areas.empty()); // one class only
        QCOMPARE(c.sources[1].secondRight.hits, 2);
    }

    void measuresAgreementWithoutTruth()
    {
        std::vector<TwiceReadFilm> films = tenFilms();
        for (TwiceReadFilm &one : films)
            one.truth = -1;
        const ModelComparison c = compareModels(films, labels);
        QCOMPARE(c.all.labelled, 0);
        QCOMPARE(c.all.agree.hits, 5);
        QVERIFY(std::isfinite(c.all.kappa.value));
        QVERIFY(std::isnan(c.all.firstRight.share));
        QVERIFY(c.all.areas.empty());
    }

    void drawsPatientsTogether()
    {
        std::vector<TwiceReadFilm> films = tenFilms();
        for (TwiceReadFilm &one : films)
            one.group = one.source;
        QCOMPARE(compareModels(films, labels).difference.groups, 2);
    }

    void takesNoFilms()
    {
        const ModelComparison c = compareModels({}, labels);
        QCOMPARE(c.all.films, 0);
        QVERIFY(std::isnan(c.all.agree.share));
    }
};

QTEST_GUILESS_MAIN(ModelComparisonTest)
#include "ModelComparisonTest.moc"
