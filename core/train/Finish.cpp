// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The end of a run: weights are chosen by the recipe's rule, calibrated on the validation films, and read
// the held-out films once. What is evaluated is what is saved: weights rounded to F16 first. A band is fitted
// on the validation films and measured on held-out ones. With fewer validation films than
// leastCalibrationFilms nothing is fitted: the card says `"calibrated": false` and has no band. Epochs that
// are kept on the way have no band, which would cost nine readings of each film; they read the held-out
// films, too, for the replay, and nothing is chosen by what they say.

#include "core/base/Sha256.h"
#include "core/nn/Architecture.h"
#include "core/nn/KeptEpochs.h"
#include "core/nn/Weights.h"
#include "core/report/Csv.h"
#include "core/train/InitWeights.h"
#include "core/train/PlantMarkers.h"
#include "core/train/Run.h"
#include "core/train/TrainedBand.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <limits>

namespace hilum {

namespace {

constexpr double epochPrecision = 1e4; // of probabilities

std::string today()
{
    const std::time_t now = std::time(nullptr);
    std::array<char, 16> date{};
    std::strftime(date.data(), date.size(), "%Y-%m-%d", std::gmtime(&now));
    return date.data();
}

std::string averagingWords(const AveragingRule &rule)
{
    switch (rule.kind) {
    case Averaging::Ema:
        return "averaged weights (decay " + csvNumber(rule.decay) + ")";
    case Averaging::Swa:
        return "weights averaged over the last " + csvNumber(100 * (1 - rule.from)) + " % of the steps";
    case Averaging::None:
        break;
    }
    return "the network's own weights";
}

std::string offsetWords(const std::vector<std::string> &classes, const std::vector<double> &offsets)
{
    std::string words;
    for (std::size_t c = 0; c < offsets.size(); ++c) {
        std::array<char, 16> number{};
        std::snprintf(number.data(), number.size(), "%+.2f", offsets[c]);
        words += (words.empty() ? "log-odds of classes moved on the validation films: " : ", ") + classes[c]
            + " " + number.data();
    }
    return words.empty() ? words : words + "; ";
}

bool canCalibrate(std::size_t validationFilms)
{
    return validationFilms >= static_cast<std::size_t>(leastCalibrationFilms);
}

// What a card's network says of an input, as predict does.
ReadInput reader(Network &network, const ModelCard &card, torch::Device device, const std::stop_token &stop)
{
    return [&network, &card, device, stop](const ModelInput &input) -> Result<Prediction> {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled,
                        "stopped while the uncertainty band was fitted; the checkpoint is kept");
        const at::NoGradGuard noGradients;
        const torch::Tensor batch = tensorOf(std::vector{input.values})
                                        .to(device)
                                        .contiguous(at::MemoryFormat::ChannelsLast); // [1, 1, S, S]
        const torch::Tensor p = (network.forward(batch) / card.temperature)
                                    .to(at::kCPU, at::kDouble)
                                    .softmax(1)
                                    .contiguous(); // [1, classes]
        Prediction prediction;
        for (std::size_t c = 0; c < card.classes.size(); ++c)
            prediction.scores.push_back({card.classes[c], p.data_ptr<double>()[c]});
        return prediction;
    };
}

} // namespace

std::string Run::recipeStart() const
{
    // A card travels; paths of the machine that trained say nothing there.
    Recipe named = m_recipe;
    named.init = initNames(named.init);
    for (std::string &teacher : named.loss.teachers)
        teacher = initNames(teacher);
    return "hilum-cli train " + (m_recipe.name.empty() ? "" : m_recipe.name + " ") + decisiveKeys(named)
        + (m_initHash.empty() ? "; from random weights" : "; from the weights with sha256 " + m_initHash)
        + "; " + averagingWords(m_recipe.averaging) + " of ";
}

std::string Run::partsText() const
{
    return std::to_string(m_films.train.size()) + " training, " + std::to_string(m_films.validation.size())
        + " validation, " + std::to_string(m_films.heldOut.size()) + " held-out films";
}

std::string Run::recipeText(const std::string &chosen) const
{
    return recipeStart() + chosen + "; " + offsetWords(m_recipe.classes, m_offsets) + partsText() + ", "
        + (m_recipe.split.by == SplitBy::Patient ? "no group (patient, where known) in two of them"
                                                 : "dealt film by film: patients may stand in two of them");
}

