// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Trainer.h"

#include "core/base/Sha256.h"
#include "core/nn/Boundary.h"
#include "core/nn/Weights.h"
#include "core/report/Csv.h"
#include "core/train/AdamW.h"
#include "core/train/Augment.h"
#include "core/train/Sampling.h"
#include "core/train/Scoring.h"

#include <ATen/autocast_mode.h>
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <ctime>
#include <future>
#include <limits>
#include <torch/torch.h>

namespace hilum {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Batch {
    torch::Tensor input; // [N, 1, S, S]
    torch::Tensor labels; // [N]
};

torch::Tensor tensorOf(const std::vector<Plane<float>> &planes)
{
    const int size = planes.front().width();
    torch::Tensor input = torch::empty({static_cast<std::int64_t>(planes.size()), 1, size, size});
    float *out = input.data_ptr<float>();
    for (const Plane<float> &plane : planes)
        out = std::copy(plane.samples().begin(), plane.samples().end(), out);
    return input;
}

// Turns bf16 autocast on for its lifetime.
class Autocast {
public:
    Autocast(Precision precision, bool cuda)
        : m_on(precision == Precision::BFloat16)
        , m_cuda(cuda)
    {
        set(m_on);
    }
    ~Autocast()
    {
        if (m_on)
            at::autocast::clear_cache();
        set(false);
    }
    Autocast(const Autocast &) = delete;
    Autocast &operator=(const Autocast &) = delete;

private:
    void set(bool on) const
    {
        if (m_cuda) {
            at::autocast::set_autocast_gpu_dtype(at::kBFloat16);
            at::autocast::set_enabled(on);
        } else {
            at::autocast::set_autocast_cpu_dtype(at::kBFloat16);
            at::autocast::set_cpu_enabled(on);
        }
    }
    bool m_on;
    bool m_cuda;
};

std::string today()
{
    const std::time_t now = std::time(nullptr);
    std::array<char, 16> date{};
    std::strftime(date.data(), date.size(), "%Y-%m-%d", std::gmtime(&now));
    return date.data();
}

// All of the card that the plan and the films decide.
ModelCard cardOf(const TrainingPlan &plan, const TrainingSet &films, const std::string &fingerprint)
{
    const std::string start = plan.recipe.init.empty()
        ? "random weights"
        : "weights of " + std::filesystem::path(plan.recipe.init).filename().string();
    ModelCard card;
    card.id = plan.id.empty() ? plan.recipe.architecture : plan.id;
    card.title = plan.recipe.architecture == "vgg16" ? "VGG16" : "DenseNet121";
    card.architecture = plan.recipe.architecture;
    card.classes = plan.recipe.classes;
    card.input.size = plan.recipe.stages.back().size;
    card.trainingData = plan.recipe.data;
    card.trainingDataLicence = plan.recipe.licence;
    card.recipe = "hilum-cli train: " + fingerprint + "; from " + start + "; AdamW, one cycle to "
        + csvNumber(plan.recipe.optimiser.peakLearningRate) + ", weight decay "
        + csvNumber(plan.recipe.optimiser.weightDecay) + ", label smoothing "
        + csvNumber(plan.recipe.loss.labelSmoothing) + ", averaged weights (decay "
        + csvNumber(plan.recipe.averaging.decay) + ") after the last epoch, "
        + (plan.recipe.precision == Precision::BFloat16 ? "bfloat16 autocast" : "float32") + "; "
        + std::to_string(films.train.size()) + " training, " + std::to_string(films.validation.size())
        + " validation, " + std::to_string(films.heldOut.size())
        + " held-out films, no group (patient, where known) in two of them";
    card.intendedUse = "Education and the study of how networks read films. Never for diagnosis.";
    card.limits = "Class and source of the training films are confounded: no source has all three classes. "
                  "A high score on held-out films of the same sources does not show that disease is seen.";
    card.version = today();
    return card;
}

class Run {
public:
    Run(const TrainingPlan &plan, const TrainingSet &films, const TrainingObserver &observer)
        : m_plan(plan)
        , m_films(films)
        , m_observer(observer)
        , m_device(plan.cuda ? torch::Device("cuda:0") : torch::Device("cpu"))
    {
    }

    Result<TrainingOutcome> go(const std::stop_token &stop);

private:
    Result<void> start();
    Result<void> startFromFile();
    Result<void> resume();
    Result<void> saveCheckpoint();
    Result<void> epoch(const TrainingStage &stage, int number, const std::stop_token &stop);
    Batch batchAt(const std::vector<Plane<float>> &squares, const std::vector<std::size_t> &order, int epoch,
                  std::size_t position, const TrainingStage &stage) const;
    Scores evaluate(const std::vector<TrainingFilm> &films, int size);
    Result<TrainingOutcome> finish();

