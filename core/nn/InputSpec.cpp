// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/InputSpec.h"

#include "core/imaging/ModalityValues.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <opencv2/imgproc.hpp>

namespace hilum {

namespace {

// cv::Mat over a plane's own memory; the plane must outlive it.
cv::Mat matOf(Plane<float> &plane)
{
    return {plane.height(), plane.width(), CV_32FC1, plane.samples().data()};
}

} // namespace

InputMap centreSquare(int filmWidth, int filmHeight)
{
    const int side = std::min(filmWidth, filmHeight);
    return {filmWidth, filmHeight, (filmWidth - side) / 2, (filmHeight - side) / 2, side};
}

Result<ModelInput> squareOf(const Film &film, int frame, int size)
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
    const InputMap &map = input.map;
    const cv::Mat square = matOf(whole)(cv::Rect(map.left, map.top, map.side, map.side));
    cv::Mat target = matOf(input.values);
    // Area means average when shrinking; OpenCV's area enlarges by blocks, so enlarge bilinearly.
    cv::resize(square, target, target.size(), 0, 0, map.side >= size ? cv::INTER_AREA : cv::INTER_LINEAR);
    return input;
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
    auto input = squareOf(film, frame, spec.size);
    if (input)
        standardise(input->values);
    return input;
}

} // namespace hilum
