// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/module/NnModule.h"

#include "core/module/ModuleVersion.h"
#include "core/module/NetworkClassifier.h"
#include "core/train/Trainer.h"

namespace hilum {

namespace {

class TorchModule final : public NnModule {
public:
    Result<std::unique_ptr<Classifier>> load(const ModelPackage &package, const LoadOptions &options) override
    {
        return loadClassifier(package, options);
    }

    Result<TrainingOutcome> train(const TrainingPlan &plan, const TrainingSet &films,
                                  const TrainingObserver &observer, std::stop_token stop) override
    {
        return trainNetwork(plan, films, observer, std::move(stop));
    }

    Result<SafetensorsFile> fitGate(const std::vector<GateFilm> &training,
                                    const std::vector<GateFilm> &validation, const GatePlan &plan,
                                    const GateProgress &progress, std::stop_token stop) override
    {
        return hilum::fitGate(training, validation, plan, progress, std::move(stop));
    }

    std::string deviceName(DeviceChoice choice) override { return deviceNameOf(choice); }
};

} // namespace

} // namespace hilum

// What openNnModule looks up.
extern "C" __attribute__((visibility("default"))) const char *hilumNnModuleVersion()
{
    static const std::string version = hilum::moduleVersion();
    return version.c_str();
}

extern "C" __attribute__((visibility("default"))) hilum::NnModule *hilumNnModule()
{
    static hilum::TorchModule module;
    return &module;
}
