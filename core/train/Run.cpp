// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/Run.h"

#include "core/base/Sha256.h"
#include "core/train/Augment.h"
#include "core/train/Autocast.h"
#include "core/train/Sampling.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
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

// FNV-1a, eight bytes at a time: that pixels are the same is asked of thousands of films at every start.
std::uint64_t digest(std::span<const std::uint8_t> bytes)
{
    std::uint64_t sum = 0xcbf29ce484222325U;
    for (std::size_t i = 0; i < bytes.size(); i += sizeof sum) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + i, std::min(sizeof word, bytes.size() - i));
        sum = (sum ^ word) * 0x100000001b3U;
    }
    return sum;
}

// What of a film must be the same for a run to go on. Greys of validation films count by their size alone:
// their last bits may be others on another machine.
std::string traitsOf(const TrainingFilm &film)
{
    return film.film + '\n' + std::to_string(film.label) + ' ' + std::to_string(film.square.width()) + ' '
        + std::to_string(film.grey.width()) + ' ' + std::to_string(digest(film.square.samples())) + '\n';
}

// Which of a machine's CUDA devices is this process's, as torchrun says it.
c10::DeviceIndex localDevice()
{
    const char *rank = std::getenv("LOCAL_RANK");
    return static_cast<c10::DeviceIndex>(rank == nullptr ? 0 : std::atoi(rank));
}

} // namespace

