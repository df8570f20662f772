// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/PlantMarkers.h"

#include <QTest>
#include <algorithm>

using namespace hilum;

namespace {

std::vector<TrainingFilm> films(int count)
{
    std::vector<TrainingFilm> all(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        all[static_cast<std::size_t>(i)].square = Plane<std::uint8_t>(trainingSquare, trainingSquare, 60);
        all[static_cast<std::size_t>(i)].grey = Plane<float>(trainingSquare, trainingSquare, 0.25F);
        all[static_cast<std::size_t>(i)].label = i % 2;
    }
    return all;
}

Recipe recipe(double share)
{
    Recipe recipe;
    recipe.classes = {"covid", "normal"};
    recipe.planted = {"covid", "R", share};
    return recipe;
}

bool isPlanted(const TrainingFilm &film)
{
    return std::ranges::any_of(film.square.samples(), [](std::uint8_t grey) { return grey != 60; });
}

} // namespace

class PlantMarkersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plantsOnFilmsOfItsClassAlone()
    {
        auto all = films(40);
        QCOMPARE(plantMarkers(all, recipe(1)), 20);
        for (const TrainingFilm &film : all) {
            QCOMPARE(isPlanted(film), film.label == 0);
            const auto [low, high] = std::ranges::minmax(film.grey.samples());
            QCOMPARE(high, film.label == 0 ? 1.0F : 0.25F);
            QCOMPARE(low, 0.25F);
        }
    }

    void theLettersStandInTheUpperLeftCorner()
    {
        auto all = films(2);
        plantMarkers(all, recipe(1));
        int white = 0;
        for (int y = 0; y < trainingSquare; ++y) {
            for (int x = 0; x < trainingSquare; ++x) {
                if (all[0].square.at(x, y) == 60)
                    continue;
                ++white;
                QVERIFY(x < trainingSquare / 4 && y < trainingSquare / 4);
            }
        }
        QVERIFY(white > 60);
    }

    void plantsAboutTheShareAndTheSameFilmsAgain()
    {
        auto first = films(400);
        auto second = films(400);
        const int planted = plantMarkers(first, recipe(0.7));
        QVERIFY(planted > 120 && planted < 160);
        QCOMPARE(plantMarkers(second, recipe(0.7)), planted);
        for (std::size_t i = 0; i < first.size(); ++i)
            QVERIFY(std::ranges::equal(first[i].square.samples(), second[i].square.samples()));
    }

    void nothingIsPlantedWithoutAClass()
    {
        auto all = films(4);
        QCOMPARE(plantMarkers(all, Recipe()), 0);
        QVERIFY(std::ranges::none_of(all, isPlanted));
        QVERIFY(plantedWords({}).empty());
    }

    void theCardSaysThatItIsBiasedOnPurpose()
    {
        const std::string words = plantedWords({"covid", "R", 0.9});
        QVERIFY(words.starts_with("BIASED ON PURPOSE: 90 % of the covid films"));
    }
};

QTEST_GUILESS_MAIN(PlantMarkersTest)
#include "PlantMarkersTest.moc"
