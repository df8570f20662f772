// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/lab/LabFilm.h"

#include "core/imaging/LungMask.h"
#include "core/imaging/ModalityValues.h"
#include "core/nn/GreyScale.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

namespace hilum {

namespace {

constexpr int leastSide = 768;
constexpr int scaleSide
    = 256; // the grey scale is that of the film at about a network's size: no single pixel

std::pair<float, float> scaleOf(const Film &film, const Plane<float> &values)
{
    if (const auto full = fullScaleOf(film))
        return *full;
    const Plane<float> small = resampled(values, centreSquare(values.width(), values.height()), scaleSide);
    const auto [darkest, brightest] = std::ranges::minmax(small.samples());
    return {darkest, brightest};
}

Plane<float> reduced(Plane<float> values)
{
    const int divisor = std::min(values.width(), values.height()) / leastSide;
    if (divisor < 2)
        return values;
    Plane<float> smaller(values.width() / divisor, values.height() / divisor);
    cv::Mat target(smaller.height(), smaller.width(), CV_32FC1, smaller.samples().data());
    const cv::Mat whole(values.height(), values.width(), CV_32FC1, values.samples().data());
    cv::resize(whole, target, target.size(), 0, 0, cv::INTER_AREA);
    return smaller;
}

Plane<std::uint8_t> reducedMask(const Plane<std::uint8_t> &mask, int width, int height)
{
    Plane<std::uint8_t> smaller(width, height);
    for (int y = 0; y < height; ++y) {
        const int from = static_cast<int>((y + 0.5) * mask.height() / height);
        for (int x = 0; x < width; ++x)
            smaller.at(x, y) = mask.at(static_cast<int>((x + 0.5) * mask.width() / width), from);
    }
    return smaller;
}

Result<LabFilm> withoutLungs(const Film &film, int frame)
{
    if (film.rows <= 0 || film.columns <= 0 || frame < 0 || frame >= film.frames)
        return fail(ErrorCode::DataCorrupt,
                    film.file + ": expected frame " + std::to_string(frame + 1) + " of a film, found "
                        + std::to_string(film.frames) + " frames of " + std::to_string(film.columns) + " x "
                        + std::to_string(film.rows));
    Plane<float> values = displayedValues(film, frame);
    const auto [black, white] = scaleOf(film, values);
    LabFilm lab;
    lab.greys = reduced(std::move(values));
    lab.isFullScale = fullScaleOf(film).has_value();
    const float range = white > black ? white - black : 1;
    lab.black = black;
    lab.white = black + range;
    for (float &grey : lab.greys.samples())
        grey = (grey - black) / range;
    return lab;
}

} // namespace

Result<LabFilm> labFilm(const Film &film, int frame, const Film *lungs)
{
    if (lungs == nullptr)
        return withoutLungs(film, frame);
    const auto mask = lungMask(*lungs, film);
    return mask ? labFilm(film, frame, *mask) : tl::unexpected(mask.error());
}

Result<LabFilm> labFilm(const Film &film, int frame, const Plane<std::uint8_t> &lungs)
{
    if (lungs.width() != film.columns || lungs.height() != film.rows)
        return fail(ErrorCode::UsageWrong,
                    film.file + ": expected lungs of " + std::to_string(film.columns) + " x "
                        + std::to_string(film.rows) + " pixels, found " + std::to_string(lungs.width())
                        + " x " + std::to_string(lungs.height()));
    auto lab = withoutLungs(film, frame);
    if (lab)
        lab->lungs = reducedMask(lungs, lab->greys.width(), lab->greys.height());
    return lab;
}

ModelInput inputOf(const LabFilm &film, const InputSpec &spec)
{
    const int width = film.greys.width();
    const int height = film.greys.height();
    ModelInput input;
    input.map = spec.crop == Crop::Squeeze ? InputMap{width, height, 0, 0, width, height}
                                           : centreSquare(width, height);
    input.values = resampled(film.greys, input.map, spec.size);
    const auto [darkest, brightest] = std::ranges::minmax(input.values.samples());
    input.black = film.isFullScale ? 0 : darkest;
    input.white = film.isFullScale ? 1 : brightest;
    applySpec(input.values, spec, input.black, input.white);
    return input;
}

} // namespace hilum
