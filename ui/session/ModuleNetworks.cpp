// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/session/ModuleNetworks.h"

#include "core/module/InsideReader.h"
#include "core/module/MapTrust.h"
#include "core/nn/KeptEpochs.h"

#include <algorithm>
#include <utility>

namespace hilum::ui {

PackageListing ModuleNetworks::list()
{
    PackageListing listing = listPackages(modelRoots());
    for (ModelPackage &epoch : epochs()) {
        if (m_offered.contains(epoch.folder))
            listing.packages.push_back(std::move(epoch));
    }
    return listing;
}

std::vector<ModelPackage> ModuleNetworks::epochs()
{
    std::vector<ModelPackage> all;
    for (const ModelPackage &package : listPackages(modelRoots()).packages) {
        for (const int epoch : keptEpochs(package.folder)) {
            if (auto kept = packageAtEpoch(package, epoch))
                all.push_back(std::move(*kept));
        }
    }
    return all;
}

void ModuleNetworks::offer(const ModelPackage &epoch, bool on)
{
    if (on)
        m_offered.insert(epoch.folder);
    else
        m_offered.erase(epoch.folder);
}

void ModuleNetworks::setDevice(DeviceChoice device)
{
    m_device = device;
    m_loaded.clear();
    m_epochs.clear();
}

Result<Classifier *> ModuleNetworks::loaded(Loaded &lane, const ModelPackage &package,
                                            const std::stop_token &stop)
{
    // Imported networks run on the CPU whatever is chosen, and are not started again for it.
    const DeviceChoice device = package.card.imported ? DeviceChoice::Cpu : m_device.load();
    // The hash, too: another network may lie in the folder by now.
    const std::string key = package.folder.string() + '\n' + package.card.weightsSha256 + '\n'
        + std::to_string(static_cast<int>(device));
    std::unique_ptr<Classifier> &held = lane[key];
    if (!held) {
        const Result<NnModule *> module = openNnModule();
        if (!module)
            return tl::unexpected(module.error());
        LoadOptions options;
        options.device = device;
        options.stop = stop;
        Result<std::unique_ptr<Classifier>> classifier = (*module)->load(package, options);
        if (!classifier)
            return tl::unexpected(classifier.error());
        held = std::move(*classifier);
    }
    held->heed(stop);
    Classifier *const ready = held.get();
    if (&lane == &m_loaded && epochNameIn(package.card.id)) {
        std::error_code code;
        const std::uintmax_t bytes = std::filesystem::file_size(package.weights(), code);
        for (const std::string &old : m_epochs.use(key, code ? 0 : bytes))
            m_loaded.erase(old);
    }
    return ready;
}

Result<ModuleNetworks::Ready> ModuleNetworks::prepared(Loaded &lane, const ModelPackage &package,
                                                       const Film &film, int frame,
                                                       const std::stop_token &stop)
{
    const Result<Classifier *> classifier = loaded(lane, package, stop);
    if (!classifier)
        return tl::unexpected(classifier.error());
    Result<ModelInput> input = prepare(film, frame, package.card.input);
    if (!input)
        return tl::unexpected(input.error());
    return Ready{*classifier, std::move(*input)};
}

Result<Reading> ModuleNetworks::read(const ModelPackage &package, const Film &film, int frame,
                                     const std::string &label, std::stop_token stop)
{
    const auto cancelled = [] { return fail(ErrorCode::Cancelled, "another film or class was asked for"); };
    if (stop.stop_requested())
        return cancelled();
    const Result<Ready> ready = prepared(loadedFor(package), package, film, frame, stop);
    if (!ready)
        return tl::unexpected(ready.error());
    if (stop.stop_requested())
        return cancelled();
    std::optional<int> classIndex;
    const auto &classes = package.card.classes;
    if (const auto found = std::ranges::find(classes, label); found != classes.end())
        classIndex = static_cast<int>(found - classes.begin());
    return ready->classifier->read(ready->input, classIndex);
}

Result<Explanation> ModuleNetworks::explain(const ModelPackage &package, const Film &film, int frame,
                                            const ExplainRequest &request, const ExplainObserver &observer,
                                            std::stop_token stop)
{
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled, "another map was asked for");
    const Result<Ready> ready = prepared(loadedFor(package), package, film, frame, stop);
    if (!ready)
        return tl::unexpected(ready.error());
    return ready->classifier->explain(ready->input, request, observer, stop);
}

Result<MapQuality> ModuleNetworks::trust(const ModelPackage &package, const Film &film, int frame,
                                         const TrustAsked &asked, const Progress &progress,
                                         std::stop_token stop)
{
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled, "another map was asked for");
    const bool hasGuest = package.card.imported || (asked.other && asked.other->card.imported);
    Loaded &lane = hasGuest ? m_guests : m_loaded;
    const Result<Ready> ready = prepared(lane, package, film, frame, stop);
    if (!ready)
        return tl::unexpected(ready.error());
    TrustQuestion question{*ready->classifier, ready->input, asked.request, asked.map, &film, frame};
    if (asked.other) {
        const Result<Classifier *> other = loaded(lane, *asked.other, stop);
        if (!other)
            return tl::unexpected(other.error());
        question.other = *other;
    }
    return measureTrust(question, progress, stop);
}

namespace {

Result<InsideReader *> insideOf(Classifier *classifier)
{
    if (auto *inside = dynamic_cast<InsideReader *>(classifier))
        return inside;
    return fail(ErrorCode::UsageWrong, "expected a network that can be looked into");
}

} // namespace

Result<Anatomy> ModuleNetworks::anatomy(const ModelPackage &package)
{
    return loaded(loadedFor(package), package, {}).and_then(insideOf).and_then([](InsideReader *inside) {
        return inside->anatomy();
    });
}

Result<StageReading> ModuleNetworks::readStage(const ModelPackage &package, const Film &film, int frame,
                                               int stage, std::stop_token stop)
{
    const Result<Ready> ready = prepared(loadedFor(package), package, film, frame, stop);
    if (!ready)
        return tl::unexpected(ready.error());
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled, "another stage or film was asked for");
    const Result<InsideReader *> inside = insideOf(ready->classifier);
    if (!inside)
        return tl::unexpected(inside.error());
    auto channels = (*inside)->activations(ready->input, stage);
    if (!channels)
        return tl::unexpected(channels.error());
    return StageReading{std::move(*channels), ready->input};
}

GateVerdict ModuleNetworks::judge(const ModelPackage &package, const Film &film, int frame)
{
    return package.card.gate == "none" ? GateVerdict() : judgeFilm(film, frame, bundledGate(modelRoots()));
}

Result<Bands> ModuleNetworks::band(const ModelPackage &package, const Film &film, int frame,
                                   const Prediction &plain, std::stop_token stop)
{
    if (package.card.band.repeats == 0)
        return Bands();
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled, "another film was asked for");
    const Result<Classifier *> classifier = loaded(loadedFor(package), package, stop);
    if (!classifier)
        return tl::unexpected(classifier.error());
    return readBand(
        film, frame, package.card, plain,
        [&](const ModelInput &input) { return (*classifier)->predict(input); }, stop);
}

Result<Prediction> ModuleNetworks::predict(const ModelPackage &package, const ModelInput &input,
                                           std::stop_token stop)
{
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled, "another change was asked for");
    const Result<Classifier *> classifier = loaded(loadedFor(package), package, stop);
    if (!classifier)
        return tl::unexpected(classifier.error());
    return (*classifier)->predict(input);
}

} // namespace hilum::ui
