// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lab/Shift.h"

#include <QTest>
#include <cmath>

using namespace hilum;

namespace {

ShiftedFilm film(const char *group, int truth, double before, double after, std::vector<Interval> bands = {})
{
    return {"f", group, "", truth, {before, 1 - before}, {after, 1 - after}, std::move(bands)};
}

bool close(double a, double b) { return std::abs(a - b) < 1e-12; }

} // namespace

class ShiftTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsCallsBandsAndPatients()
    {
        const std::vector<Interval> bands{{0.5, 0.7}, {0.3, 0.5}};
        const std::vector<ShiftedFilm> films{film("a", 0, 0.6, 0.4, bands), film("a", 0, 0.6, 0.65, bands),
                                             film("b", 1, 0.2, 0.9), film("c", -1, 0.9, 0.8)};
        const auto summaries = summarise(films, 2);
        QCOMPARE(summaries.size(), std::size_t(3));
        const ShiftSummary &all = summaries[0];
        QCOMPARE(all.truth, -1);
        QCOMPARE(all.films, 4);
        QCOMPARE(all.patients, 3);
        QCOMPARE(all.otherCall, 2);
        QCOMPARE(all.banded, 2);
        QCOMPARE(all.outsideBand, 1);
        QCOMPARE(all.labelled, 3);
        QCOMPARE(all.rightBefore, 3);
        QCOMPARE(all.rightAfter, 1);
        QCOMPARE(summaries[1].truth, 0);
        QCOMPARE(summaries[1].films, 2);
        QCOMPARE(summaries[2].films, 1);
    }

    void describesTheDistribution()
    {
        // Shifts of the first class: -0.2, -0.1, 0, 0.1, 0.4; by hand.
        std::vector<ShiftedFilm> films;
        const char *groups[] = {"a", "b", "c", "d", "e"};
        const double shifts[] = {0.4, -0.1, 0.1, -0.2, 0};
        for (int i = 0; i < 5; ++i)
            films.push_back(film(groups[i], 0, 0.5, 0.5 + shifts[i]));
        const ShiftDistribution first = summarise(films, 2)[0].shifts[0];
        QVERIFY(close(first.mean, 0.04));
        QVERIFY(close(first.median, 0));
        QVERIFY(close(first.quartile1, -0.1));
        QVERIFY(close(first.quartile3, 0.1));
        QVERIFY(close(first.lowest, -0.2));
        QVERIFY(close(first.highest, 0.4));
        // The standard error of five numbers of this spread is 0.092.
        QVERIFY(first.meanInterval.low > -0.2 && first.meanInterval.low < -0.06);
        QVERIFY(first.meanInterval.high > 0.14 && first.meanInterval.high < 0.3);
        const ShiftDistribution second = summarise(films, 2)[0].shifts[1];
        QVERIFY(close(second.mean, -0.04));
    }

    void filmsOfOnePatientAreNoMoreThanOne()
    {
        std::vector<ShiftedFilm> apart;
        std::vector<ShiftedFilm> together;
        for (int i = 0; i < 40; ++i) {
            const double after = i % 2 == 0 ? 0.6 : 0.4;
            const std::string own = "p" + std::to_string(i);
            apart.push_back(film(own.c_str(), 0, 0.5, after));
            together.push_back(film(i % 2 == 0 ? "x" : "y", 0, 0.5, after));
        }
        const auto width = [](const std::vector<ShiftedFilm> &films) {
            const Interval interval = summarise(films, 2)[0].shifts[0].meanInterval;
            return interval.high - interval.low;
        };
        QVERIFY(width(together) > 2 * width(apart));
    }
};

QTEST_GUILESS_MAIN(ShiftTest)
#include "ShiftTest.moc"
