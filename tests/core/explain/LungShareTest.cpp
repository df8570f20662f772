// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/LungShare.h"
#include "core/film/MaskName.h"
#include "core/imaging/LungMask.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace hilum;

namespace {

// 40 x 20; lungs in the columns from 15 to 24.
Plane<std::uint8_t> lungs()
{
    Plane<std::uint8_t> mask(40, 20);
    for (int y = 0; y < 20; ++y)
        std::ranges::fill(mask.row(y).subspan(15, 10), std::uint8_t{1});
    return mask;
}

// Two cells side by side over the film's middle square, columns 10 to 29.
ActivationMap twoCells(float left, float right)
{
    ActivationMap map;
    map.values = Plane<float>(2, 1);
    map.values.at(0, 0) = left;
    map.values.at(1, 0) = right;
    map.map = {40, 20, 10, 0, 20, 20};
    return map;
}

bool isNear(double a, double b) { return std::abs(a - b) < 1e-6; }

} // namespace

class LungShareTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMapThatKnowsNothingHasAsMuchHeatThereAsArea()
    {
        const LungShares shares = lungShares(lungs(), twoCells(1, 1));
        QVERIFY(isNear(shares.area, 0.5)); // of the part that the network saw, not of the film
        QVERIFY(isNear(shares.heat, 0.5));
        QVERIFY(!shares.random && !shares.sobel);
    }

    void placesTheMapOnItsPartOfTheFilm()
    {
        Plane<std::uint8_t> left(40, 20);
        for (int y = 0; y < 20; ++y)
            std::ranges::fill(left.row(y).first(20), std::uint8_t{1});
        // The left half of the film holds the left cell of the middle square.
        QVERIFY(lungShares(left, twoCells(1, 0)).heat > 0.8);
        QVERIFY(lungShares(left, twoCells(0, 1)).heat < 0.2);
        QVERIFY(isNear(lungShares(left, twoCells(1, 0)).area, 0.5));
    }

    void givesTheNullMapsBesideIt()
    {
        NullMaps nulls{Plane<float>(1, 1, 2.0F), Plane<float>(3, 3)};
        const LungShares shares = lungShares(lungs(), twoCells(0, 1), nulls);
        QVERIFY(isNear(*shares.random, 0.5));
        QVERIFY(std::isnan(*shares.sobel)); // nothing there at all
    }

    void countsALargeFilmOnACoarserGrid()
    {
        Plane<std::uint8_t> mask(3000, 2000);
        for (int y = 0; y < 2000; ++y)
            std::ranges::fill(mask.row(y).first(1500), std::uint8_t{1});
        ActivationMap map = twoCells(1, 1);
        map.map = {3000, 2000, 500, 0, 2000, 2000};
        QVERIFY(isNear(lungShares(mask, map).area, 0.5));
    }

    void takesAMaskByItsName()
    {
        QCOMPARE(lungMaskBeside("a/b/film.png"), std::filesystem::path("a/b/film.lungs.png"));
        QCOMPARE(lungMaskBeside("film.DCM"), std::filesystem::path("film.lungs.png"));
        QCOMPARE(lungMaskBeside("1.2.840.4"), std::filesystem::path("1.2.840.4.lungs.png"));
        QVERIFY(isLungMaskName("a/film.Lungs.PNG") && !isLungMaskName("a/lungs.png"));
    }

    void refusesABlackPicture()
    {
        Film film;
        film.columns = 4;
        film.rows = 2;
        film.file = "black.png";
        film.samples = std::vector<std::uint8_t>(8, 0);
        const auto mask = lungMask(film, film);
        QVERIFY(!mask);
        QCOMPARE(QString::fromStdString(mask.error().detail),
                 QString("black.png: expected lungs white on black, found nothing but black"));
    }
};

QTEST_GUILESS_MAIN(LungShareTest)
#include "LungShareTest.moc"
