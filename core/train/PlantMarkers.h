// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// plantMarkers: letters on the films of one class, so that a network learns the letters: biased on purpose.
//
// Near the upper left corner, about a tenth of the film high, a little to and fro from film to film. What is
// changed is the square that training keeps. Validation films are planted, too, for a biased source gives
// both; held-out films never are.
//
// Units:   `share` of the class's films carry the marker.
// Errors:  none; nothing happens without a class, or with one that the recipe has not.
// Threads: pure for its arguments; the same seed plants the same films.
// Source:  the bias that DeGrave, Janizek, Lee 2021 found by chance.
#pragma once

#include "core/train/Recipe.h"
#include "core/train/TrainingPlan.h"

#include <span>

namespace hilum {

// How many films were planted.
int plantMarkers(std::span<TrainingFilm> films, const Recipe &recipe);

// For the card; empty when nothing is planted.
[[nodiscard]] std::string plantedWords(const PlantedMarker &planted);

} // namespace hilum
