// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/replay/ReplayRun.h"

#include "core/nn/KeptEpochs.h"

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

std::optional<ConfusionMatrix> matrixOf(const std::vector<HeldOutPrediction> &predictions,
                                        const std::vector<std::string> &classes)
{
    ConfusionMatrix matrix(static_cast<int>(classes.size()));
    for (const HeldOutPrediction &one : predictions) {
        const auto truth = std::ranges::find(classes, one.truth);
        if (truth == classes.end() || one.probabilities.empty())
            continue;
        const auto called = std::ranges::max_element(one.probabilities) - one.probabilities.begin();
        matrix.add(static_cast<int>(truth - classes.begin()), static_cast<int>(called));
    }
    return matrix.total() > 0 ? std::optional(std::move(matrix)) : std::nullopt;
}

std::optional<ReplayRun> runOf(const ModelPackage &package)
{
    ReplayRun run;
    for (const int number : keptEpochs(package.folder)) {
        auto kept = packageAtEpoch(package, number);
        if (!kept)
            continue;
        ReplayEpoch epoch{number, std::move(*kept), {}};
        const auto &classes = epoch.package.card.classes;
        if (const auto said = readPredictions(epoch.package.folder / "predictions.csv", classes)) {
            epoch.matrix = matrixOf(*said, classes);
            for (const HeldOutPrediction &film : *said)
                run.heldOut.insert(film.film);
        }
        run.epochs.push_back(std::move(epoch));
    }
    if (run.epochs.empty())
        return std::nullopt;
    if (auto history = readHistory(package.folder / "history.csv"))
        run.history = std::move(*history);
    run.package = package;
    return run;
}

} // namespace

const ReplayEpoch &ReplayRun::at(int epoch) const
{
    const auto after = std::ranges::upper_bound(epochs, epoch, {}, &ReplayEpoch::number);
    return after == epochs.begin() ? epochs.front() : *(after - 1);
}

bool ReplayRun::wasHeldOut(const std::filesystem::path &film) const
{
    const std::string path = film.generic_string();
    return std::ranges::any_of(
        heldOut, [&path](const std::string &name) { return path == name || path.ends_with('/' + name); });
}

const EpochRecord *ReplayRun::record(int epoch, const std::string &split) const
{
    const auto found = std::ranges::find_if(
        history.records, [&](const EpochRecord &one) { return one.epoch == epoch && one.split == split; });
    return found == history.records.end() ? nullptr : &*found;
}

std::vector<ReplayRun> readReplayRuns(const std::vector<std::filesystem::path> &roots)
{
    std::vector<std::filesystem::path> all;
    for (const auto &root : roots) {
        all.push_back(root / "replay");
        all.push_back(root);
    }
    std::vector<ReplayRun> runs;
    for (const ModelPackage &package : listPackages(all).packages) {
        if (auto run = runOf(package))
            runs.push_back(std::move(*run));
    }
    return runs;
}

} // namespace hilum::ui