ModelCard Run::cardOf(const Scores &validation) const
{
    ModelCard card;
    card.id = !m_plan.id.empty() ? m_plan.id : !m_recipe.name.empty() ? m_recipe.name : m_recipe.architecture;
    card.title = m_recipe.title;
    if (card.title.empty())
        card.title = findArchitecture(m_recipe.architecture).map(&Architecture::title).value_or(card.id);
    card.architecture = m_recipe.architecture;
    card.classes = m_recipe.classes;
    card.input = m_recipe.input;
    card.trainingData = m_recipe.data;
    card.trainingDataLicence = m_recipe.licence;
    card.weightsLicence = m_recipe.weightsLicence;
    card.recipe = recipeText(m_bestEpoch > 0
                                 ? "epoch " + std::to_string(m_bestEpoch) + ", chosen on the validation films"
                                 : "the last epoch");
    card.intendedUse = "Education and the study of how networks read films. Never for diagnosis.";
    card.limits = plantedWords(m_recipe.planted)
        + "Where films of different classes come from different places, a network learns the place. "
          "A high score on held-out films of the same sources does not show that disease is seen.";
    card.version = today();
    if (canCalibrate(validation.truth.size())) {
        card.temperature = fitTemperature(validation);
        card.calibrated = true;
        card.operatingPoint = youdenThreshold(validation, card.temperature, 0);
    }
    return card;
}

// The network as it is after an epoch, as a package: to see how it came to what it is.
Result<void> Run::keepEpoch(const TrainingStage &stage, int number, const Scores &validation) const
{
    if (!m_peers.isFirst())
        return {};
    const std::filesystem::path folder = epochFolder(m_plan.folder, number);
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    const auto file = folder / "weights.safetensors";
    if (auto written = writeSafetensors(weightsOf(m_average.network(), TensorType::F16), file); !written)
        return written;
    const auto sum = sha256OfFile(file);
    if (!sum)
        return tl::unexpected(sum.error());
    ModelCard card = cardOf(validation);
    card.id = epochId(card.id, number);
    card.title += ", epoch " + std::to_string(number);
    card.input.size = stage.size; // what it has learnt at so far
    card.recipe = recipeText("epoch " + std::to_string(number) + " of " + std::to_string(totalEpochs()));
    card.limits = "An epoch on the way, kept to show how a network learns. " + card.limits;
    card.weightsSha256 = *sum;
    auto predictions = predictHeldOut(card.temperature, stage.size);
    if (!predictions)
        return tl::unexpected(predictions.error());
    // A matrix and a bar need no more digits, and there may be many epochs.
    for (HeldOutPrediction &film : *predictions) {
        for (double &probability : film.probabilities)
            probability = std::round(probability * epochPrecision) / epochPrecision;
    }
    if (auto written = writePredictions(*predictions, m_recipe.classes, folder / "predictions.csv"); !written)
        return written;
    return writeCard(card, folder / "card.json");
}

Result<void> Run::selectWeights()
{
    if (m_bestEpoch > 0) {
        const auto best = readSafetensors(bestFile());
        if (!best)
            return tl::unexpected(best.error());
        if (const auto loaded = loadWeights(m_average.network(), *best, bestFile().string()); !loaded)
            return loaded;
    }
    if (auto rounded = roundWeights(); !rounded)
        return rounded;
    return m_recipe.calibration == CalibrationRule::TemperatureAndOffsets ? shiftHead() : Result<void>();
}

Result<void> Run::roundWeights()
{
    Network &network = m_average.network();
    return loadWeights(network, weightsOf(network, TensorType::F16), "the trained weights");
}

Result<void> Run::shiftHead()
{
    if (!canCalibrate(m_films.validation.size()))
        return {};
    Network &network = m_average.network();
    const auto classes = static_cast<std::int64_t>(m_recipe.classes.size());
    torch::Tensor bias;
    for (const auto &item : network.named_parameters()) {
        const torch::Tensor &value = item.value();
        if (network.isOfHead(item.key()) && value.dim() == 1 && value.size(0) == classes)
            bias = value; // the last of them adds to the logits
    }
    if (!bias.defined())
        return fail(ErrorCode::UsageWrong,
                    "calibration: expected a head that ends in a bias for each class, found none in "
                        + m_recipe.architecture);
    const Calibration fitted = fitCalibration(evaluate(network, m_films.validation, m_recipe.input.size));
    m_offsets = fitted.offsets;
    const at::NoGradGuard noGradients;
    bias.add_((at::tensor(fitted.offsets, at::kDouble) * fitted.temperature).to(bias.options()));
    return roundWeights();
}

