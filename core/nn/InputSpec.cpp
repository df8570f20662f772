// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/InputSpec.h"

#include "core/imaging/ModalityValues.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <opencv2/imgproc.hpp>
#include <tuple>
#include <utility>

namespace hilum {

namespace {

// cv::Mat over a plane's own memory; the plane must outlive it.
cv::Mat matOf(Plane<float> &plane)
{
    return {plane.height(), plane.width(), CV_32FC1, plane.samples().data()};
}

// Black and white of a square: full scale where 8 stored bits are grey as they stand.
std::pair<float, float> greyScaleOf(const Film &film, const Plane<float> &values)
{
    if (film.bitsStored == 8 && !film.isSigned && film.modalityTransform.isIdentity() && !film.padding)
        return film.highIsBlack() ? std::pair(-255.0F, 0.0F) : std::pair(0.0F, 255.0F);
    const auto [darkest, brightest] = std::ranges::minmax(values.samples());
    return {darkest, brightest};
}

} // namespace

InputMap centreSquare(int filmWidth, int filmHeight)
{
    const int side = std::min(filmWidth, filmHeight);
    return {filmWidth, filmHeight, (filmWidth - side) / 2, (filmHeight - side) / 2, side, side};
}

Result<ModelInput> squareOf(const Film &film, int frame, int size, Crop crop)
{
    if (film.rows <= 0 || film.columns <= 0 || frame < 0 || frame >= film.frames)
        return fail(ErrorCode::DataCorrupt,
                    film.file + ": expected frame " + std::to_string(frame + 1) + " of a film, found "
                        + std::to_string(film.frames) + " frames of " + std::to_string(film.columns) + " x "
                        + std::to_string(film.rows));

    Plane<float> whole = modalityValues(film, frame);
    if (film.highIsBlack())
        std::ranges::transform(whole.samples(), whole.samples().begin(), std::negate<>());

    const Plane<std::uint8_t> padding = paddingMask(film, frame);
    if (!padding.empty()) {
        float darkest = std::numeric_limits<float>::infinity();
        for (std::size_t i = 0; i < whole.samples().size(); ++i) {
            if (padding.samples()[i] == 0)
                darkest = std::min(darkest, whole.samples()[i]);
        }
        if (!std::isfinite(darkest))
            darkest = 0;
        for (std::size_t i = 0; i < whole.samples().size(); ++i) {
            if (padding.samples()[i] != 0)
                whole.samples()[i] = darkest;
        }
    }

    ModelInput input{Plane<float>(size, size), centreSquare(film.columns, film.rows)};
    InputMap &map = input.map;
    if (crop == Crop::Squeeze)
        map = {film.columns, film.rows, 0, 0, film.columns, film.rows};
    const cv::Mat square = matOf(whole)(cv::Rect(map.left, map.top, map.width, map.height));
    cv::Mat target = matOf(input.values);
    // Area means average when shrinking; OpenCV's area enlarges by blocks, so enlarge bilinearly.
    const bool shrinks = std::min(map.width, map.height) >= size;
    cv::resize(square, target, target.size(), 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
    std::tie(input.black, input.white) = greyScaleOf(film, input.values);
    return input;
}

void toUnit(Plane<float> &values, float black, float white)
{
    for (float &v : values.samples())
        v = white > black ? std::clamp((v - black) / (white - black), 0.0F, 1.0F) : 0.0F;
}

void standardise(Plane<float> &values)
{
    const auto samples = values.samples();
    if (samples.empty())
        return;
    double sum = 0;
    for (const float v : samples)
        sum += v;
    const double mean = sum / static_cast<double>(samples.size());
    double squares = 0;
    for (const float v : samples)
        squares += (v - mean) * (v - mean);
    const double deviation = std::sqrt(squares / static_cast<double>(samples.size()));
    // Flat up to the rounding of a float: nothing to see, so nothing is invented.
    const double flat = 1e-6 * std::max(1.0, std::abs(mean));
    for (float &v : samples)
        v = deviation > flat ? static_cast<float>((v - mean) / deviation) : 0.0F;
}

Result<ModelInput> prepare(const Film &film, int frame, const InputSpec &spec)
{
    auto input = squareOf(film, frame, spec.size, spec.crop);
    if (!input)
        return input;
    if (spec.standardise == Standardise::Unit)
        toUnit(input->values, input->black, input->white);
    else
        standardise(input->values);
    return input;
}

} // namespace hilum
