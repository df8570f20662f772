// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ModuleNetworks: the NetworkService of the program: model packages on disk, read by libhilum-nn.
//
// Opens the module on the first read, never before: the window paints first.
//
// Threads: as NetworkService; each of the two lanes has loaded networks of its own, so neither waits for the
//          other.
#pragma once

#include "ui/session/EpochService.h"
#include "ui/session/InsideService.h"
#include "ui/session/NetworkService.h"
#include "ui/session/RecentEpochs.h"

#include <atomic>
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

    using Loaded = std::map<std::string, std::unique_ptr<Classifier>>; // by folder, hash and device

    Loaded &loadedFor(const ModelPackage &package) { return package.card.imported ? m_guests : m_loaded; }
    Result<Classifier *> loaded(Loaded &lane, const ModelPackage &package, const std::stop_token &stop);
    Result<Ready> prepared(Loaded &lane, const ModelPackage &package, const Film &film, int frame,
                           const std::stop_token &stop);

    Loaded m_loaded; // on the inference lane
    RecentEpochs m_epochs; // of m_loaded
    Loaded m_guests; // on the guests' lane
    std::atomic<DeviceChoice> m_device = DeviceChoice::Auto;
    std::set<std::filesystem::path> m_offered; // folders of epochs
};

} // namespace hilum::ui