    int filmsPerEpoch() const
    {
        return m_plan.recipe.filmsPerEpoch > 0 ? m_plan.recipe.filmsPerEpoch
                                               : static_cast<int>(m_films.train.size());
    }
    int stepsOf(const TrainingStage &stage) const { return filmsPerEpoch() / stage.batch; }
    int totalSteps() const
    {
        int steps = 0;
        for (const TrainingStage &stage : m_plan.recipe.stages)
            steps += stage.epochs * stepsOf(stage);
        return steps;
    }
    int totalEpochs() const
    {
        int epochs = 0;
        for (const TrainingStage &stage : m_plan.recipe.stages)
            epochs += stage.epochs;
        return epochs;
    }
    std::filesystem::path checkpointFile() const { return m_plan.folder / "checkpoint.safetensors"; }
    // What must be the same for a checkpoint to be continued.
    std::string fingerprint() const;

    const TrainingPlan &m_plan;
    const TrainingSet &m_films;
    const TrainingObserver &m_observer;
    torch::Device m_device;
    std::string m_initialHash; // of the weights that it starts from
    NetworkPtr m_network;
    NetworkPtr m_average;
    std::optional<AdamW> m_optimiser;
    TrainingHistory m_history;
    int m_step = 0; // done, over all epochs
    int m_epochsDone = 0;
    int m_stepInEpoch = 0; // done in the epoch that runs
    double m_lossSum = 0;
    double m_correct = 0;
    double m_epochSeconds = 0; // spent on the running epoch before a resume
    int m_squaresSize = 0;
    std::vector<Plane<float>> m_squares;
    Clock::time_point m_lastSave = Clock::now();
};

std::string Run::fingerprint() const
{
    std::string text = m_plan.recipe.architecture + '|' + std::to_string(m_plan.recipe.seed) + '|'
        + std::to_string(filmsPerEpoch()) + '|' + std::to_string(m_films.train.size()) + '|'
        + std::to_string(m_plan.recipe.optimiser.peakLearningRate);
    for (const TrainingStage &stage : m_plan.recipe.stages)
        text += '|' + std::to_string(stage.size) + 'x' + std::to_string(stage.epochs) + 'x'
            + std::to_string(stage.batch);
    if (!m_initialHash.empty())
        text += '|' + m_initialHash;
    return text;
}

Result<void> Run::start()
{
    torch::manual_seed(m_plan.recipe.seed);
    for (NetworkPtr *network : {&m_network, &m_average}) {
        auto made = makeNetwork(m_plan.recipe.architecture, static_cast<int>(m_plan.recipe.classes.size()));
        if (!made)
            return tl::unexpected(made.error());
        *network = *made;
        (*network)->to(m_device);
        // Convolutions on the CPU are a third faster with channels last.
        for (auto &parameter : (*network)->parameters()) {
            if (parameter.dim() == 4)
                parameter.set_data(parameter.contiguous(at::MemoryFormat::ChannelsLast));
        }
    }
    if (const auto begun = startFromFile(); !begun)
        return begun;
    const at::NoGradGuard noGradients;
    auto average = stateOf(*m_average);
    for (const auto &[name, value] : stateOf(*m_network))
        average[name].copy_(value);
    m_optimiser.emplace(*m_network, m_plan.recipe.optimiser.weightDecay);
    return {};
}

Result<void> Run::startFromFile()
{
    if (m_plan.recipe.init.empty())
        return {};
    const std::string name = m_plan.recipe.init;
    const auto hash = sha256OfFile(m_plan.recipe.init);
    if (!hash)
        return tl::unexpected(hash.error());
    m_initialHash = *hash;
    const auto file = readSafetensors(m_plan.recipe.init);
    if (!file)
        return tl::unexpected(file.error());
    const auto left = startFrom(*m_network, *file, name);
    if (!left)
        return tl::unexpected(left.error());
    if (m_observer.note && !left->empty())
        m_observer.note("started from " + name + "; the classifier is new");
    return {};
}

Result<void> Run::resume()
{
    std::error_code code;
    if (!std::filesystem::exists(checkpointFile(), code))
        return {};
    auto file = readSafetensors(checkpointFile());
    if (!file)
        return tl::unexpected(file.error());
    if (file->metadata["fingerprint"] != fingerprint())
        return fail(ErrorCode::ModelMismatch,
                    checkpointFile().string() + ": expected a checkpoint of the plan " + fingerprint()
                        + ", found one of " + file->metadata["fingerprint"]);
    const at::NoGradGuard noGradients;
    for (const auto &[prefix, network] :
         {std::pair{"network.", m_network}, std::pair{"average.", m_average}}) {
        for (auto &[name, value] : stateOf(*network)) {
            const auto found = file->arrays.find(prefix + name);
            if (found == file->arrays.end())
                return fail(ErrorCode::ModelMismatch,
                            checkpointFile().string() + ": expected a tensor " + prefix + name);
            value.copy_(hilum::tensorOf(found->second));
        }
    }
    m_step = std::stoi(file->metadata["step"]);
    m_epochsDone = std::stoi(file->metadata["epochsDone"]);
    m_stepInEpoch = std::stoi(file->metadata["stepInEpoch"]);
    m_lossSum = std::stod(file->metadata["lossSum"]);
    m_correct = std::stod(file->metadata["correct"]);
    m_epochSeconds = std::stod(file->metadata["epochSeconds"]);
    m_optimiser->load(file->arrays, m_step);
    if (std::filesystem::exists(m_plan.folder / "history.csv", code)) {
        auto history = readHistory(m_plan.folder / "history.csv");
        if (!history)
            return tl::unexpected(history.error());
        m_history = std::move(*history);
        std::erase_if(m_history.records, [&](const EpochRecord &r) { return r.epoch > m_epochsDone; });
    }
    return {};
}

Result<void> Run::saveCheckpoint()
{
    SafetensorsFile file;
    for (const auto &[prefix, network] :
         {std::pair{"network.", m_network}, std::pair{"average.", m_average}}) {
        for (const auto &[name, value] : stateOf(*network))
            file.arrays[prefix + name]
                = arrayOf(value, value.is_floating_point() ? TensorType::F32 : TensorType::I64);
    }
    m_optimiser->save(file.arrays);
    file.metadata = {{"fingerprint", fingerprint()},
                     {"step", std::to_string(m_step)},
                     {"epochsDone", std::to_string(m_epochsDone)},
                     {"stepInEpoch", std::to_string(m_stepInEpoch)},
                     {"lossSum", std::to_string(m_lossSum)},
                     {"correct", std::to_string(m_correct)},
                     {"epochSeconds", std::to_string(m_epochSeconds)}};
    m_lastSave = Clock::now();
    return writeSafetensors(file, checkpointFile());
}

Batch Run::batchAt(const std::vector<Plane<float>> &squares, const std::vector<std::size_t> &order, int epoch,
                   std::size_t position, const TrainingStage &stage) const
{
    std::vector<Plane<float>> planes;
    std::vector<std::int64_t> labels;
    for (std::size_t i = position; i < position + static_cast<std::size_t>(stage.batch); ++i) {
        auto random = randomFor(m_plan.recipe.seed, static_cast<std::uint64_t>(epoch), i + 1);
        planes.push_back(augment(squares[order[i]], stage.size, random));
        labels.push_back(m_films.train[order[i]].label);
    }
    return {tensorOf(planes), torch::tensor(labels)};
}

Result<void> Run::epoch(const TrainingStage &stage, int number, const std::stop_token &stop)
{
    // A little larger than the input, so that the augmentation crops without enlarging.
    const int squareSize = std::min(trainingSquare, stage.size * trainingSquare / 224);
    if (m_squaresSize != squareSize) {
        m_squares.clear();
        for (const TrainingFilm &film : m_films.train)
            m_squares.push_back(resized(film.square, squareSize));
        m_squaresSize = squareSize;
    }
    const auto order = drawEpoch(m_films.train, filmsPerEpoch(),
                                 randomFor(m_plan.recipe.seed, static_cast<std::uint64_t>(number), 0));
    const int steps = stepsOf(stage);
    const int all = totalSteps();
    m_network->train();

    const auto batchOf = [&](int step) {
        return batchAt(m_squares, order, number, static_cast<std::size_t>(step * stage.batch), stage);
    };
    auto next = std::async(std::launch::async, batchOf, std::min(m_stepInEpoch, steps - 1));
    auto clock = Clock::now();
    double rate = 0;
    while (m_stepInEpoch < steps) {
        const Batch batch = next.get();
        if (m_stepInEpoch + 1 < steps)
            next = std::async(std::launch::async, batchOf, m_stepInEpoch + 1);
        const torch::Tensor labels = batch.labels.to(m_device);
        rate = learningRateAt(static_cast<double>(m_step) / all, m_plan.recipe.optimiser.peakLearningRate);

        torch::Tensor logits;
        {
            const Autocast autocast(m_plan.recipe.precision, m_plan.cuda);
            logits = m_network->forward(
                batch.input.to(m_device).contiguous(at::MemoryFormat::ChannelsLast)); // [N, classes]
        }
        logits = logits.to(at::kFloat);
        const torch::Tensor loss = torch::nn::functional::cross_entropy(
            logits, labels,
            torch::nn::functional::CrossEntropyFuncOptions().label_smoothing(
                m_plan.recipe.loss.labelSmoothing));
        m_optimiser->zeroGradients();
        loss.backward();
        m_optimiser->step(rate);
        {
            const at::NoGradGuard noGradients;
            // A young average must not cling to its random start.
            const double decay = std::min(m_plan.recipe.averaging.decay, (1.0 + m_step) / (10.0 + m_step));
            auto average = stateOf(*m_average);
            for (const auto &[name, value] : stateOf(*m_network)) {
                if (value.is_floating_point())
                    average[name].lerp_(value, 1 - decay);
                else
                    average[name].copy_(value);
            }
            m_lossSum += torch::nn::functional::cross_entropy(logits, labels).item().toDouble();
            m_correct += (logits.argmax(1) == labels).sum().item().toDouble();
        }
        ++m_step;
        ++m_stepInEpoch;

        if (m_observer.step) {
            const double spent = m_epochSeconds + secondsSince(clock);
            const double speed = m_stepInEpoch * stage.batch / std::max(spent, 1e-3);
            m_observer.step({number, totalEpochs(), m_stepInEpoch, steps, stage.size,
                             static_cast<double>(m_step) / all, m_lossSum / m_stepInEpoch,
                             m_correct / (m_stepInEpoch * stage.batch), rate, speed,
                             (all - m_step) * stage.batch / speed});
        }
        const bool stopping = stop.stop_requested();
        if (stopping || secondsSince(m_lastSave) > m_plan.checkpointSeconds) {
            m_epochSeconds += secondsSince(clock);
            clock = Clock::now();
            if (auto saved = saveCheckpoint(); !saved)
                return saved;
        }
        if (stopping)
            return fail(ErrorCode::Cancelled,
                        "stopped after step " + std::to_string(m_step) + " of " + std::to_string(all)
                            + "; the checkpoint is kept");
    }
    m_epochSeconds += secondsSince(clock);

    clock = Clock::now();
    const Scores scores = evaluate(m_films.validation, stage.size);
    const Quality validation = qualityOf(scores);
    const EpochRecord trained{number,
                              "train",
                              m_lossSum / steps,
                              m_correct / (steps * stage.batch),
                              std::numeric_limits<double>::quiet_NaN(),
                              rate,
                              m_epochSeconds};
    const EpochRecord validated{number,         "validation", validation.loss,    validation.accuracy,
                                validation.auc, rate,         secondsSince(clock)};
    m_history.records.push_back(trained);
    m_history.records.push_back(validated);
    if (m_observer.epoch)
        m_observer.epoch({trained, validated, confusionOf(scores), totalEpochs(), 0});
    m_epochsDone = number;
    m_stepInEpoch = 0;
    m_lossSum = m_correct = m_epochSeconds = 0;
    if (auto written = writeHistory(m_history, m_plan.folder / "history.csv"); !written)
        return written;
    return saveCheckpoint();
}

Scores Run::evaluate(const std::vector<TrainingFilm> &films, int size)
{
    const at::NoGradGuard noGradients;
    m_average->eval();
    Scores scores;
    std::vector<torch::Tensor> parts;
    constexpr std::size_t batch = 16;
    for (std::size_t i = 0; i < films.size(); i += batch) {
        std::vector<Plane<float>> planes;
        for (std::size_t k = i; k < std::min(i + batch, films.size()); ++k) {
            planes.push_back(resized(films[k].square, size));
            standardise(planes.back());
            scores.truth.push_back(films[k].label);
        }
        const torch::Tensor input = tensorOf(planes).to(m_device).contiguous(at::MemoryFormat::ChannelsLast);
        parts.push_back(m_average->forward(input).to(at::kCPU, at::kFloat));
    }
    scores.logits = torch::cat(parts); // [films, classes]
    return scores;
}

Result<TrainingOutcome> Run::finish()
{
    // What is evaluated is what is saved: weights rounded to F16 first.
    const SafetensorsFile weights = weightsOf(*m_average, TensorType::F16);
    const auto weightsFile = m_plan.folder / "weights.safetensors";
    if (auto written = writeSafetensors(weights, weightsFile); !written)
        return tl::unexpected(written.error());
    if (auto loaded = loadWeights(*m_average, weights, weightsFile.string()); !loaded)
        return tl::unexpected(loaded.error());

    const int size = m_plan.recipe.stages.back().size;
    TrainingOutcome outcome;
    outcome.folder = m_plan.folder;
    outcome.history = m_history;
    ModelCard &card = outcome.card;
    card = cardOf(m_plan, m_films, fingerprint());
    const Scores validation = evaluate(m_films.validation, size);
    card.temperature = fitTemperature(validation);
    card.calibrated = true;
    card.operatingPoint = youdenThreshold(validation, card.temperature, 0);
    const auto sum = sha256OfFile(weightsFile);
    if (!sum)
        return tl::unexpected(sum.error());
    card.weightsSha256 = *sum;

    std::vector<HeldOutPrediction> predictions;
    if (!m_films.heldOut.empty()) {
        const Scores scores = evaluate(m_films.heldOut, size);
        const torch::Tensor p = (scores.logits / card.temperature).softmax(1).to(at::kDouble).contiguous();
        const auto table = p.accessor<double, 2>();
        int correct = 0;
        for (std::size_t i = 0; i < m_films.heldOut.size(); ++i) {
            const TrainingFilm &film = m_films.heldOut[i];
            HeldOutPrediction row{film.film,   film.group,
                                  film.fold,   m_plan.recipe.classes[static_cast<std::size_t>(film.label)],
                                  film.source, {}};
            for (std::size_t c = 0; c < m_plan.recipe.classes.size(); ++c)
                row.probabilities.push_back(
                    table[static_cast<std::int64_t>(i)][static_cast<std::int64_t>(c)]);
            const auto best = std::ranges::max_element(row.probabilities) - row.probabilities.begin();
            correct += best == film.label ? 1 : 0;
            predictions.push_back(std::move(row));
        }
        outcome.heldOutAccuracy = static_cast<double>(correct) / static_cast<double>(m_films.heldOut.size());
    }
    if (auto written
        = writePredictions(predictions, m_plan.recipe.classes, m_plan.folder / "predictions.csv");
        !written)
        return tl::unexpected(written.error());
    if (auto written = writeCard(card, m_plan.folder / "card.json"); !written)
        return tl::unexpected(written.error());
    std::error_code code;
    std::filesystem::remove(checkpointFile(), code);
    return outcome;
}

Result<TrainingOutcome> Run::go(const std::stop_token &stop)
{
    std::error_code code;
    std::filesystem::create_directories(m_plan.folder, code);
    if (auto started = start(); !started)
        return tl::unexpected(started.error());
    if (auto resumed = resume(); !resumed)
        return tl::unexpected(resumed.error());
    int number = 0;
    for (const TrainingStage &stage : m_plan.recipe.stages) {
        for (int i = 0; i < stage.epochs; ++i) {
            ++number;
            if (number <= m_epochsDone)
                continue;
            if (auto done = epoch(stage, number, stop); !done)
                return tl::unexpected(done.error());
        }
    }
    return finish();
}

} // namespace

