// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/FilmSplit.h"

#include "app/cli/Output.h"
#include "core/codec/FilmReader.h"

#include <algorithm>

namespace hilum::cli {

Result<Split> splitLikeTheTrainer(const std::filesystem::path &manifest)
{
    const auto dataset = readDataset(manifest);
    if (!dataset)
        return tl::unexpected(dataset.error());
    SplitRule rule;
    rule.folds = std::max(rule.folds, foldsNamed(*dataset));
    return splitDataset(*dataset, rule, 20200401);
}

std::vector<SquareFilm> readSquares(const std::vector<Sample> &samples, const InputSpec &spec,
                                    std::size_t stride)
{
    std::vector<SquareFilm> films;
    for (std::size_t i = 0; i < samples.size(); i += stride) {
        const auto film = readFilm(samples[i].file);
        auto square = film ? squareOf(**film, 0, spec.size, spec.crop) : tl::unexpected(film.error());
        if (square)
            films.push_back({std::move(*square), samples[i]});
        else
            reportFailure(samples[i].name, square.error(), false);
    }
    return films;
}

} // namespace hilum::cli
