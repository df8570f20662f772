// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Run: one training from its first step, or from its checkpoint, to the package.
//
// Setup.cpp begins, Run.cpp steps, Checkpoint.cpp keeps and finds again what a run has done, Finish.cpp
// writes the package. Everything that a step changes is in the checkpoint, and everything random comes from
// the recipe's seed and the step's number: stopped anywhere and started again, a run gives the same weights
// bit for bit.
//
// Threads: the training thread.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/nn/Safetensors.h"
#include "core/train/BatchLoader.h"
#include "core/train/Optimiser.h"
#include "core/train/Peers.h"
#include "core/train/Scoring.h"
#include "core/train/SourceAdversary.h"
#include "core/train/Teachers.h"
#include "core/train/WeightAverage.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <stop_token>

namespace hilum {

class Run {
public:
    Run(const TrainingPlan &plan, const TrainingSet &films, const TrainingObserver &observer, Peers peers);

    [[nodiscard]] Result<TrainingOutcome> go(const std::stop_token &stop);

private:
    using Clock = std::chrono::steady_clock;

    // Setup.cpp
    Result<void> start();
    Result<NetworkPtr> makeOne() const;
    Result<void> startFromInit();
    bool isFrozen(const std::string &name) const;
    Result<void> freeze();
    bool canCacheFeatures() const;
    void cacheFeatures();
    torch::Tensor featuresOf(const std::vector<TrainingFilm> &films, int size) const;
    void enterTraining();

    // Run.cpp
    Result<void> epoch(const TrainingStage &stage, int number, const std::stop_token &stop);
    Result<bool> step(const Batch &batch, double learningRate, bool stop); // true: some process stops
    Batch batchAt(const std::vector<std::size_t> &order, int epoch, int step,
                  const TrainingStage &stage) const;
    void prepareSquares(int size);
    Result<void> closeEpoch(const TrainingStage &stage, int number);
    torch::Tensor inputOf(const std::vector<TrainingFilm> &films, std::size_t from, std::size_t to,
                          int size) const;
    Scores evaluate(Network &network, const std::vector<TrainingFilm> &films, int size) const;
    void note(const std::string &message) const;
    void report(const TrainingStage &stage, int number, double rate);
    double secondsLeft() const;

    int filmsPerEpoch() const;
    int batchOf(const TrainingStage &stage) const;
    int stepsOf(const TrainingStage &stage) const
    {
        return std::max(1, filmsPerEpoch() / (batchOf(stage) * m_peers.size()));
    }
    int totalSteps() const;
    double rateAt(const TrainingStage &stage, int step) const; // the learning rate
    int totalEpochs() const;

    // Checkpoint.cpp
    std::string fingerprint() const; // what must be the same for a checkpoint to be continued
    std::filesystem::path checkpointFile() const { return m_plan.folder / "checkpoint.safetensors"; }
    std::filesystem::path bestFile() const { return m_plan.folder / "best.safetensors"; }
    Result<void> openFolder() const; // what can't be written is said before hours of training
    Result<void> resume();
    Result<void> readCheckpoint();
    Result<void> lookForFinished(); // a network is never overwritten
    void shareState(); // what the first process has, all have
    Result<void> saveCheckpoint(const std::filesystem::path &file);
    Result<void> keepBest(const TrainingStage &stage, int number, const Quality &validation);

    // Finish.cpp
    Result<TrainingOutcome> finish(const std::stop_token &stop);
    Result<void> selectWeights(); // rounded as they will be saved
    Result<void> shiftHead(); // class offsets of the validation films go into the head's bias
    Result<void> roundWeights();
    ModelCard cardOf(const Scores &validation) const;
    Result<std::vector<HeldOutPrediction>> predictHeldOut(double temperature, int size) const;
    double accuracyOf(const std::vector<HeldOutPrediction> &predictions) const; // NaN of none
    std::string recipeText(const std::string &chosen) const; // "the last epoch"
    std::string recipeStart() const; // what of it is known before the training
    std::string partsText() const; // how many films train, validate and are held out
    Result<void> keepEpoch(const TrainingStage &stage, int number, const Scores &validation) const;

    const TrainingPlan &m_plan;
    const Recipe &m_recipe;
    const TrainingSet &m_films;
    const TrainingObserver &m_observer;
    Peers m_peers;
    torch::Device m_device;
    std::vector<std::string> m_sources; // of the training films, sorted
    std::string m_filmsHash;
    std::string m_initHash; // of the weights that it starts from
    NetworkPtr m_network;
    WeightAverage m_average;
    std::shared_ptr<SourceAdversary> m_adversary;
    Teachers m_teachers;
    std::optional<Optimiser> m_optimiser;
    TrainingHistory m_history;

    int m_step = 0; // done, over all epochs
    int m_epochsDone = 0;
    int m_stepInEpoch = 0; // done in the epoch that runs
    double m_lossSum = 0;
    double m_correct = 0;
    double m_epochSeconds = 0; // spent on the running epoch before a resume
    int m_bestEpoch = 0;
    std::vector<double> m_offsets; // of the classes, put into the head's bias; empty: none were
    double m_bestScore = 0; // the larger the better

    // Where nothing before the head trains or changes: the activations of all films, made once.
    torch::Tensor m_trainFeatures;
    torch::Tensor m_validationFeatures;
    bool m_isFinishing = false;
    std::optional<TrainingOutcome> m_finished; // by an earlier process
    int m_squaresSize = 0;
    std::vector<Plane<std::uint8_t>> m_squares; // of the training films, for the running stage
    Clock::time_point m_lastSave = Clock::now();
    double m_secondsAFilm = 0; // moving average, at the running size
    double m_workDone = 0; // films x pixels since this process began, and the seconds that they took
    double m_workSeconds = 0;
};

} // namespace hilum
