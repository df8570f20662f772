// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/gate/FitGate.h"

#include "core/base/Dice.h"
#include "core/nn/Boundary.h"
#include "core/nn/InputSpec.h"
#include "core/nn/Weights.h"

#include <ATen/Parallel.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <thread>
#include <torch/nn/functional/loss.h>
#include <torch/nn/functional/pooling.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/dropout.h>
#include <torch/nn/modules/linear.h>
#include <torch/optim/adamw.h>

namespace hilum {

namespace {

namespace nn = torch::nn;

constexpr int targets = 5; // film, turn, inverted, mirrored, lateral; -1 is not asked
constexpr double findsMirrored = 0.6;
// At one half, 14 of 1,144 held-out films were called mirrored; a heart may lie in the middle.
constexpr double surelyMirrored = 0.9;
// Distance is for pictures unlike anything seen in fitting, so it gets a quarter of room beyond the
// validation films' quantile.
constexpr double distanceRoom = 1.25;

struct Trained : nn::Module {
    Trained()
    {
        int in = 1;
        for (const auto &[out, kernel] :
             {std::pair{16, 5}, std::pair{32, 3}, std::pair{64, 3}, std::pair{80, 3}}) {
            const std::string number = std::to_string(convolutions.size() + 1);
            convolutions.push_back(register_module("conv" + number,
                                                   nn::Conv2d(nn::Conv2dOptions(in, out, kernel)
                                                                  .stride(in == 1 ? 2 : 1)
                                                                  .padding(kernel / 2)
                                                                  .bias(false))));
            norms.push_back(register_module("norm" + number, nn::BatchNorm2d(out)));
            in = out;
        }
        hidden = register_module("hidden", nn::Linear(in * 16, gateFeatures));
        heads = register_module("heads", nn::Linear(gateFeatures, 8));
        dropout = register_module("dropout", nn::Dropout(0.3));
    }

    torch::Tensor forward(torch::Tensor x) // [N, 1, 64, 64]
    {
        for (std::size_t i = 0; i < convolutions.size(); ++i) {
            x = norms[i](convolutions[i](x)).relu_();
            if (i > 0)
                x = at::max_pool2d(x, 2); // to [N, 80, 4, 4]
        }
        return heads(hidden(dropout(x.flatten(1))).relu()); // [N, 8]
    }

    // The norms folded into the convolutions before them.
    SafetensorsFile folded() const
    {
        SafetensorsFile file;
        for (std::size_t i = 0; i < convolutions.size(); ++i) {
            const std::string name = "conv" + std::to_string(i + 1);
            const torch::Tensor scale
                = norms[i]->weight / (norms[i]->running_var + norms[i]->options.eps()).sqrt();
            file.arrays[name + ".weight"]
                = arrayOf(convolutions[i]->weight * scale.reshape({-1, 1, 1, 1}), TensorType::F16);
            file.arrays[name + ".bias"]
                = arrayOf(norms[i]->bias - norms[i]->running_mean * scale, TensorType::F16);
        }
        for (const auto &[name, layer] : {std::pair{"hidden", hidden}, std::pair{"heads", heads}}) {
            file.arrays[std::string(name) + ".weight"] = arrayOf(layer->weight, TensorType::F16);
            file.arrays[std::string(name) + ".bias"] = arrayOf(layer->bias, TensorType::F16);
        }
        return file;
    }

