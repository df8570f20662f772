// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audit/Separation.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace hilum;

namespace {

// 100 films, the first half of class a; width, mean grey and format as asked.
std::vector<AuditFilm> films(const std::function<void(int, AuditFilm &)> &fill)
{
    std::vector<AuditFilm> all;
    for (int i = 0; i < 100; ++i) {
        AuditFilm film;
        film.sample.label = i < 50 ? "a" : "b";
        film.sample.group = std::to_string(i / 2);
        film.sample.source = i % 2 == 0 ? "east" : "west";
        film.width = film.height = 100;
        film.format = "PNG";
        fill(i, film);
        all.push_back(film);
    }
    return all;
}

PropertySeparation of(const std::vector<AuditFilm> &all, AuditProperty property)
{
    std::vector<int> every(all.size());
    std::iota(every.begin(), every.end(), 0);
    const auto separations = separate(all, every, {"a", "b"});
    return *std::ranges::find(separations, property, &PropertySeparation::property);
}

} // namespace

class SeparationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void seesWhatAnAreaCannot()
    {
        // Class a is always 1024 wide; b lies evenly on both sides: the area is a half, the value tells all.
        const auto all = films([](int i, AuditFilm &film) {
            film.width = i < 50 ? 1024 : i % 2 ? 700 : 1300;
        });
        const PropertySeparation width = of(all, AuditProperty::Width);
        QCOMPARE(width.area, 0.5);
        QVERIFY(width.information > 0.95);
    }

    void turnsTheAreaUpwards()
    {
        const auto all = films([](int i, AuditFilm &film) { film.meanGrey = i < 50 ? 90 : 140; });
        QCOMPARE(of(all, AuditProperty::MeanGrey).area, 1.0);
        QVERIFY(of(all, AuditProperty::MeanGrey).information > 0.95);
    }

    void tellsNothingByChance()
    {
        // A value that has nothing to do with the class, different for every film.
        const auto all = films([](int i, AuditFilm &film) { film.meanGrey = (i * 37) % 101; });
        QVERIFY(of(all, AuditProperty::MeanGrey).information < 0.05);
        QCOMPARE(of(all, AuditProperty::Width).information, 0.0);
        QCOMPARE(of(all, AuditProperty::Width).area, 0.5);
    }

    void comparesCategories()
    {
        const auto all = films([](int i, AuditFilm &film) { film.format = i < 50 ? "PNG" : "JPEG"; });
        const PropertySeparation format = of(all, AuditProperty::Format);
        QVERIFY(std::isnan(format.area));
        QVERIFY(format.information > 0.9);
    }

    void putsTheWorstFirst()
    {
        const auto all = films([](int i, AuditFilm &film) { film.sharpness = i; });
        std::vector<int> every(all.size());
        std::iota(every.begin(), every.end(), 0);
        const auto separations = separate(all, every, {"a", "b"});
        QCOMPARE(auditPropertyName(separations.front().property), std::string_view("sharpness"));
        // What no manifest recorded is not compared.
        QVERIFY(std::ranges::find(separations, AuditProperty::RecordedWidth, &PropertySeparation::property)
                == separations.end());
    }

    void countsClassesAndSources()
    {
        const auto all = films([](int i, AuditFilm &film) {
            film.meanGrey = i;
            film.letters = i < 10 ? 2 : 0;
        });
        const auto cells = cellsOf(all, {"a", "b"}, {"east", "west"});
        QCOMPARE(cells.size(), std::size_t(1 + 2 + 2 + 4));
        QCOMPARE(cells[0].films, 100);
        QCOMPARE(cells[0].groups, 50);
        QCOMPARE(cells[0].withLetters, 10);
        const auto grey
            = std::ranges::find(cells[0].properties, AuditProperty::MeanGrey, &AuditSummary::property);
        QCOMPARE(grey->quantiles.median, 49.5);
        QCOMPARE(grey->quantiles.low, 4.95);
        QCOMPARE(cells[5].label, std::string("a"));
        QCOMPARE(cells[5].source, std::string("east"));
        QCOMPARE(cells[5].films, 25);
    }
};

QTEST_GUILESS_MAIN(SeparationTest)
#include "SeparationTest.moc"
