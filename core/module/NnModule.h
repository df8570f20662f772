// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// NnModule: the whole of LibTorch behind a plain C++ door.
//
// LibTorch costs 400 ms and 100 MB to load, so it lives in a module (libhilum-nn) that is opened
// when a network is first needed: by the window's inference lane after the first paint, by the
// command line for predict, explain and train. Nothing above this header sees a tensor.
//
//     auto module = openNnModule();
//     auto network = (*module)->load(package, {});
//     auto reading = (*network)->read(input, std::nullopt, {});
//
// Errors:  openNnModule: Internal with the loader's words when the module is missing.
//          load: FileUnreadable, ModelMismatch, DeviceUnavailable. read: Internal. explain: Cancelled,
//          UsageWrong for a class, a stage or a sign that there is not, Internal.
// Threads: one thread at a time for each Classifier; by convention the inference lane.
#pragma once

#include "core/base/Result.h"
#include "core/explain/Explanation.h"
#include "core/explain/MapQuality.h"
#include "core/gate/FitGate.h"
#include "core/nn/ModelPackage.h"
#include "core/nn/Prediction.h"
#include "core/train/TrainingPlan.h"

#include <memory>
#include <optional>
#include <stop_token>

namespace hilum {

enum class DeviceChoice { Auto, Cpu, Cuda };

struct LoadOptions {
    DeviceChoice device = DeviceChoice::Auto;
    int threads = 0; // of LibTorch; 0 means every core
    std::stop_token stop = {}; // an imported network's process is not waited for any longer
};

// A prediction and, where the network has stages, its Grad-CAM at the last one, from the same forward pass.
struct Reading {
    Prediction prediction;
    std::optional<ActivationMap> map; // none of an imported network in one piece
};

class Classifier {
public:
    virtual ~Classifier() = default;
    virtual const ModelCard &card() const = 0;
    // From now on an imported network's request is given up, and its process ended, once `stop` is asked to;
    // the next request starts another. Other networks end what they began.
    virtual void heed(std::stop_token) { }
    virtual Result<Prediction> predict(const ModelInput &input) = 0;
    // classIndex empty: the map of the top class.
    virtual Result<Reading> read(const ModelInput &input, std::optional<int> classIndex) = 0;
    // Any map; slow ones tell of their progress, and when stopped give what they read in `readings`.
    virtual Result<Explanation> explain(const ModelInput &input, const ExplainRequest &request,
                                        const ExplainObserver &observer, const std::stop_token &stop)
        = 0;
    // The same map as the weights become random, from the head down; of the request's class.
    virtual Result<std::vector<RandomisedMap>>
    randomised(const ModelInput &input, const ExplainRequest &request, const Progress &progress,
               const std::stop_token &stop)
        = 0;
    // Logits of any number of inputs.
    virtual Result<std::vector<Logits>> readMany(std::span<const Plane<float>> inputs) = 0;
};

class NnModule {
public:
    virtual ~NnModule() = default;
    virtual Result<std::unique_ptr<Classifier>> load(const ModelPackage &package, const LoadOptions &options)
        = 0;
    virtual Result<TrainingOutcome> train(const TrainingPlan &plan, const TrainingSet &films,
                                          const TrainingObserver &observer, std::stop_token stop)
        = 0;
    virtual Result<SafetensorsFile> fitGate(const std::vector<GateFilm> &training,
                                            const std::vector<GateFilm> &validation, const GatePlan &plan,
                                            const GateProgress &progress, std::stop_token stop)
        = 0;
    virtual std::string deviceName(DeviceChoice choice) = 0; // "cpu", "cuda:0"
};

// The module, opened on the first call and kept until the process ends.
[[nodiscard]] Result<NnModule *> openNnModule();

} // namespace hilum
