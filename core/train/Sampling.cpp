// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Sampling.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <opencv2/imgproc.hpp>

namespace hilum {

namespace {

constexpr double startOfPeak = 0.04; // first learning rate of a cycle, share of the peak
constexpr double leastOfPeak = 1e-3;

double cosineDown(double progress) { return 0.5 * (1 + std::cos(std::numbers::pi * progress)); }

// How likely each film is, by the strata (class, source) of the set.
std::vector<double> weightsOf(const std::vector<TrainingFilm> &films, Sampling sampling)
{
    std::map<std::pair<int, std::string>, double> strata;
    std::map<int, double> classes;
    std::map<std::string, double> sources;
    for (const TrainingFilm &film : films) {
        ++strata[{film.label, film.source}];
        ++classes[film.label];
        ++sources[film.source];
    }
    std::map<int, double> rootSums; // over a class's sources
    std::map<std::string, double> classesIn; // how many a source has
    for (const auto &[stratum, size] : strata) {
        rootSums[stratum.first] += std::sqrt(size);
        ++classesIn[stratum.second];
    }
    std::vector<double> weights;
    weights.reserve(films.size());
    for (const TrainingFilm &film : films) {
        const double size = strata[{film.label, film.source}];
        switch (sampling) {
        case Sampling::Uniform:
            weights.push_back(1);
            break;
        case Sampling::Class:
            weights.push_back(1 / classes[film.label]);
            break;
        case Sampling::ClassRootSource:
            weights.push_back(std::sqrt(size) / rootSums[film.label] / size);
            break;
        case Sampling::ClassWithinSource:
            weights.push_back(std::sqrt(sources[film.source]) / classesIn[film.source] / size);
            break;
        }
    }
    return weights;
}

template <class T>
Plane<T> resizedBy(const Plane<T> &square, int size, int type)
{
    if (square.width() == size && square.height() == size)
        return square;
    Plane<T> result(size, size);
    const cv::Mat from(square.height(), square.width(), type, const_cast<T *>(square.samples().data()));
    cv::Mat to(size, size, type, result.samples().data());
    cv::resize(from, to, to.size(), 0, 0, size < square.width() ? cv::INTER_AREA : cv::INTER_LINEAR);
    return result;
}

} // namespace

double learningRateAt(const OptimiserRule &rule, double peak, double progress, int step)
{
    switch (rule.schedule) {
    case Schedule::Constant:
        return peak;
    case Schedule::Cosine:
        return peak * std::max(leastOfPeak, cosineDown(progress));
    case Schedule::InverseDecay:
        return peak / (1 + rule.decay * step);
    case Schedule::OneCycle:
        break;
    }
    if (progress < rule.warmUp)
        return peak * std::lerp(startOfPeak, 1.0, progress / rule.warmUp);
    return peak * std::max(leastOfPeak, cosineDown((progress - rule.warmUp) / (1 - rule.warmUp)));
}

std::mt19937_64 randomFor(std::uint64_t seed, std::uint64_t epoch, std::uint64_t position)
{
    std::seed_seq sequence{seed, seed >> 32U, epoch, position};
    return std::mt19937_64(sequence);
}

std::vector<std::size_t> drawEpoch(const std::vector<TrainingFilm> &films, int count, Sampling sampling,
                                   std::mt19937_64 random)
{
    std::vector<std::size_t> order;
    order.reserve(static_cast<std::size_t>(count));
    if (sampling == Sampling::Uniform) {
        std::vector<std::size_t> all(films.size());
        std::iota(all.begin(), all.end(), std::size_t(0));
        while (order.size() < static_cast<std::size_t>(count)) {
            std::shuffle(all.begin(), all.end(), random);
            const std::size_t left = static_cast<std::size_t>(count) - order.size();
            order.insert(order.end(), all.begin(),
                         all.begin() + static_cast<std::ptrdiff_t>(std::min(left, all.size())));
        }
        return order;
    }
    const std::vector<double> weights = weightsOf(films, sampling);
    std::discrete_distribution<std::size_t> draw(weights.begin(), weights.end());
    for (int i = 0; i < count; ++i)
        order.push_back(draw(random));
    return order;
}

Plane<float> resized(const Plane<float> &square, int size) { return resizedBy(square, size, CV_32FC1); }

Plane<std::uint8_t> resized(const Plane<std::uint8_t> &square, int size)
{
    return resizedBy(square, size, CV_8UC1);
}

Plane<float> plainGrey(const TrainingFilm &film, int size)
{
    if (!film.grey.empty())
        return resized(film.grey, size);
    Plane<float> grey(film.square.width(), film.square.height());
    std::ranges::transform(film.square.samples(), grey.samples().begin(),
                           [](std::uint8_t v) { return static_cast<float>(v) / 255; });
    return resized(grey, size);
}

Plane<float> plainInput(const TrainingFilm &film, int size, const InputSpec &spec)
{
    Plane<float> input = plainGrey(film, size);
    applySpec(input, spec, 0, 1);
    return input;
}

} // namespace hilum
