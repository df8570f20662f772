// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Run.h"

#include "core/base/Sha256.h"
#include "core/nn/Weights.h"
#include "core/train/Augment.h"
#include "core/train/Autocast.h"
#include "core/train/InitWeights.h"
#include "core/train/Sampling.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <torch/utils.h>

namespace hilum {

namespace {

constexpr double evaluationCost = 0.35; // of a film's training, for the time that is left

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

bool startsWithAny(const std::string &name, const std::vector<std::string> &beginnings)
{
    return std::ranges::any_of(beginnings, [&](const std::string &start) { return name.starts_with(start); });
}

} // namespace

Run::Run(const TrainingPlan &plan, const TrainingSet &films, const TrainingObserver &observer)
    : m_plan(plan)
    , m_recipe(plan.recipe)
    , m_films(films)
    , m_observer(observer)
    , m_device(plan.cuda ? torch::Device("cuda:0") : torch::Device("cpu"))
{
    std::set<std::string> sources;
    std::string names;
    for (const TrainingFilm &film : films.train) {
        sources.insert(film.source);
        names += film.film + '\n' + std::to_string(film.label) + '\n';
    }
    m_sources.assign(sources.begin(), sources.end());
    m_filmsHash = sha256(std::as_bytes(std::span(names)));
}

int Run::filmsPerEpoch() const
{
    return m_recipe.filmsPerEpoch > 0 ? m_recipe.filmsPerEpoch : static_cast<int>(m_films.train.size());
}

int Run::batchOf(const TrainingStage &stage) const { return std::min(stage.batch, filmsPerEpoch()); }

int Run::totalSteps() const
{
    int steps = 0;
    for (const TrainingStage &stage : m_recipe.stages)
        steps += stage.epochs * stepsOf(stage);
    return steps;
}

int Run::totalEpochs() const
{
    int epochs = 0;
    for (const TrainingStage &stage : m_recipe.stages)
        epochs += stage.epochs;
    return epochs;
}

void Run::note(const std::string &message) const
{
    if (m_observer.note)
        m_observer.note(message);
}

Result<NetworkPtr> Run::makeOne() const
{
    NetworkOptions options{.inputSize = m_recipe.input.size};
    if (m_recipe.dropout >= 0)
        options.dropout = m_recipe.dropout;
    auto network = makeNetwork(m_recipe.architecture, static_cast<int>(m_recipe.classes.size()), options);
    if (!network)
        return network;
    (*network)->to(m_device);
    // Convolutions on the CPU are a third faster with channels last.
    for (auto &parameter : (*network)->parameters()) {
        if (parameter.dim() == 4)
            parameter.set_data(parameter.contiguous(at::MemoryFormat::ChannelsLast));
    }
    return network;
}

Result<void> Run::start()
{
    torch::manual_seed(m_recipe.seed);
    auto network = makeOne();
    if (!network)
        return tl::unexpected(network.error());
    m_network = *network;
    if (const auto begun = startFromInit(); !begun)
        return begun;
    freeze();
    m_optimiser.emplace(m_recipe.optimiser);
    m_optimiser->watch(*m_network, "");
    if (m_recipe.loss.sourceAdversary > 0 && m_sources.size() > 1) {
        const at::NoGradGuard noGradients;
        m_network->eval();
        const int size = m_recipe.stages.front().size;
        const auto channels = m_network->features(at::zeros({1, 1, size, size}, m_device)).size(1);
        m_adversary = std::make_shared<SourceAdversary>(
            static_cast<int>(channels), static_cast<int>(m_recipe.classes.size()),
            static_cast<int>(m_sources.size()), m_recipe.loss.sourceAdversary);
        m_adversary->to(m_device);
        m_optimiser->watch(*m_adversary, "adversary.");
    }
    auto twin = m_recipe.averaging.kind == Averaging::None ? network : makeOne();
    if (!twin)
        return tl::unexpected(twin.error());
    m_average = WeightAverage(m_recipe.averaging, m_network, *twin, totalSteps());
    return {};
}

Result<void> Run::startFromInit()
{
    if (m_recipe.init.empty())
        return {};
    const auto file = initWeightsFile(m_recipe.init);
    if (!file)
        return tl::unexpected(file.error());
    const auto hash = sha256OfFile(*file);
    if (!hash)
        return tl::unexpected(hash.error());
    m_initHash = *hash;
    auto weights = readSafetensors(*file);
    if (!weights)
        return tl::unexpected(weights.error());
    if (m_recipe.initScope == InitScope::Features)
        std::erase_if(weights->arrays, [&](const auto &item) { return m_network->isOfHead(item.first); });
    const auto left = startFrom(*m_network, *weights, file->string());
    if (!left)
        return tl::unexpected(left.error());
    note("started from " + file->string() + (left->empty() ? "" : "; the classifier is new"));
    return {};
}

// "features" is all but the head, whatever an architecture calls its parts.
bool Run::isFrozen(const std::string &name) const
{
    return startsWithAny(name, m_recipe.frozen)
        || (std::ranges::find(m_recipe.frozen, "features") != m_recipe.frozen.end()
            && !m_network->isOfHead(name));
}

void Run::freeze()
{
    if (m_recipe.frozen.empty())
        return;
    std::size_t frozen = 0;
    for (auto &item : m_network->named_parameters()) {
        if (!isFrozen(item.key()))
            continue;
        item.value().set_requires_grad(false);
        ++frozen;
    }
    if (frozen == 0)
        note("no parameter's name begins as one of those that the recipe freezes");
}

// Frozen layers keep their batch statistics, too.
void Run::enterTraining()
{
    m_network->train();
    for (const auto &item : m_network->named_modules("", false)) {
        if (isFrozen(item.key() + '.'))
            item.value()->eval();
    }
}

void Run::prepareSquares(int size)
{
    // A little larger than the input, so that the augmentation crops without enlarging.
    const int wanted = size * trainingSquare / 224;
    if (m_squaresSize == wanted)
        return;
    m_squares.clear();
    for (const TrainingFilm &film : m_films.train)
        m_squares.push_back(wanted < film.square.width() ? resized(film.square, wanted) : film.square);
    m_squaresSize = wanted;
}

Batch Run::batchAt(const std::vector<std::size_t> &order, int epoch, int step,
                   const TrainingStage &stage) const
{
    const bool plain = m_recipe.augmentation == noAugmentation();
    const auto count = static_cast<std::size_t>(batchOf(stage));
    const std::size_t position = static_cast<std::size_t>(step) * count;
    std::vector<Plane<float>> planes;
    std::vector<const TrainingFilm *> films;
    for (std::size_t i = position; i < position + count; ++i) {
        films.push_back(&m_films.train[order[i]]);
        auto random = randomFor(m_recipe.seed, static_cast<std::uint64_t>(epoch), i + 1);
        planes.push_back(
            plain ? plainInput(*films.back(), stage.size, m_recipe.input)
                  : augment(m_squares[order[i]], stage.size, m_recipe.augmentation, m_recipe.input, random));
    }
    Batch batch = labelled(films, m_recipe, m_sources);
    batch.input = tensorOf(planes);
    constexpr std::uint64_t mixing = std::uint64_t(1) << 40U; // dice of its own, beside the films'
    auto random = randomFor(m_recipe.seed, static_cast<std::uint64_t>(epoch), mixing + position);
    mix(batch, m_recipe.augmentation, random);
    if (m_plan.cuda) {
        for (torch::Tensor *tensor :
             {&batch.input, &batch.targets, &batch.weights, &batch.labels, &batch.sources})
            *tensor = tensor->pin_memory();
    }
    return batch;
}

Result<void> Run::step(const Batch &given, double learningRate)
{
    // Dropout's dice depend on the step alone.
    torch::manual_seed(m_recipe.seed + 0x9E3779B97F4A7C15U * static_cast<std::uint64_t>(m_step + 1));
    const auto moved = [&](const torch::Tensor &tensor) { return tensor.to(m_device, m_plan.cuda); };
    const Batch batch{moved(given.input).contiguous(at::MemoryFormat::ChannelsLast), moved(given.targets),
                      moved(given.weights), moved(given.labels), moved(given.sources)};
    torch::Tensor activation;
    torch::Tensor logits; // [N, classes]
    {
        const Autocast autocast(m_recipe.precision, m_plan.cuda);
        activation = m_network->features(batch.input);
        logits = m_network->head(activation);
    }
    logits = logits.to(at::kFloat);
    torch::Tensor loss = lossOf(logits, batch);
    if (m_adversary)
        loss = loss + at::cross_entropy_loss(m_adversary->forward(activation, batch.labels), batch.sources);
    m_optimiser->zeroGradients();
    loss.backward();
    if (m_recipe.optimiser.clip > 0)
        m_optimiser->clip(m_recipe.optimiser.clip);
    m_optimiser->step(learningRate);
    m_average.update(m_step);

    const at::NoGradGuard noGradients;
    const double plainLoss = at::cross_entropy_loss(logits, batch.labels).item().toDouble();
    if (!std::isfinite(plainLoss))
        return fail(ErrorCode::Internal,
                    "step " + std::to_string(m_step + 1)
                        + ": the loss is no longer a number; a smaller learning rate may help");
    m_lossSum += plainLoss;
    m_correct += (logits.argmax(1) == batch.labels).sum().item().toDouble();
    ++m_step;
    ++m_stepInEpoch;
    return {};
}

Result<void> Run::epoch(const TrainingStage &stage, int number, const std::stop_token &stop)
{
    prepareSquares(stage.size);
    const auto order = drawEpoch(m_films.train, filmsPerEpoch(), m_recipe.sampling,
                                 randomFor(m_recipe.seed, static_cast<std::uint64_t>(number), 0));
    const int steps = stepsOf(stage);
    const int all = totalSteps();
    const double peak = stage.learningRate > 0 ? stage.learningRate : m_recipe.optimiser.peakLearningRate;
    const int workers
        = m_plan.cuda ? std::max(1, static_cast<int>(std::thread::hardware_concurrency()) - 1) : 1;
    BatchLoader loader([&](int step) { return batchAt(order, number, step, stage); }, m_stepInEpoch, steps,
                       workers);
    enterTraining();
    double rate = 0;
    while (m_stepInEpoch < steps) {
        const auto clock = Clock::now();
        const Batch batch = loader.next();
        rate = learningRateAt(m_recipe.optimiser, peak, static_cast<double>(m_step) / all, m_step);
        if (const auto done = step(batch, rate); !done)
            return done;
        const double spent = secondsSince(clock);
        m_epochSeconds += spent;
        m_workSeconds += spent;
        m_workDone += static_cast<double>(batchOf(stage)) * stage.size * stage.size;
        const double each = spent / batchOf(stage);
        m_secondsAFilm = m_secondsAFilm > 0 ? std::lerp(m_secondsAFilm, each, 0.1) : each;
        report(stage, number, rate);
        const bool stopping = stop.stop_requested();
        if (stopping || secondsSince(m_lastSave) > m_plan.checkpointSeconds) {
            if (auto saved = saveCheckpoint(checkpointFile()); !saved)
                return saved;
        }
        if (stopping)
            return fail(ErrorCode::Cancelled,
                        "stopped after step " + std::to_string(m_step) + " of " + std::to_string(all)
                            + "; the checkpoint is kept");
    }
    return closeEpoch(stage, number, rate);
}

Result<void> Run::closeEpoch(const TrainingStage &stage, int number, double rate)
{
    const auto clock = Clock::now();
    const Scores scores = evaluate(m_average.network(), m_films.validation, stage.size);
    const Quality validation = qualityOf(scores);
    const double seconds = secondsSince(clock);
    m_workSeconds += seconds;
    m_workDone += evaluationCost * static_cast<double>(m_films.validation.size()) * stage.size * stage.size;
    const int steps = stepsOf(stage);
    const EpochRecord trained{number,
                              "train",
                              m_lossSum / steps,
                              m_correct / (steps * batchOf(stage)),
                              std::numeric_limits<double>::quiet_NaN(),
                              rate,
                              m_epochSeconds};
    const EpochRecord validated{number,         "validation", validation.loss, validation.accuracy,
                                validation.auc, rate,         seconds};
    m_history.records.push_back(trained);
    if (!m_films.validation.empty())
        m_history.records.push_back(validated);
    if (const auto kept = keepBest(stage, number, validation); !kept)
        return kept;
    m_epochsDone = number;
    m_stepInEpoch = 0;
    m_lossSum = m_correct = m_epochSeconds = 0;
    if (auto saved = saveCheckpoint(checkpointFile()); !saved)
        return saved;
    if (m_plan.keepEpochs > 0 && number % m_plan.keepEpochs == 0) {
        if (auto saved = saveCheckpoint(m_plan.folder / ("epoch-" + std::to_string(number) + ".safetensors"));
            !saved)
            return saved;
    }
    if (m_observer.epoch)
        m_observer.epoch({trained, validated, confusionOf(scores, static_cast<int>(m_recipe.classes.size())),
                          totalEpochs(), secondsLeft()});
    return writeHistory(m_history, m_plan.folder / "history.csv");
}

void Run::report(const TrainingStage &stage, int number, double rate)
{
    if (!m_observer.step)
        return;
    m_observer.step({number, totalEpochs(), m_stepInEpoch, stepsOf(stage), stage.size,
                     static_cast<double>(m_step) / totalSteps(), m_lossSum / m_stepInEpoch,
                     m_correct / (static_cast<double>(m_stepInEpoch) * batchOf(stage)), rate,
                     m_secondsAFilm > 0 ? 1 / m_secondsAFilm : 0, secondsLeft()});
}

// By pixels: a film twice as wide takes four times as long.
double Run::secondsLeft() const
{
    double left = 0;
    int before = 0;
    int stepsBefore = 0;
    for (const TrainingStage &stage : m_recipe.stages) {
        const double pixels = static_cast<double>(stage.size) * stage.size;
        const int steps = stage.epochs * stepsOf(stage);
        const int stepsDone = std::clamp(m_step - stepsBefore, 0, steps);
        const int epochsDone = std::clamp(m_epochsDone - before, 0, stage.epochs);
        left += pixels * (steps - stepsDone) * batchOf(stage);
        left += pixels * (stage.epochs - epochsDone) * evaluationCost
            * static_cast<double>(m_films.validation.size());
        before += stage.epochs;
        stepsBefore += steps;
    }
    return m_workDone > 0 ? left / m_workDone * m_workSeconds : 0;
}

Scores Run::evaluate(Network &network, const std::vector<TrainingFilm> &films, int size) const
{
    const at::NoGradGuard noGradients;
    network.eval();
    Scores scores;
    std::vector<torch::Tensor> parts;
    constexpr std::size_t batch = 16;
    for (std::size_t i = 0; i < films.size(); i += batch) {
        std::vector<Plane<float>> planes;
        for (std::size_t k = i; k < std::min(i + batch, films.size()); ++k) {
            planes.push_back(plainInput(films[k], size, m_recipe.input));
            scores.truth.push_back(films[k].label);
        }
        const torch::Tensor input = tensorOf(planes).to(m_device).contiguous(at::MemoryFormat::ChannelsLast);
        parts.push_back(network.forward(input).to(at::kCPU, at::kFloat));
    }
    scores.logits = parts.empty() ? at::zeros({0, static_cast<std::int64_t>(m_recipe.classes.size())})
                                  : at::cat(parts); // [films, classes]
    return scores;
}

Result<TrainingOutcome> Run::go(const std::stop_token &stop)
{
    std::error_code code;
    std::filesystem::create_directories(m_plan.folder, code);
    if (auto started = start(); !started)
        return tl::unexpected(started.error());
    if (auto resumed = resume(); !resumed)
        return tl::unexpected(resumed.error());
    if (m_observer.start)
        m_observer.start({totalEpochs(), totalSteps(), m_step});
    int number = 0;
    for (const TrainingStage &stage : m_recipe.stages) {
        m_secondsAFilm = 0;
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

} // namespace hilum
