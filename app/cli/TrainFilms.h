// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TrainFilms: the films of a manifest, a folder of folders or a prepared set, split and read as a recipe
// says.
//
// Errors:  those of what is read; films that can't be read are named on stderr (and stdout, as JSON) and
//          counted.
#pragma once

#include "core/train/PreparedSet.h"
#include "core/train/TrainingPlan.h"

namespace hilum::cli {

struct TrainFilms {
    TrainingSet set;
    int unreadable = 0;
};

// Fills in the recipe's classes. squareSize 0: validation and held-out films are read as a network reads
// them; else every film becomes a square of that size first, as prepare does.
[[nodiscard]] Result<TrainFilms> readTrainFilms(const std::filesystem::path &films, Recipe &recipe,
                                                int squareSize, bool asJson);

// Every film of a manifest or folder as a square; unreadable ones are left out.
struct Prepared {
    PreparedSet set;
    int unreadable = 0;
};
[[nodiscard]] Result<Prepared> prepareFilms(const std::filesystem::path &films, int size, Crop crop);

} // namespace hilum::cli
