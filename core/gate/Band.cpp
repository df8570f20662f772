// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/gate/Band.h"

#include "core/base/Dice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <opencv2/imgproc.hpp>

namespace hilum {

namespace {

constexpr double finest = 1e-6; // of a probability
constexpr double least = 0.02; // logits: two readings are never known to be closer
constexpr int groupsPerClass = 5;
constexpr double mostExtra = 2; // logits
// Fresh readings are numbered far from those that make a band, each film's apart from the others'.
constexpr std::uint64_t firstFresh = 1000;
constexpr std::uint64_t freshApart = 16;

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

struct Spread {
    double mean = 0;
    double deviation = 0;
};

Spread spreadOf(const std::vector<std::vector<double>> &readings, std::size_t c)
{
    Spread spread;
    for (const auto &reading : readings)
        spread.mean += reading[c];
    spread.mean /= double(readings.size());
    for (const auto &reading : readings)
        spread.deviation += (reading[c] - spread.mean) * (reading[c] - spread.mean);
    spread.deviation = std::max(
        least, std::sqrt(spread.deviation / double(std::max<std::size_t>(1, readings.size() - 1))));
    return spread;
}

// The share-th smallest of the values, counted so that split conformal prediction keeps its promise.
double conformalQuantile(std::vector<double> values, double share)
{
    std::ranges::sort(values);
    const auto rank = static_cast<std::size_t>(std::ceil(share * double(values.size() + 1)));
    return values[std::min(values.size(), std::max<std::size_t>(1, rank)) - 1];
}

} // namespace

ModelInput unperturbed(const ModelInput &square, const InputSpec &spec)
{
    ModelInput input = square;
    applySpec(input.values, spec, input.black, input.white);
    return input;
}

ModelInput perturbed(const ModelInput &square, const InputSpec &spec, std::uint64_t number)
{
    std::mt19937_64 random(number * 0x9e3779b97f4a7c15ULL + 20200401);
    Dice dice(random);
    const int side = square.values.width();
    const cv::Mat source(side, side, CV_32FC1, const_cast<float *>(square.values.samples().data()));
    ModelInput result = square;
    cv::Mat image(side, side, CV_32FC1, result.values.samples().data());

    const double middle = (side - 1) / 2.0;
    cv::Mat move = cv::getRotationMatrix2D({float(middle), float(middle)}, dice.between(-3, 3),
                                           dice.between(0.96, 1.05));
    move.at<double>(0, 2) += dice.between(-0.025, 0.025) * side;
    move.at<double>(1, 2) += dice.between(-0.025, 0.025) * side;
    cv::warpAffine(source, image, move, image.size(), cv::INTER_LINEAR, cv::BORDER_REFLECT_101);

    double low = square.black;
    double high = square.white;
    if (spec.standardise == Standardise::PerFilm)
        cv::minMaxLoc(image, &low, &high);
    const double bend = std::exp(dice.between(-0.18, 0.18));
    if (high > low) {
        image = (image - low) / (high - low);
        cv::max(image, 0.0, image);
        cv::pow(image, bend, image);
    }
    const double sharpness = dice.between(-1, 1);
    if (std::abs(sharpness) > 0.2) {
        cv::Mat soft;
        cv::GaussianBlur(image, soft, {}, 0.9 * side / 224.0);
        image += (sharpness > 0 ? 0.5 : 0.8) * sharpness * (image - soft);
    }
    result.black = 0;
    result.white = 1;
    return unperturbed(result, spec);
}

double logitOf(double probability)
{
    const double p = std::clamp(probability, finest, 1 - finest);
    return std::log(p / (1 - p));
}

Result<std::vector<std::vector<double>>> perturbedLogits(const ModelInput &square, const InputSpec &spec,
                                                         const ReadInput &read, std::uint64_t first,
                                                         int count, const std::stop_token &stop)
{
    std::vector<std::vector<double>> logits;
    for (int i = 0; i < count; ++i) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "another film was asked for");
        const auto prediction = read(perturbed(square, spec, first + static_cast<std::uint64_t>(i)));
        if (!prediction)
            return tl::unexpected(prediction.error());
        std::vector<double> row;
        for (const ClassScore &score : prediction->scores)
            row.push_back(logitOf(score.probability));
        logits.push_back(std::move(row));
    }
    return logits;
}

Bands bandsOf(const BandSpec &spec, const Prediction &plain, const std::vector<std::vector<double>> &repeats)
{
    Bands bands;
    for (std::size_t c = 0; c < plain.scores.size(); ++c) {
        const Spread spread = spreadOf(repeats, c);
        const double half = spec.spread * spread.deviation + spec.extra;
        const double p = plain.scores[c].probability;
        bands.push_back({std::min(p, sigmoid(spread.mean - half)), std::max(p, sigmoid(spread.mean + half))});
    }
    return bands;
}

