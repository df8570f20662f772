// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Scoring.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <torch/optim/lbfgs.h>
#include <utility>

namespace hilum {

namespace {

constexpr double leastTemperature = 0.05;
constexpr double mostTemperature = 20;
constexpr double temperatureDeviation = 0.5; // of the prior on log T
constexpr double offsetDeviation = 10; // of the prior on offsets: keeps them finite where films are easy

} // namespace

Quality qualityOf(const Scores &scores)
{
    const auto films = scores.logits.size(0);
    const auto classes = scores.logits.size(1);
    const torch::Tensor logProbabilities = scores.logits.log_softmax(1).contiguous();
    const auto table = logProbabilities.accessor<float, 2>();
    Quality quality;
    if (films == 0) {
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        return {none, none, none};
    }
    for (std::int64_t i = 0; i < films; ++i) {
        const int truth = scores.truth[static_cast<std::size_t>(i)];
        int best = 0;
        for (int c = 1; c < classes; ++c)
            best = table[i][c] > table[i][best] ? c : best;
        quality.loss -= table[i][truth];
        quality.accuracy += best == truth ? 1 : 0;
    }
    quality.loss /= static_cast<double>(films);
    quality.accuracy /= static_cast<double>(films);
    for (int c = 0; c < classes; ++c) {
        std::vector<double> score;
        std::vector<std::uint8_t> positive;
        for (std::int64_t i = 0; i < films; ++i) {
            score.push_back(table[i][c]);
            positive.push_back(scores.truth[static_cast<std::size_t>(i)] == c ? 1 : 0);
        }
        quality.auc += auc(score, positive) / static_cast<double>(classes);
    }
    return quality;
}

ConfusionMatrix confusionOf(const Scores &scores, int classes)
{
    ConfusionMatrix confusion(classes);
    const torch::Tensor calls = scores.logits.argmax(1).contiguous(); // [films]
    for (std::size_t i = 0; i < scores.truth.size(); ++i)
        confusion.add(scores.truth[i], static_cast<int>(calls.data_ptr<std::int64_t>()[i]));
    return confusion;
}

// Golden section on the logarithm of the temperature.
double fitTemperature(const Scores &scores)
{
    if (scores.truth.empty())
        return 1;
    const double priorWeight
        = 1 / (2 * temperatureDeviation * temperatureDeviation * static_cast<double>(scores.truth.size()));
    const torch::Tensor truth
        = at::tensor(std::vector<std::int64_t>(scores.truth.begin(), scores.truth.end()));
    const auto loss = [&](double logT) {
        return at::nll_loss((scores.logits / std::exp(logT)).log_softmax(1), truth).item().toDouble()
            + priorWeight * logT * logT;
    };
    double low = std::log(leastTemperature);
    double high = std::log(mostTemperature);
    const double ratio = (std::sqrt(5.0) - 1) / 2;
    while (high - low > 1e-4) {
        const double a = high - ratio * (high - low);
        const double b = low + ratio * (high - low);
        (loss(a) < loss(b) ? high : low) = loss(a) < loss(b) ? b : a;
    }
    return std::exp((low + high) / 2);
}

Calibration fitCalibration(const Scores &scores)
{
    const std::int64_t classes = scores.logits.size(1);
    Calibration plain{fitTemperature(scores), std::vector<double>(static_cast<std::size_t>(classes), 0.0)};
    for (int c = 0; c < classes; ++c) {
        if (std::ranges::find(scores.truth, c) == scores.truth.end())
            return plain;
    }
    const at::AutoGradMode gradients(true);
    const torch::Tensor logits = scores.logits.detach().to(at::kDouble); // [films, classes]
    const torch::Tensor truth
        = at::tensor(std::vector<std::int64_t>(scores.truth.begin(), scores.truth.end()));
    const torch::Tensor logT = at::full({}, std::log(plain.temperature), at::kDouble).set_requires_grad(true);
    const torch::Tensor offsets = at::zeros({classes}, at::kDouble).set_requires_grad(true);
    torch::optim::LBFGS search({logT, offsets},
                               torch::optim::LBFGSOptions(1).max_iter(200).line_search_fn("strong_wolfe"));
    const double films = static_cast<double>(scores.truth.size());
    search.step([&] {
        search.zero_grad();
        torch::Tensor loss = at::nll_loss((logits / logT.exp() + offsets).log_softmax(1), truth)
            + logT.square() / (2 * temperatureDeviation * temperatureDeviation * films)
            + offsets.square().sum() / (2 * offsetDeviation * offsetDeviation * films);
        loss.backward();
        return loss;
    });
    const double temperature = std::exp(logT.item().toDouble());
    if (!(temperature > leastTemperature && temperature < mostTemperature))
        return plain;
    const torch::Tensor centred = (offsets - offsets.mean()).detach().contiguous();
    plain.temperature = temperature;
    std::copy_n(centred.data_ptr<double>(), classes, plain.offsets.begin());
    return plain;
}

double youdenThreshold(const Scores &scores, double temperature, int classIndex)
{
    const torch::Tensor p
        = (scores.logits / temperature).to(at::kDouble).softmax(1).contiguous(); // [films, classes]
    std::vector<std::pair<double, bool>> films; // probability, of the class
    double positives = 0;
    for (std::size_t i = 0; i < scores.truth.size(); ++i) {
        const bool positive = scores.truth[i] == classIndex;
        films.emplace_back(p[static_cast<std::int64_t>(i)][classIndex].item().toDouble(), positive);
        positives += positive ? 1 : 0;
    }
    const double negatives = static_cast<double>(films.size()) - positives;
    if (positives == 0 || negatives == 0)
        return 0.5;

    // From the highest probability down: films so far are called positive.
    std::ranges::sort(films, std::greater<>());
    double best = 0;
    double threshold = 0.5;
    double hits = 0;
    double falseAlarms = 0;
    for (std::size_t i = 0; i < films.size(); ++i) {
        (films[i].second ? hits : falseAlarms) += 1;
        const double below = i + 1 < films.size() ? films[i + 1].first : 0;
        if (below == films[i].first)
            continue; // ties stay together
        const double separation = hits / positives - falseAlarms / negatives;
        if (separation > best) {
            best = separation;
            threshold = (films[i].first + below) / 2;
        }
    }
    return threshold;
}

} // namespace hilum
