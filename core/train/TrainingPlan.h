// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// TrainingPlan: everything that decides a training run; with the films and a device it decides
// the result.
//
// Units:   fractions 0 to 1, learning rates per step.
// Errors:  readPlan: UsageWrong naming the key.
// Threads: values; observer callbacks come on the training thread.
#pragma once

#include "core/base/Result.h"
#include "core/film/Plane.h"
#include "core/metrics/TrainingHistory.h"
#include "core/nn/ModelPackage.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace hilum {

// A run passes through stages of growing input size; weights carry over.
struct TrainingStage {
    int size = 224;
    int epochs = 1;
    int batch = 16;
};

enum class Precision { Float32, BFloat16 };

struct TrainingPlan {
    std::string architecture = "densenet121";
    std::string id; // of the package that comes out; the architecture when empty
    std::vector<std::string> classes{"covid", "normal", "pneumonia"};
    std::vector<TrainingStage> stages{{224, 10, 16}};
    int filmsPerEpoch = 0; // 0: as many as there are training films
    double peakLearningRate = 1e-3;
    double weightDecay = 0.02;
    double labelSmoothing = 0.05;
    double emaDecay = 0.995; // of the averaged weights that are evaluated and saved
    Precision precision = Precision::Float32;
    bool cuda = false;
    int threads = 0;
    std::uint64_t seed = 20200401;
    std::filesystem::path folder; // checkpoint and package are written here
    std::filesystem::path initialWeights; // safetensors, torchvision's names; random when empty
    int checkpointSeconds = 120;
    std::string trainingData;
    std::string trainingDataLicence;
};

// One film as the trainer keeps it: its centred square (squareOf), bone high, not yet standardised.
// Training films keep trainingSquare pixels, room for cropping; the others the size of the last stage.
struct TrainingFilm {
    Plane<float> square;
    int label = 0;
    std::string film;
    std::string group;
    std::string source;
    int fold = -1;
};

inline constexpr int trainingSquare = 256;

struct TrainingSet {
    std::vector<TrainingFilm> train;
    std::vector<TrainingFilm> validation;
    std::vector<TrainingFilm> heldOut;
};

struct TrainingObserver {
    std::function<void(const EpochRecord &)> epoch;
    std::function<void(double fraction, const std::string &message)> progress;
};

struct TrainingOutcome {
    std::filesystem::path folder; // a complete model package
    ModelCard card;
    TrainingHistory history;
    double heldOutAccuracy = 0;
};

} // namespace hilum
