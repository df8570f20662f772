// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Sampling.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace hilum {

namespace {

constexpr double warmUpShare = 0.15; // of all steps
constexpr double startOfPeak = 0.04; // first learning rate, share of the peak

} // namespace

double learningRateAt(double progress, double peak)
{
    if (progress < warmUpShare)
        return peak * std::lerp(startOfPeak, 1.0, progress / warmUpShare);
    const double down = (progress - warmUpShare) / (1 - warmUpShare);
    return peak * std::max(1e-3, 0.5 * (1 + std::cos(std::numbers::pi * down)));
}

std::mt19937_64 randomFor(std::uint64_t seed, std::uint64_t epoch, std::uint64_t position)
{
    std::seed_seq sequence{seed, seed >> 32U, epoch, position};
    return std::mt19937_64(sequence);
}

std::vector<std::size_t> drawEpoch(const std::vector<TrainingFilm> &films, int count, std::mt19937_64 random)
{
    std::map<std::pair<int, std::string>, double> sizes;
    for (const TrainingFilm &film : films)
        ++sizes[{film.label, film.source}];
    std::map<int, double> rootSums;
    for (const auto &[stratum, size] : sizes)
        rootSums[stratum.first] += std::sqrt(size);
    std::vector<double> weights;
    for (const TrainingFilm &film : films) {
        const double size = sizes[{film.label, film.source}];
        weights.push_back(std::sqrt(size) / rootSums[film.label] / size);
    }
    std::discrete_distribution<std::size_t> draw(weights.begin(), weights.end());
    std::vector<std::size_t> order(static_cast<std::size_t>(count));
    std::ranges::generate(order, [&] { return draw(random); });
    return order;
}

Plane<float> resized(const Plane<float> &square, int size)
{
    if (square.width() == size)
        return square;
    Plane<float> result(size, size);
    const cv::Mat from(square.height(), square.width(), CV_32FC1,
                       const_cast<float *>(square.samples().data()));
    cv::Mat to(size, size, CV_32FC1, result.samples().data());
    cv::resize(from, to, to.size(), 0, 0, size < square.width() ? cv::INTER_AREA : cv::INTER_LINEAR);
    return result;
}

} // namespace hilum
