// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PackagedNetwork: the network of a model package with its weights, ready to read films.
//
// Errors:  FileUnreadable; ModelMismatch for weights whose hash is not the card's, or that don't fit.
// Threads: as Network.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include "core/nn/ModelPackage.h"
#include "core/nn/network/Network.h"

namespace hilum {

// As the card says it, with random weights: one that wants more than one grey channel, or a mean and a
// deviation, makes them of the one grey channel that every Network here takes.
[[nodiscard]] Result<NetworkPtr> networkOf(const ModelCard &card);

// The grey channel goes into the network's first layer as it is.
[[nodiscard]] bool takesPlainGrey(const InputSpec &spec);

// On the CPU, in evaluation mode.
[[nodiscard]] Result<NetworkPtr> loadNetwork(const ModelPackage &package);

// Convolutions on the CPU are a third faster with channels last.
void useChannelsLast(Network &network);

} // namespace hilum