    std::vector<nn::Conv2d> convolutions;
    std::vector<nn::BatchNorm2d> norms;
    nn::Linear hidden{nullptr};
    nn::Linear heads{nullptr};
    nn::Dropout dropout{nullptr};
};

struct Example {
    Plane<float> input;
    std::array<float, targets> wanted{-1, -1, -1, -1, -1};
};

// Sources by the root of their size, films of a source alike.
class Draw {
public:
    explicit Draw(const std::vector<GateFilm> &films)
    {
        std::map<std::string, std::vector<std::size_t>> bySource;
        for (std::size_t i = 0; i < films.size(); ++i)
            bySource[films[i].source].push_back(i);
        std::vector<double> weights;
        for (auto &[source, members] : bySource) {
            weights.push_back(std::sqrt(double(members.size())));
            m_members.push_back(std::move(members));
        }
        m_source = std::discrete_distribution<std::size_t>(weights.begin(), weights.end());
    }
    std::size_t operator()(Dice &dice)
    {
        const auto &members = m_members[m_source(dice.state())];
        return members[static_cast<std::size_t>(dice.whole(0, static_cast<int>(members.size()) - 1))];
    }

private:
    std::vector<std::vector<std::size_t>> m_members;
    std::discrete_distribution<std::size_t> m_source;
};

Pose randomPose(Dice &dice, double turned)
{
    return {dice.chance(turned) ? dice.whole(1, 3) : 0, dice.chance(0.25), dice.chance(0.2)};
}

Example makeExample(const std::vector<GateFilm> &films, Draw &draw, Dice &dice)
{
    Example example;
    const double kind = dice.between(0, 1);
    if (kind < 0.55) {
        const Pose pose = randomPose(dice, 0.45);
        example.input = variedFilm(films[draw(dice)].square, pose, dice.state());
        example.wanted
            = {1, float(pose.quarterTurns), pose.inverted ? 1.0F : 0.0F, pose.mirrored ? 1.0F : 0.0F, 0};
    } else if (kind < 0.58) {
        example.input = variedFilm(makeFrontalChest(gateSquare, dice.state()), {}, dice.state());
        example.wanted = {1, 0, 0, -1, 0};
    } else if (kind < 0.64) {
        example.input
            = variedFilm(makePicture(PictureKind::LateralChest, gateSquare, dice.state()), {}, dice.state());
        example.wanted = {0, -1, -1, -1, 1};
    } else if (kind < 0.78) {
        const auto which = static_cast<PictureKind>(dice.whole(int(firstOfFilm), pictureKinds - 1));
        const Plane<float> spoilt = spoiltFilm(which, films[draw(dice)].square, gateSquare, dice.state());
        example.input = variedFilm(spoilt, randomPose(dice, 0.3), dice.state());
        example.wanted[0] = example.wanted[4] = 0;
    } else {
        const auto which = static_cast<PictureKind>(dice.whole(0, int(PictureKind::LateralChest) - 1));
        example.input
            = variedFilm(makePicture(which, gateSquare, dice.state()), randomPose(dice, 0.3), dice.state());
        example.wanted[0] = example.wanted[4] = 0;
    }
    return example;
}

torch::Tensor lossOf(const torch::Tensor &logits, const torch::Tensor &wanted)
{
    namespace F = torch::nn::functional;
    const auto binary = [&](int logit, int target) {
        const torch::Tensor truth = wanted.select(1, target);
        const torch::Tensor asked = (truth >= 0).to(at::kFloat);
        const torch::Tensor each = F::binary_cross_entropy_with_logits(
            logits.select(1, logit), truth.clamp(0, 1),
            F::BinaryCrossEntropyWithLogitsFuncOptions().reduction(torch::kNone));
        return (each * asked).sum() / asked.sum().clamp_min(1);
    };
    const torch::Tensor turn = F::cross_entropy(logits.narrow(1, 1, 4), wanted.select(1, 1).to(at::kLong),
                                                F::CrossEntropyFuncOptions().ignore_index(-1));
    return binary(0, 0) + turn + binary(5, 2) + 0.5 * binary(6, 3) + 0.3 * binary(7, 4);
}

double quantile(std::vector<double> values, double share)
{
    std::ranges::sort(values);
    const double place = share * double(values.size() - 1);
    return values[static_cast<std::size_t>(std::lround(place))];
}

// Mean and whitening of the features of training films, shrunk towards the diagonal.
void addDistance(const GateNetwork &network, const std::vector<GateFilm> &films, SafetensorsFile &file)
{
    constexpr double shrinkage = 0.1;
    torch::Tensor features = at::empty({static_cast<std::int64_t>(films.size()), gateFeatures}, at::kDouble);
    for (std::size_t i = 0; i < films.size(); ++i) {
        const auto scores = network.run(posed(films[i].square, {}));
        for (std::size_t f = 0; f < gateFeatures; ++f)
            features.data_ptr<double>()[i * gateFeatures + f] = double(scores.features[f]);
    }
    const torch::Tensor mean = features.mean(0);
    const torch::Tensor centred = features - mean;
    const torch::Tensor covariance
        = centred.t().matmul(centred) / double(std::max<std::size_t>(1, films.size() - 1));
    const torch::Tensor level = covariance.diagonal().mean().clamp_min(1e-6);
    const torch::Tensor shrunk
        = (1 - shrinkage) * covariance + shrinkage * level * at::eye(gateFeatures, at::kDouble);
    const torch::Tensor whitening
        = at::linalg_inv(at::linalg_cholesky(shrunk)); // rows: directions of length one
    file.arrays["features.mean"] = arrayOf(mean, TensorType::F32);
    file.arrays["features.whitening"] = arrayOf(whitening, TensorType::F32);
}

GateThresholds chooseThresholds(const GateNetwork &network, const std::vector<GateFilm> &validation,
                                const GatePlan &plan)
{
    std::vector<double> film;
    std::vector<double> upright;
    std::vector<double> inverted;
    std::vector<double> mirrored;
    std::vector<double> distance;
    std::vector<double> reallyMirrored;
    for (const GateFilm &one : validation) {
        const GateScores scores = network.run(posed(one.square, {}));
        film.push_back(scores.film);
        upright.push_back(scores.turned[0]);
        inverted.push_back(scores.inverted);
        mirrored.push_back(scores.mirrored);
        distance.push_back(scores.distance);
        reallyMirrored.push_back(network.run(posed(one.square, {0, true, false})).mirrored);
    }
    GateThresholds limits;
    limits.film = std::min(0.5, quantile(film, plan.falseRefusal));
    limits.upright = std::min(0.5, quantile(upright, plan.falseRefusal));
    limits.inverted = std::max(0.5, quantile(inverted, 1 - plan.falseRefusal));
    limits.mirrored = std::max(surelyMirrored, quantile(mirrored, 1 - plan.falseRefusal));
    limits.distance = distanceRoom * quantile(distance, 1 - plan.falseRefusal);
    const auto found = std::ranges::count_if(reallyMirrored, [&](double s) { return s > limits.mirrored; });
    if (double(found) < findsMirrored * double(reallyMirrored.size()))
        limits.mirrored = 2;
    return limits;
}

} // namespace

Result<SafetensorsFile> fitGate(const std::vector<GateFilm> &training,
                                const std::vector<GateFilm> &validation, const GatePlan &plan,
                                const GateProgress &progress, std::stop_token stop)
{
    if (training.size() < 20 || validation.size() < 20)
        return fail(ErrorCode::UsageWrong,
                    "expected at least 20 training and 20 validation films, found "
                        + std::to_string(training.size()) + " and " + std::to_string(validation.size()));
    return guardTorch([&]() -> Result<SafetensorsFile> {
        at::set_num_threads(plan.threads > 0 ? plan.threads
                                             : std::max(1, int(std::thread::hardware_concurrency())));
        torch::manual_seed(plan.seed);
        std::mt19937_64 random(plan.seed);
        Dice dice(random);
        Draw draw(training);
        Trained network;
        torch::optim::AdamW optimiser(network.parameters(),
                                      torch::optim::AdamWOptions(plan.peakLearningRate).weight_decay(0.02));
        network.train();
        const std::int64_t pixels = gateSide * gateSide;
        for (int step = 0; step < plan.steps; ++step) {
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled, "stopped");
            torch::Tensor input = at::empty({plan.batch, 1, gateSide, gateSide}, at::kFloat);
            torch::Tensor wanted = at::empty({plan.batch, targets}, at::kFloat);
            for (std::int64_t i = 0; i < plan.batch; ++i) {
                const Example example = makeExample(training, draw, dice);
                std::ranges::copy(example.input.samples(), input.data_ptr<float>() + i * pixels);
                std::ranges::copy(example.wanted, wanted.data_ptr<float>() + i * targets);
            }
            // One cycle: up in a tenth of the steps, down by a cosine.
            const double done = double(step) / plan.steps;
            const double rate = plan.peakLearningRate
                * (done < 0.1 ? 0.1 + 9 * done
                              : 0.5 * (1 + std::cos((done - 0.1) / 0.9 * 3.14159265)) + 1e-3);
            static_cast<torch::optim::AdamWOptions &>(optimiser.param_groups()[0].options()).lr(rate);
            optimiser.zero_grad();
            const torch::Tensor loss = lossOf(network.forward(input), wanted);
            loss.backward();
            optimiser.step();
            if (progress && (step % 50 == 0 || step + 1 == plan.steps))
                progress(double(step + 1) / plan.steps, loss.item().toDouble());
        }
        network.eval();
        const at::NoGradGuard noGradients;
        SafetensorsFile file = network.folded();
        auto plain = GateNetwork::make(file, "the gate");
        if (!plain)
            return tl::unexpected(plain.error());
        addDistance(*plain, training, file);
        writeThresholds({}, file);
        auto whole = GateNetwork::make(file, "the gate");
        if (!whole)
            return tl::unexpected(whole.error());
        writeThresholds(chooseThresholds(*whole, validation, plan), file);
        return file;
    });
}

} // namespace hilum
