// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lab/LabAnswers.h"

#include <algorithm>
#include <utility>

namespace hilum::ui {

LabInputs inputsOf(const LabFilm &film, const std::vector<ModelPackage> &packages)
{
    LabInputs inputs;
    for (std::size_t n = 0; n < packages.size(); ++n) {
        const auto same = std::ranges::find(packages, packages[n].card.input,
                                            [](const ModelPackage &package) { return package.card.input; });
        const auto first = static_cast<std::size_t>(same - packages.begin());
        inputs.push_back(first < n ? inputs[first] : inputOf(film, packages[n].card.input));
    }
    return inputs;
}

LabAnswers ask(NetworkService &service, LabLane lane, const std::vector<ModelPackage> &packages,
               const LabInputs &inputs, const std::stop_token &stop)
{
    LabAnswers answers;
    answers.predictions.resize(packages.size());
    for (std::size_t n = 0; n < packages.size(); ++n) {
        if (laneOf(packages[n]) != lane)
            continue;
        if (stop.stop_requested())
            return answers;
        auto prediction = service.predict(packages[n], inputs[n], stop);
        if (prediction)
            answers.predictions[n] = std::move(*prediction);
        else
            answers.error = prediction.error();
    }
    return answers;
}

void take(LabPredictions &all, LabLane lane, const std::vector<ModelPackage> &packages, LabPredictions said)
{
    all.resize(packages.size());
    for (std::size_t n = 0; n < packages.size() && n < said.size(); ++n) {
        if (laneOf(packages[n]) == lane)
            all[n] = std::move(said[n]);
    }
}

FilmPtr filmOf(const LabFilm &lab)
{
    // Shares from -0.5 to 1.5 as 16 bits.
    constexpr double lowest = -0.5;
    constexpr double span = 2;
    constexpr double codes = 65535;
    auto film = std::make_shared<Film>();
    film->columns = lab.greys.width();
    film->rows = lab.greys.height();
    film->bitsStored = 16;
    film->photometric = Photometric::Monochrome2;
    film->modalityTransform.slope = span / codes;
    film->modalityTransform.intercept = lowest;
    std::vector<std::uint16_t> samples(film->pixelsPerFrame());
    std::ranges::transform(lab.greys.samples(), samples.begin(), [](float grey) {
        const auto scale = static_cast<float>(codes / span);
        const float code = (grey - static_cast<float>(lowest)) * scale + 0.5F;
        return static_cast<std::uint16_t>(std::clamp(code, 0.0F, static_cast<float>(codes)));
    });
    film->samples = std::move(samples);
    return film;
}

} // namespace hilum::ui