Result<Bands> readBand(const Film &film, int frame, const ModelCard &card, const Prediction &plain,
                       const ReadInput &read, const std::stop_token &stop)
{
    const auto square = squareOf(film, frame, card.input.size, card.input.crop);
    if (!square)
        return tl::unexpected(square.error());
    const auto repeats = perturbedLogits(*square, card.input, read, 0, card.band.repeats, stop);
    if (!repeats)
        return tl::unexpected(repeats.error());
    return bandsOf(card.band, plain, *repeats);
}

Result<BandFilm> readBandFilm(const ModelInput &square, int truth, const InputSpec &spec,
                              const BandRule &rule, std::size_t number, const ReadInput &read)
{
    auto plain = read(unperturbed(square, spec));
    if (!plain)
        return tl::unexpected(plain.error());
    auto repeats = perturbedLogits(square, spec, read, 0, rule.repeats, {});
    if (!repeats)
        return tl::unexpected(repeats.error());
    auto fresh = perturbedLogits(square, spec, read, firstFresh + number * freshApart, rule.fresh, {});
    if (!fresh)
        return tl::unexpected(fresh.error());
    return BandFilm{std::move(*plain), std::move(*repeats), std::move(*fresh), truth};
}

std::size_t strideOf(const BandRule &rule, std::size_t films)
{
    const auto most = static_cast<std::size_t>(rule.films);
    return std::max<std::size_t>(1, (films + most - 1) / most);
}

BandCoverage coverageOf(const BandSpec &spec, const std::vector<BandFilm> &films)
{
    BandCoverage coverage;
    if (films.empty())
        return coverage;
    std::vector<Bands> bands;
    for (const BandFilm &film : films)
        bands.push_back(bandsOf(spec, film.plain, film.repeats));
    const std::size_t classes = films.front().plain.scores.size();
    for (std::size_t c = 0; c < classes; ++c) {
        for (std::size_t i = 0; i < films.size(); ++i) {
            for (const auto &reading : films[i].fresh) {
                const double p = sigmoid(reading[c]);
                coverage.fresh += 1;
                coverage.freshInside
                    += p >= bands[i][c].low - finest && p <= bands[i][c].high + finest ? 1 : 0;
            }
        }
        std::vector<std::size_t> order(films.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(order, {},
                                 [&](std::size_t i) { return films[i].plain.scores[c].probability; });
        for (std::size_t g = 0; g < groupsPerClass; ++g) {
            const std::size_t from = g * order.size() / groupsPerClass;
            const std::size_t to = (g + 1) * order.size() / groupsPerClass;
            if (from == to)
                continue;
            double low = 0;
            double high = 0;
            double observed = 0;
            for (std::size_t i = from; i < to; ++i) {
                low += bands[order[i]][c].low;
                high += bands[order[i]][c].high;
                observed += films[order[i]].truth == static_cast<int>(c) ? 1 : 0;
            }
            coverage.groups += 1;
            const Interval share = wilsonInterval(static_cast<int>(observed), static_cast<int>(to - from));
            const double count = double(to - from);
            coverage.groupsInside += share.high >= low / count && share.low <= high / count ? 1 : 0;
        }
    }
    return coverage;
}

std::string coverageText(const BandCoverage &coverage, std::size_t heldOutFilms)
{
    const Interval fresh = wilsonInterval(coverage.freshInside, coverage.fresh);
    const Interval groups = wilsonInterval(coverage.groupsInside, coverage.groups);
    std::array<char, 400> text{};
    std::snprintf(
        text.data(), text.size(),
        "On %zu held-out films the bands held %d of %d fresh readings (%.3f, 95 %% interval %.3f to %.3f) "
        "and, up to the chance of counting, the share of a class in %d of %d groups of films (%.2f, %.2f to "
        "%.2f).",
        heldOutFilms, coverage.freshInside, coverage.fresh, double(coverage.freshInside) / coverage.fresh,
        fresh.low, fresh.high, coverage.groupsInside, coverage.groups,
        double(coverage.groupsInside) / coverage.groups, groups.low, groups.high);
    return text.data();
}

BandSpec calibrateBand(const std::vector<BandFilm> &films, int repeats, double level)
{
    BandSpec spec;
    spec.repeats = repeats;
    spec.level = level;
    std::vector<double> scaled; // distance of a fresh reading from the mean, in deviations
    for (const BandFilm &film : films) {
        for (std::size_t c = 0; c < film.plain.scores.size(); ++c) {
            const Spread spread = spreadOf(film.repeats, c);
            for (const auto &reading : film.fresh)
                scaled.push_back(std::abs(reading[c] - spread.mean) / spread.deviation);
        }
    }
    if (scaled.empty())
        return {};
    spec.spread = conformalQuantile(std::move(scaled), level);
    for (spec.extra = 0; spec.extra < mostExtra; spec.extra += 0.05) {
        const BandCoverage coverage = coverageOf(spec, films);
        if (coverage.groupsInside >= level * coverage.groups)
            break;
    }
    return spec;
}

} // namespace hilum
