// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FilmSplit: the films of a manifest (or folder) on the sides on which a recipe's defaults put them.
//
// Errors:  those of readManifest; films that can't be read are reported on stderr and left out.
#pragma once

#include "core/dataset/Split.h"
#include "core/film/Plane.h"
#include "core/nn/InputSpec.h"

#include <vector>

namespace hilum::cli {

// What the data set itself holds out; else five folds, or as many as it names, the first held out, a tenth of
// the other patients for validation.
[[nodiscard]] Result<Split> splitLikeTheTrainer(const std::filesystem::path &manifest);

struct SquareFilm {
    ModelInput square;
    Sample sample;
};
// Every `stride`-th sample as squareOf gives it.
[[nodiscard]] std::vector<SquareFilm> readSquares(const std::vector<Sample> &samples, const InputSpec &spec,
                                                  std::size_t stride = 1);

} // namespace hilum::cli
