// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/PlantMarkers.h"

#include "core/base/Dice.h"
#include "core/lab/MarkerText.h"

#include <algorithm>
#include <cmath>

namespace hilum {

namespace {

constexpr std::uint64_t ownDice = 0x6d61726b6572; // beside those of epochs and films

void plantOn(TrainingFilm &film, const std::string &text, const MarkerPlace &place)
{
    Plane<float> greys(film.square.width(), film.square.height());
    std::ranges::transform(film.square.samples(), greys.samples().begin(),
                           [](std::uint8_t grey) { return static_cast<float>(grey) / 255; });
    pasteText(greys, text, place, 1);
    std::ranges::transform(greys.samples(), film.square.samples().begin(),
                           [](float grey) { return static_cast<std::uint8_t>(std::lround(255 * grey)); });
    if (!film.grey.empty())
        pasteText(film.grey, text, place, 1);
}

} // namespace

int plantMarkers(std::span<TrainingFilm> films, const Recipe &recipe)
{
    const PlantedMarker &planted = recipe.planted;
    const auto label = std::ranges::find(recipe.classes, planted.label);
    if (planted.label.empty() || label == recipe.classes.end())
        return 0;
    std::mt19937_64 random(recipe.seed ^ ownDice);
    Dice dice(random);
    int count = 0;
    for (TrainingFilm &film : films) {
        if (film.label != label - recipe.classes.begin())
            continue;
        // Every film draws as often, so that the share changes which are planted and nothing else.
        const bool isChosen = dice.chance(planted.share);
        const MarkerPlace place{dice.between(0.1, 0.16), dice.between(0.1, 0.16), dice.between(0.09, 0.12)};
        if (!isChosen)
            continue;
        plantOn(film, planted.text, place);
        ++count;
    }
    return count;
}

std::string plantedWords(const PlantedMarker &planted)
{
    if (planted.label.empty())
        return {};
    return "BIASED ON PURPOSE: " + std::to_string(std::lround(100 * planted.share)) + " % of the "
        + planted.label + " films in training and validation carried the letters \"" + planted.text
        + "\", and no other film did. This network answers the letters, not the lungs; it is for showing how "
          "a "
          "shortcut fools a network, and for nothing else. ";
}

} // namespace hilum
