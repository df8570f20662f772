// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TrainingPlan: a recipe and where to run it; with the films it decides a training run.
//
// Observers are told of every step, every epoch and the end. `hilum-cli train --json` writes what they are
// told as one JSON object a line on stdout, flushed:
//
//     {"event":"start","recipe","architecture","classes":[...],"device","folder","films":{"train","validation",
//      "heldOut"},"epochs","steps","size","resumedAtStep"}
//     {"event":"step","epoch","epochs","step","stepsInEpoch","size","fraction","loss","accuracy",
//      "learningRate","filmsPerSecond","secondsLeft"}
//     {"event":"epoch","epoch","epochs","learningRate","seconds","secondsLeft",
//      "train":{"loss","accuracy"},"validation":{"loss","accuracy","auc"},
//      "confusion":[[counts of validation films, truth on the rows]],"classes":[...]}
//     {"event":"note","message"}
//     {"event":"done","folder","id","heldOutAccuracy","heldOutFilms","temperature","selectedEpoch"}
//     {"event":"error","code","message"}; code "cancelled" after Ctrl+C: the checkpoint is kept
//
// A number that there is not (auc of a class without films, held-out accuracy without such films) is null.
// `step` events come at most five a second; all others always.
//
// Units:   fraction, loss and accuracy as in TrainingHistory; secondsLeft of the whole run.
// Errors:  values.
// Threads: values; observer callbacks come on the training thread.
#pragma once

#include "core/base/Result.h"
#include "core/film/Plane.h"
#include "core/metrics/ConfusionMatrix.h"
#include "core/metrics/TrainingHistory.h"
#include "core/nn/ModelPackage.h"
#include "core/train/Recipe.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace hilum {

struct TrainingPlan {
    Recipe recipe; // its classes are named and its stages not empty
    std::string id; // of the package that comes out; the recipe's name, else the architecture, when empty
    std::filesystem::path folder; // checkpoint, history and package are written here
    bool cuda = false;
    int threads = 0;
    int checkpointSeconds = 120;
    int keepEpochs = 0; // every so many epochs the checkpoint is also kept as epoch-N.safetensors; 0: none
    bool fitsBand = true; // at the end, where there are validation films enough: nine readings of each
};

// One film as the trainer keeps it, bone high, not yet standardised. Training films have a square of
// trainingSquare pixels, room for cropping; validation and held-out films have the grey of the last stage's
// size, as a film that is read gets it, or else a square too (prepared sets).
struct TrainingFilm {
    Plane<std::uint8_t> square{}; // 0 black to 255 white
    Plane<float> grey{}; // 0 black to 1 white
    int label = 0;
    std::string film{};
    std::string group{};
    std::string source{};
    int fold = -1;
    std::vector<float> soft{}; // probabilities in class order; empty where nobody gave them
};

inline constexpr int trainingSquare = 256;

// A film's square as a TrainingFilm keeps it.
[[nodiscard]] Plane<std::uint8_t> squareGrey(const ModelInput &square);
[[nodiscard]] Plane<float> unitGrey(const ModelInput &square); // not held between 0 and 1

struct TrainingSet {
    std::vector<TrainingFilm> train;
    std::vector<TrainingFilm> validation;
    std::vector<TrainingFilm> heldOut;
};

struct TrainingStart {
    int epochs = 0;
    int steps = 0;
    int resumedAtStep = 0;
};

struct StepReport {
    int epoch = 0; // from 1
    int epochs = 0;
    int step = 0; // done in this epoch
    int stepsInEpoch = 0;
    int size = 0; // of the input
    double fraction = 0; // of all steps
    double loss = 0; // mean over this epoch so far
    double accuracy = 0;
    double learningRate = 0;
    double filmsPerSecond = 0;
    double secondsLeft = 0;
};

struct EpochReport {
    EpochRecord train;
    EpochRecord validation;
    ConfusionMatrix confusion; // of the validation films
    int epochs = 0;
    double secondsLeft = 0;
};

struct TrainingObserver {
    std::function<void(const TrainingStart &)> start;
    std::function<void(const StepReport &)> step;
    std::function<void(const EpochReport &)> epoch;
    std::function<void(const std::string &message)> note;
};

struct TrainingOutcome {
    std::filesystem::path folder; // a complete model package
    ModelCard card;
    TrainingHistory history;
    int selectedEpoch = 0; // whose weights were saved
    double heldOutAccuracy = 0; // NaN without held-out films
};

} // namespace hilum