Run::Run(const TrainingPlan &plan, const TrainingSet &films, const TrainingObserver &observer, Peers peers)
    : m_plan(plan)
    , m_recipe(plan.recipe)
    , m_films(films)
    , m_observer(observer)
    , m_peers(std::move(peers))
    , m_device(plan.cuda ? torch::Device(at::kCUDA, localDevice()) : torch::Device(at::kCPU))
{
    std::set<std::string> sources;
    for (const TrainingFilm &film : films.train)
        sources.insert(film.source);
    m_sources.assign(sources.begin(), sources.end());
    std::string traits;
    for (const auto *part : {&films.train, &films.validation, &films.heldOut}) {
        traits += std::to_string(part->size()) + " films\n";
        for (const TrainingFilm &film : *part)
            traits += traitsOf(film);
    }
    m_filmsHash = sha256(std::as_bytes(std::span(traits)));
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

double Run::rateAt(const TrainingStage &stage, int step) const
{
    int before = 0;
    int cycle = totalSteps();
    if (m_recipe.optimiser.cycle == Cycle::Stage) {
        for (const TrainingStage &earlier : m_recipe.stages) {
            if (&earlier == &stage)
                break;
            before += earlier.epochs * stepsOf(earlier);
        }
        cycle = stage.epochs * stepsOf(stage);
    }
    const double peak = stage.learningRate > 0 ? stage.learningRate : m_recipe.optimiser.peakLearningRate;
    return learningRateAt(m_recipe.optimiser, peak, static_cast<double>(step - before) / cycle, step);
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
    const auto share = static_cast<std::size_t>(step * m_peers.size() + m_peers.rank());
    const std::size_t position = share * count;
    std::vector<Plane<float>> planes;
    std::vector<const TrainingFilm *> films;
    std::vector<std::int64_t> rows;
    for (std::size_t i = position; i < position + count; ++i) {
        const std::size_t film = order[i % order.size()];
        films.push_back(&m_films.train[film]);
        rows.push_back(static_cast<std::int64_t>(film));
        if (m_trainFeatures.defined())
            continue;
        auto random = randomFor(m_recipe.seed, static_cast<std::uint64_t>(epoch), i + 1);
        planes.push_back(
            plain ? plainInput(*films.back(), stage.size, m_recipe.input)
                  : augment(m_squares[order[i]], stage.size, m_recipe.augmentation, m_recipe.input, random));
    }
    Batch batch = labelled(films, m_recipe, m_sources);
    if (m_trainFeatures.defined()) {
        batch.input = m_trainFeatures.index_select(0, at::tensor(rows).to(m_device));
        return batch;
    }
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

Result<bool> Run::step(const Batch &given, double learningRate, bool stop)
{
    // Dropout's dice depend on the step (and the process) alone.
    torch::manual_seed(m_recipe.seed + 0x9E3779B97F4A7C15U * static_cast<std::uint64_t>(m_step + 1)
                       + static_cast<std::uint64_t>(m_peers.rank()));
    const auto moved = [&](const torch::Tensor &tensor) { return tensor.to(m_device, m_plan.cuda); };
    const Batch batch{moved(given.input).contiguous(at::MemoryFormat::ChannelsLast), moved(given.targets),
                      moved(given.weights), moved(given.labels), moved(given.sources)};
    torch::Tensor activation;
    torch::Tensor logits; // [N, classes]
    {
        const Autocast autocast(m_recipe.precision, m_plan.cuda);
        activation = m_trainFeatures.defined() ? batch.input : m_network->features(batch.input);
        logits = m_network->head(activation);
    }
    logits = logits.to(at::kFloat);
    torch::Tensor loss = lossOf(logits, batch);
    if (!m_teachers.empty())
        loss = taughtLoss(loss, logits, m_teachers.say(batch.input), m_recipe.loss);
    if (m_adversary)
        loss = loss + at::cross_entropy_loss(m_adversary->forward(activation, batch.labels), batch.sources);
    m_optimiser->zeroGradients();
    loss.backward();
    const bool stops = m_peers.average(m_optimiser->gradients(), stop);
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
    return stops;
}

Result<void> Run::epoch(const TrainingStage &stage, int number, const std::stop_token &stop)
{
    if (!m_trainFeatures.defined())
        prepareSquares(stage.size);
    const auto order = drawEpoch(m_films.train, filmsPerEpoch(), m_recipe.sampling,
                                 randomFor(m_recipe.seed, static_cast<std::uint64_t>(number), 0));
    const int steps = stepsOf(stage);
    const int all = totalSteps();
    const int workers
        = m_plan.cuda ? std::max(1, static_cast<int>(std::thread::hardware_concurrency()) - 1) : 1;
    BatchLoader loader([&](int step) { return batchAt(order, number, step, stage); }, m_stepInEpoch, steps,
                       workers);
    enterTraining();
    while (m_stepInEpoch < steps) {
        const auto clock = Clock::now();
        const Batch batch = loader.next();
        const double rate = rateAt(stage, m_step);
        const auto stopping = step(batch, rate, stop.stop_requested());
        if (!stopping)
            return tl::unexpected(stopping.error());
        const double spent = secondsSince(clock);
        m_epochSeconds += spent;
        m_workSeconds += spent;
        m_workDone += static_cast<double>(batchOf(stage)) * stage.size * stage.size;
        const double each = spent / batchOf(stage);
        m_secondsAFilm = m_secondsAFilm > 0 ? std::lerp(m_secondsAFilm, each, 0.1) : each;
        report(stage, number, rate);
        if (*stopping || secondsSince(m_lastSave) >= m_plan.checkpointSeconds) {
            if (auto saved = saveCheckpoint(checkpointFile()); !saved)
                return saved;
        }
        if (*stopping)
            return fail(ErrorCode::Cancelled,
                        "stopped after step " + std::to_string(m_step) + " of " + std::to_string(all)
                            + "; the checkpoint is kept");
    }
    return closeEpoch(stage, number);
}

Result<void> Run::closeEpoch(const TrainingStage &stage, int number)
{
    const auto clock = Clock::now();
    const double rate = rateAt(stage, m_step - 1); // the last step's, which an earlier process may have done
    Scores scores;
    if (m_peers.isFirst()) // the others wait with their next gradients
        scores = evaluate(m_average.network(), m_films.validation, stage.size);
    else
        scores.logits = at::zeros({0, static_cast<std::int64_t>(m_recipe.classes.size())});
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
    // Before the checkpoint says that the epoch is done: killed in between, it is done and kept again.
    const double sinceSave = secondsSince(m_lastSave);
    if (m_plan.keepEpochs > 0 && number % m_plan.keepEpochs == 0) {
        if (auto saved = saveCheckpoint(m_plan.folder / ("epoch-" + std::to_string(number) + ".safetensors"));
            !saved)
            return saved;
        if (auto kept = keepEpoch(stage, number, scores); !kept)
            return kept;
    }
    // Short epochs need no checkpoint each: whatever is lost is done again to the same result.
    constexpr double leastSeconds = 5;
    if (number == totalEpochs() || sinceSave > leastSeconds) {
        if (auto saved = saveCheckpoint(checkpointFile()); !saved)
            return saved;
    }
    if (m_observer.epoch)
        m_observer.epoch({trained, validated, confusionOf(scores, static_cast<int>(m_recipe.classes.size())),
                          totalEpochs(), secondsLeft()});
    return m_peers.isFirst() ? writeHistory(m_history, m_plan.folder / "history.csv") : Result<void>();
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

torch::Tensor Run::inputOf(const std::vector<TrainingFilm> &films, std::size_t from, std::size_t to,
                           int size) const
{
    std::vector<Plane<float>> planes;
    for (std::size_t i = from; i < to; ++i)
        planes.push_back(plainInput(films[i], size, m_recipe.input));
    return tensorOf(planes).to(m_device).contiguous(at::MemoryFormat::ChannelsLast); // [N, 1, S, S]
}

Scores Run::evaluate(Network &network, const std::vector<TrainingFilm> &films, int size) const
{
    const at::NoGradGuard noGradients;
    network.eval();
    Scores scores;
    std::vector<torch::Tensor> parts;
    constexpr std::size_t batch = 16;
    for (std::size_t i = 0; i < films.size(); i += batch) {
        const std::size_t end = std::min(i + batch, films.size());
        for (std::size_t k = i; k < end; ++k)
            scores.truth.push_back(films[k].label);
        // Its own weights only: what is saved is rounded and reads films again.
        const bool cached = m_validationFeatures.defined() && &films == &m_films.validation && !m_isFinishing;
        const torch::Tensor logits = cached ? network.head(m_validationFeatures.narrow(
                                         0, static_cast<std::int64_t>(i), static_cast<std::int64_t>(end - i)))
                                            : network.forward(inputOf(films, i, end, size));
        parts.push_back(logits.to(at::kCPU, at::kFloat));
    }
    scores.logits = parts.empty() ? at::zeros({0, static_cast<std::int64_t>(m_recipe.classes.size())})
                                  : at::cat(parts); // [films, classes]
    return scores;
}

Result<TrainingOutcome> Run::go(const std::stop_token &stop)
{
    if (auto opened = openFolder(); !opened)
        return tl::unexpected(opened.error());
    if (auto started = start(); !started)
        return tl::unexpected(started.error());
    if (auto resumed = resume(); !resumed)
        return tl::unexpected(resumed.error());
    if (m_finished)
        return *m_finished;
    if (m_epochsDone < totalEpochs())
        cacheFeatures();
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
    m_isFinishing = true;
    if (m_peers.isFirst())
        return finish(stop);
    return TrainingOutcome{m_plan.folder, {}, m_history, 0, std::numeric_limits<double>::quiet_NaN()};
}

} // namespace hilum
