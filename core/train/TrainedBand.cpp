// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/TrainedBand.h"

#include "core/train/Sampling.h"

#include <utility>

namespace hilum {

namespace {

constexpr BandRule rule{.films = 120};

Result<std::vector<BandFilm>> readFilms(const std::vector<TrainingFilm> &films, const InputSpec &spec,
                                        const ReadInput &read)
{
    std::vector<BandFilm> taken;
    const std::size_t stride = strideOf(rule, films.size());
    for (std::size_t i = 0; i < films.size(); i += stride) {
        const ModelInput square{plainGrey(films[i], spec.size), {}, 0, 1};
        auto film = readBandFilm(square, films[i].label, spec, rule, taken.size(), read);
        if (!film)
            return tl::unexpected(film.error());
        taken.push_back(std::move(*film));
    }
    return taken;
}

} // namespace

Result<BandSpec> fitTrainedBand(const std::vector<TrainingFilm> &validation,
                                const std::vector<TrainingFilm> &heldOut, const InputSpec &spec,
                                const ReadInput &read)
{
    const auto fitting = readFilms(validation, spec, read);
    if (!fitting)
        return tl::unexpected(fitting.error());
    const auto testing = readFilms(heldOut, spec, read);
    if (!testing)
        return tl::unexpected(testing.error());
    BandSpec band = calibrateBand(*fitting, rule.repeats, rule.level);
    band.coverage = testing->empty() ? "How often the bands hold was not measured: no film was held out."
                                     : coverageText(coverageOf(band, *testing), testing->size());
    return band;
}

} // namespace hilum