Result<std::vector<HeldOutPrediction>> Run::predictHeldOut(double temperature, int size) const
{
    std::vector<HeldOutPrediction> predictions;
    const Scores scores = evaluate(m_average.network(), m_films.heldOut, size);
    const torch::Tensor p = (scores.logits / temperature).softmax(1).to(at::kDouble).contiguous();
    const auto table = p.accessor<double, 2>(); // [films, classes]
    for (std::size_t i = 0; i < m_films.heldOut.size(); ++i) {
        const TrainingFilm &film = m_films.heldOut[i];
        HeldOutPrediction row{film.film,   film.group,
                              film.fold,   m_recipe.classes[static_cast<std::size_t>(film.label)],
                              film.source, {}};
        for (std::size_t c = 0; c < m_recipe.classes.size(); ++c)
            row.probabilities.push_back(table[static_cast<std::int64_t>(i)][static_cast<std::int64_t>(c)]);
        predictions.push_back(std::move(row));
    }
    return predictions;
}

double Run::accuracyOf(const std::vector<HeldOutPrediction> &predictions) const
{
    if (predictions.empty())
        return std::numeric_limits<double>::quiet_NaN();
    const auto isRight = [&](const HeldOutPrediction &row) {
        const auto best = std::ranges::max_element(row.probabilities) - row.probabilities.begin();
        return m_recipe.classes[static_cast<std::size_t>(best)] == row.truth;
    };
    return static_cast<double>(std::ranges::count_if(predictions, isRight))
        / static_cast<double>(predictions.size());
}

Result<TrainingOutcome> Run::finish(const std::stop_token &stop)
{
    if (auto selected = selectWeights(); !selected)
        return tl::unexpected(selected.error());
    const auto weightsFile = m_plan.folder / "weights.safetensors";
    if (auto written = writeSafetensors(weightsOf(m_average.network(), TensorType::F16), weightsFile);
        !written)
        return tl::unexpected(written.error());
    TrainingOutcome outcome;
    outcome.folder = m_plan.folder;
    outcome.history = m_history;
    outcome.selectedEpoch = m_bestEpoch > 0 ? m_bestEpoch : m_epochsDone;
    outcome.card = cardOf(evaluate(m_average.network(), m_films.validation, m_recipe.input.size));
    const auto sum = sha256OfFile(weightsFile);
    if (!sum)
        return tl::unexpected(sum.error());
    outcome.card.weightsSha256 = *sum;
    if (!outcome.card.calibrated) {
        note("expected " + std::to_string(leastCalibrationFilms)
             + " validation films or more to calibrate with, found "
             + std::to_string(m_films.validation.size())
             + ": probabilities are those of the plain softmax, without bands");
    } else if (m_plan.fitsBand) {
        note("fitting the uncertainty band: nine readings of each film");
        const auto band = fitTrainedBand(m_films.validation, m_films.heldOut, m_recipe.input,
                                         reader(m_average.network(), outcome.card, m_device, stop));
        if (!band)
            return tl::unexpected(band.error());
        outcome.card.band = *band;
    }

    const auto predictions = predictHeldOut(outcome.card.temperature, m_recipe.input.size);
    if (!predictions)
        return tl::unexpected(predictions.error());
    outcome.heldOutAccuracy = accuracyOf(*predictions);
    if (auto written = writePredictions(*predictions, m_recipe.classes, m_plan.folder / "predictions.csv");
        !written)
        return tl::unexpected(written.error());
    if (auto written = writeHistory(m_history, m_plan.folder / "history.csv"); !written)
        return tl::unexpected(written.error());
    if (auto written = writeCard(outcome.card, m_plan.folder / "card.json"); !written)
        return tl::unexpected(written.error());
    std::error_code code;
    std::filesystem::remove(bestFile(), code);
    std::filesystem::remove(checkpointFile(), code);
    return outcome;
}

} // namespace hilum
