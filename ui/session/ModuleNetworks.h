// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ModuleNetworks: the NetworkService of the program: model packages on disk, read by libhilum-nn.
//
// Opens the module on the first read, never before: the window paints first.
//
// Threads: made anywhere; used and emptied on the inference lane only.
#pragma once

#include "ui/session/EpochService.h"
#include "ui/session/InsideService.h"
#include "ui/session/NetworkService.h"

#include <map>
#include <memory>
#include <set>

namespace hilum::ui {

class ModuleNetworks : public NetworkService, public InsideService, public EpochService {
public:
    PackageListing list() override;
    Result<Reading> read(const ModelPackage &package, const Film &film, int frame, const std::string &label,
                         std::stop_token stop) override;
    GateVerdict judge(const ModelPackage &package, const Film &film, int frame) override;
    Result<Bands> band(const ModelPackage &package, const Film &film, int frame, const Prediction &plain,
                       std::stop_token stop) override;
    Result<Explanation> explain(const ModelPackage &package, const Film &film, int frame,
                                const ExplainRequest &request, const ExplainObserver &observer,
                                std::stop_token stop) override;
    Result<MapQuality> trust(const ModelPackage &package, const Film &film, int frame,
                             const TrustAsked &asked, const Progress &progress,
                             std::stop_token stop) override;
    Result<Anatomy> anatomy(const ModelPackage &package) override;
    Result<StageReading> readStage(const ModelPackage &package, const Film &film, int frame, int stage,
                                   std::stop_token stop) override;
    Result<Prediction> predict(const ModelPackage &package, const ModelInput &input,
                               std::stop_token stop) override;
    std::vector<ModelPackage> epochs() override;
    void offer(const ModelPackage &epoch, bool on) override;
    void setDevice(DeviceChoice device) override;

private:
    struct Ready {
        Classifier *classifier;
        ModelInput input;
    };

    Result<Classifier *> loaded(const ModelPackage &package);
    Result<Ready> prepared(const ModelPackage &package, const Film &film, int frame);

    std::map<std::string, std::unique_ptr<Classifier>> m_loaded; // by folder and hash
    DeviceChoice m_device = DeviceChoice::Auto;
    std::set<std::filesystem::path> m_offered; // folders of epochs
};

} // namespace hilum::ui
