// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// KeptEpochs: epochs of a training that its package keeps beside the network that came out: epochs/012/ is a
// package of its own (card.json, weights.safetensors), with the id of the network and the epoch: "vgg16@12".
//
// Errors:  packageAtEpoch: UsageWrong naming the epochs that there are; else those of readPackage.
// Threads: pure functions over files.
#pragma once

#include "core/nn/ModelPackage.h"

#include <optional>

namespace hilum {

[[nodiscard]] std::filesystem::path epochFolder(const std::filesystem::path &package, int epoch);
[[nodiscard]] std::string epochId(const std::string &id, int epoch); // "vgg16@12"

// Those with a card, ascending.
[[nodiscard]] std::vector<int> keptEpochs(const std::filesystem::path &package);
[[nodiscard]] Result<ModelPackage> packageAtEpoch(const ModelPackage &package, int epoch);

struct EpochName {
    std::string id; // of the network
    int epoch = 0;
};
// Of "vgg16@12"; nothing for a name without an epoch.
[[nodiscard]] std::optional<EpochName> epochNameIn(const std::string &text);

} // namespace hilum