Result<TrainingOutcome> trainNetwork(const TrainingPlan &plan, const TrainingSet &films,
                                     const TrainingObserver &observer, std::stop_token stop)
{
    for (std::size_t c = 0; c < plan.recipe.classes.size(); ++c) {
        if (std::ranges::none_of(films.train,
                                 [&](const TrainingFilm &f) { return f.label == static_cast<int>(c); }))
            return fail(ErrorCode::UsageWrong,
                        "expected training films of every class, found none of " + plan.recipe.classes[c]);
    }
    if (plan.recipe.classes.size() < 2)
        return fail(ErrorCode::UsageWrong,
                    "expected at least two classes, found " + std::to_string(plan.recipe.classes.size()));
    const int drawn
        = plan.recipe.filmsPerEpoch > 0 ? plan.recipe.filmsPerEpoch : static_cast<int>(films.train.size());
    for (const TrainingStage &stage : plan.recipe.stages) {
        if (stage.batch < 1 || drawn < stage.batch)
            return fail(ErrorCode::UsageWrong,
                        "expected a batch of 1 to " + std::to_string(drawn)
                            + " films, as many as an epoch draws, found " + std::to_string(stage.batch));
    }
    if (films.validation.empty() || plan.recipe.stages.empty())
        return fail(ErrorCode::UsageWrong, "expected validation films and at least one stage, found none");
    return guardTorch([&]() -> Result<TrainingOutcome> {
        if (plan.cuda && !torch::cuda::is_available())
            return fail(ErrorCode::DeviceUnavailable, "expected a CUDA device, found none");
        if (plan.threads > 0)
            at::set_num_threads(plan.threads);
        return Run(plan, films, observer).go(stop);
    });
}

} // namespace hilum
